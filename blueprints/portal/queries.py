"""What the citizens' pages read besides cases: drafts, places, documents."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from saas.cases.models import Case, Draft
from saas.db.session import db
from saas.documents.models import Document
from saas.errors import NotFoundError
from saas.organisation.models import Unit
from saas.workflow.queries import current_keys

TOWN_DIGITS = 9  # a street or town in the division codes


def published_processes() -> frozenset[str]:
    """The keys of the processes that the city runs."""
    return frozenset(current_keys())


def find_draft(draft_id: str, *, for_update: bool = False) -> Draft | None:
    """A citizen's draft by its id, which the browser's session keeps; None once it has been sent."""
    query = select(Draft).where(Draft.id == UUID(draft_id), Draft.user_id.is_(None))
    return db.session.scalar(query.with_for_update() if for_update else query)


def list_towns(body_types: Sequence[str]) -> list[tuple[str, str]]:
    """The streets and towns for which a body of one of these kinds answers, as code and name, by code."""
    above, body, place = aliased(Unit), aliased(Unit), aliased(Unit)
    answered = (
        select(body.id)
        .join(place, body.parent_id == place.id)
        .where(body.kind == "body", body.active, body.body_type.in_(body_types), Unit.path.startswith(place.path))
    )
    query = (
        select(Unit.code, above.name, Unit.name)
        .join(above, Unit.parent_id == above.id)
        .where(Unit.kind == "area", func.length(Unit.code) == TOWN_DIGITS, answered.exists())
        .order_by(Unit.code)
    )
    return [(code, f"{district} {town}") for code, district, town in db.session.execute(query)]


def list_documents(case: Case) -> Sequence[Document]:
    """The documents issued in a case, oldest first."""
    query = select(Document).where(Document.case_id == case.id).order_by(Document.issued_at, Document.id)
    return db.session.scalars(query).all()


def get_document(case: Case, document_id: UUID) -> Document:
    """A document of this case.

    Raises:
        NotFoundError: the case has none of that id.
    """
    document = db.session.scalar(select(Document).where(Document.case_id == case.id, Document.id == document_id))
    if document is None:
        raise NotFoundError
    return document
