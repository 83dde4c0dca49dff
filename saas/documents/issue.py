"""Issuing a form in a case: values and number are fixed at once, the print follows by a job."""

from enum import StrEnum
from typing import TYPE_CHECKING

from saas import clock
from saas.audit import services as audit
from saas.config import current_config
from saas.db.ids import new_id
from saas.db.session import db
from saas.documents import render
from saas.documents.designs import queries as designs
from saas.documents.fonts import check_coverage
from saas.documents.form import Form, Snapshot, Values
from saas.documents.models import Document
from saas.documents.queries import with_numbers
from saas.jobs import queue
from saas.numbering import services as numbering

if TYPE_CHECKING:
    from saas.cases.models import Case, Step
    from saas.identity.actor import Actor

RENDER = "documents.render"


class Audit(StrEnum):
    """What is recorded of documents."""

    ISSUED = "document.issued"
    READ = "document.read"


def issue(form: Form, case: "Case", step: "Step | None", snapshot: Snapshot, *, by: "Actor") -> Document:
    """Issue a form from a case; the number is taken last, so that a refusal leaves no gap.

    Raises:
        InvalidInputError: a value is missing or too long, or has characters the fonts lack.
    """
    known = with_numbers(snapshot, case.id)
    check(form, known)
    number = _take_number(form, known)
    numbered = known.numbered(number, clock.today().isoformat(), by.name)
    document = _add(form, case, step, check(form, numbered), number, by.name)
    audit.record(Audit.ISSUED, document, by=by, case=case, detail={"form": form.code, "number": number})
    queue.enqueue(RENDER, {"document": str(document.id)}, key=str(document.id), is_new=True)
    return document


def check(form: Form, snapshot: Snapshot) -> Values:
    """The values of a form that could be issued now.

    Raises:
        InvalidInputError: it could not; names each value and what to do.
    """
    values = form.load(form.build(snapshot)) | form.added(snapshot)
    check_coverage(values, form.labels, current_config().fonts_dir)
    return values


def _take_number(form: Form, snapshot: Snapshot) -> str:
    pattern = designs.number_pattern(form).replace("{kind}", form.number_kind)
    series = snapshot.unit["short_name"] or snapshot.unit["name"]
    return numbering.take(form.code, series, clock.today().year, pattern)


def _add(form: Form, case: "Case", step: "Step | None", values: Values, number: str, issued_by: str) -> Document:
    document = Document(
        id=new_id(),
        case_id=case.id,
        step_id=step.id if step else None,
        form_code=form.code,
        title=form.title,
        number=number,
        values=values,
        dress=designs.dress_in_force().of_form(form.code).frozen(),
        template_digest=render.template_digest(form),
        issued_by=issued_by,
        issued_at=clock.now(),
    )
    db.session.add(document)
    return document
