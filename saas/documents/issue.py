"""Issuing a form in a case: values and number are fixed at once, the print follows by a job."""

from typing import TYPE_CHECKING, Any

from saas import clock
from saas.audit import services as audit
from saas.config import current_config
from saas.db.ids import new_id
from saas.db.session import db
from saas.documents import render
from saas.documents.actions import DocumentAudit
from saas.documents.designs import queries as designs
from saas.documents.dress import Issuer
from saas.documents.fonts import check_coverage
from saas.documents.form import Form, Snapshot, Values
from saas.documents.models import Document
from saas.documents.queries import with_numbers
from saas.jobs import queue
from saas.numbering import services as numbering

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from saas.cases.models import Case, Step
    from saas.identity.actor import Actor

RENDER = "documents.render"


def issue(form: Form, case: "Case", step: "Step | None", snapshot: Snapshot, *, by: "Actor") -> Document:
    """Issue a form from a case; the number is taken last, so that a refusal leaves no gap.

    Raises:
        InvalidInputError: a value is missing or too long, or has characters the fonts lack.
    """
    known = with_numbers(snapshot, case.id)
    values = check(form, known)
    number = take_number(form, known.unit["short_name"] or known.unit["name"], values)
    numbered = known.numbered(number, clock.today().isoformat(), by.name)
    document = add(form, case, step.id if step else None, check(form, numbered), number, by.name)
    audit.record(DocumentAudit.ISSUED, document, by=by, case=case, detail={"form": form.code, "number": number})
    enqueue(document, is_new=True)
    return document


def check(form: Form, snapshot: Snapshot) -> Values:
    """The values of a form that could be issued now.

    Raises:
        InvalidInputError: it could not; names each value and what to do.
    """
    values = form.load(form.build(snapshot)) | form.added(snapshot)
    check_coverage(values, form.labels, current_config().fonts_dir)
    return values


def take_number(form: Form, series: str, values: "Mapping[str, Any]") -> str:
    """The next number of a form with these values in the series of who issues it; kept only if the transaction is."""
    word = str(values.get(form.number_word) or form.number_kind)
    pattern = designs.number_pattern(form).replace("{kind}", word)
    return numbering.take(form.counter(word), series, clock.today().year, pattern)


def add(  # noqa: PLR0913 - what makes a document
    form: Form,
    case: "Case",
    step_id: "UUID | None",
    values: "Mapping[str, Any]",
    number: str,
    issued_by: str,
    *,
    replaces: Document | None = None,
    relation: str | None = None,
) -> Document:
    """The row of a document under its number, in the city's dress as it is now, worn by the body that has the case."""
    document = Document(
        id=new_id(),
        case_id=case.id,
        step_id=step_id,
        form_code=form.code,
        title=form.title,
        number=number,
        values=dict(values),
        dress=designs.dress_in_force(Issuer.of(case.unit)).of_form(form.code).frozen(),
        template_digest=render.template_digest(form),
        issued_by=issued_by,
        issued_at=clock.now(),
        replaces_id=replaces.id if replaces else None,
        relation=relation,
    )
    db.session.add(document)
    return document


def enqueue(document: Document, *, is_new: bool = False) -> None:
    """Have a document printed once this transaction is committed."""
    queue.enqueue(RENDER, {"document": str(document.id)}, key=str(document.id), is_new=is_new)
