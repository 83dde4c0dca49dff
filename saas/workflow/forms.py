"""The forms of a line of work with the questions a city adds to them."""

from collections.abc import Sequence
from dataclasses import replace

from saas.fields.form import FieldDefinition, FormDefinition
from saas.workflow.process_parts import ExtraField

FIRST = ""
"""Says of a question that it stands first on its page."""


def extended(form: FormDefinition, extra: Sequence[ExtraField]) -> FormDefinition:
    """A form with further questions in their places.

    One whose page is gone stands on the last page, one whose neighbour is gone at the end of its page: a newer form of
    the line of work must not swallow what a city asks.
    """
    pages = {page.id: page for page in form.pages}
    for one in extra:
        page = pages.get(one.page, pages[form.pages[-1].id])
        pages[page.id] = replace(page, fields=_placed(page.fields, one))
    return replace(form, pages=tuple(pages.values()))


def _placed(fields: tuple[FieldDefinition, ...], one: ExtraField) -> tuple[FieldDefinition, ...]:
    ids = [field.id for field in fields]
    at = 0 if one.after == FIRST else ids.index(one.after) + 1 if one.after in ids else len(ids)
    return (*fields[:at], one.field, *fields[at:])
