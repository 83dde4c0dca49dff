"""Where a finding of the checks stands in a draft: what it is called there, and the page that opens it."""

from flask import url_for

from saas.web.admin.forms.drawing import form_place
from saas.workflow import editing
from saas.workflow.editing.parts import KINDS
from saas.workflow.models import Draft


def place_of(draft: Draft, place: str, view: str) -> tuple[str | None, str | None]:
    """The title and the address of a place; None and None for what cannot be opened by itself.

    Args:
        draft: The draft.
        place: As the checks say it, `transitions.ID.by` or `forms.KEY.FIELD`.
        view: The endpoint that opens the parts of the process.
    """
    kind, _, rest = place.partition(".")
    if kind == "forms":
        return form_place(draft, place)
    part = f"{kind}.{rest.partition('.')[0]}"
    if editing.find(draft.body, part) is None:
        return None, None
    title = f"{KINDS[kind].word}“{editing.title_of(draft.body, part)}”"
    return title, url_for(view, draft_id=draft.id, at=part)
