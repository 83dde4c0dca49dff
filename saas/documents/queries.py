"""Reading forms and issued documents."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from saas import clock
from saas.db.session import db
from saas.documents import general, papers
from saas.documents.form import Form, Snapshot
from saas.documents.models import Document, DocumentService
from saas.errors import NotFoundError

# Lines of work stand above this package, so they are only known by what the application holds.
DOMAINS = "fengqiao.domains"
NUMBERS = "document_numbers"


def list_forms() -> list[Form]:
    """Every official form of this deployment, by code."""
    found = [*general.FORMS, *(form for domain in current_app.extensions[DOMAINS] for form in domain.forms)]
    return sorted(found, key=lambda form: str(form.code))


def get_form(code: str) -> Form:
    """The form of that code.

    Raises:
        NotFoundError: no line of work declares it.
    """
    for form in list_forms():
        if form.code == code:
            return form
    raise NotFoundError("没有这种文书。")


def form_of(document: Document) -> Form:
    """The form that an issued document is printed with; one of the city's own may have gone from its process since.

    Raises:
        NotFoundError: no line of work declares it any more.
    """
    own = document.form_code.startswith(papers.PREFIX)
    return papers.issued_form(document.form_code, document.title) if own else get_form(document.form_code)


def list_documents(case_id: UUID) -> Sequence[Document]:
    """The documents of a case, oldest first."""
    query = select(Document).where(Document.case_id == case_id).order_by(Document.issued_at, Document.id)
    return db.session.scalars(query).all()


def get_document(document_id: UUID) -> Document:
    """A document by its id.

    Raises:
        NotFoundError: there is none.
    """
    document = db.session.get(Document, document_id)
    if document is None:
        raise NotFoundError("没有找到这份文书。")
    return document


def lock(document: Document) -> None:
    """Have a document as it is now, and nobody else change it until the transaction ends."""
    db.session.flush()  # one just issued has no row yet
    db.session.refresh(document, with_for_update=True)


def lock_due(most: int) -> Sequence[Document]:
    """The failed documents whose rest is over, oldest first, locked; those in other hands are passed over."""
    due = select(Document).where(Document.state == "failed", Document.try_at <= clock.now())
    locked = due.order_by(Document.try_at, Document.id).limit(most).with_for_update(skip_locked=True)
    return db.session.scalars(locked).all()


def lock_untold(most: int) -> Sequence[Document]:
    """The failed documents nobody was told of, locked; those in other hands are passed over."""
    untold = select(Document).where(Document.state == "failed", Document.told_at.is_(None))
    return db.session.scalars(untold.order_by(Document.id).limit(most).with_for_update(skip_locked=True)).all()


def is_given(form_code: str, number: str) -> bool:
    """Whether a document of the form bears this number."""
    query = select(Document.id).where(Document.form_code == form_code, Document.number == number).limit(1)
    return db.session.scalar(query) is not None


def list_services(document_ids: Collection[UUID]) -> Sequence[DocumentService]:
    """How documents were served, oldest first."""
    query = select(DocumentService).where(DocumentService.document_id.in_(document_ids))
    return db.session.scalars(query.order_by(DocumentService.served_on, DocumentService.recorded_at)).all()


def is_served(document_id: UUID) -> bool:
    """Whether a document was served to anybody."""
    query = select(DocumentService.id).where(DocumentService.document_id == document_id).limit(1)
    return db.session.scalar(query) is not None


def find_successor(document_id: UUID) -> Document | None:
    """The document that stands in for this one."""
    return db.session.scalar(select(Document).where(Document.replaces_id == document_id))


def find_latest(case_id: UUID, form_code: str) -> Document | None:
    """The document of this form issued last in a case; a void one does not count."""
    query = (
        select(Document)
        .where(Document.case_id == case_id, Document.form_code == form_code, Document.state != "void")
        .order_by(Document.issued_at.desc(), Document.id.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def latest_numbers(case_id: UUID) -> dict[str, str]:
    """The number of the document issued last in a case, by the code of its form; void ones do not count."""
    query = select(Document.form_code, Document.number).where(Document.case_id == case_id, Document.state != "void")
    return {row.form_code: row.number for row in db.session.execute(query.order_by(Document.issued_at, Document.id))}


def with_numbers(snapshot: Snapshot, case_id: UUID) -> Snapshot:
    """The snapshot with the latest number of each form issued in the case, for forms that name another one.

    One that has them already stays as it is.
    """
    if NUMBERS in snapshot.case:
        return snapshot
    return numbered(snapshot, latest_numbers(case_id))


def numbered(snapshot: Snapshot, numbers: Mapping[str, str]) -> Snapshot:
    """The snapshot with these numbers of other forms."""
    return replace(snapshot, case={**snapshot.case, NUMBERS: dict(numbers)})
