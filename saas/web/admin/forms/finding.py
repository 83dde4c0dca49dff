"""A draft's forms: which there are, as whom the line of work declares them, and making one edit."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import g

from saas.domain import domains
from saas.errors import NotFoundError
from saas.fields.definition import FormDefinition
from saas.identity.permissions import KernelPermission
from saas.web.admin import cursor
from saas.workflow import drafts
from saas.workflow.editing import Edit
from saas.workflow.models import Draft

Change = Callable[[dict[str, Any], FormDefinition | None], Edit]


def line_form(key: str) -> FormDefinition | None:
    """The form as the line of work declares it; None where a process brought it itself."""
    return next((line.fields[key] for line in domains() if key in line.fields), None)


def get_draft(draft_id: UUID) -> Draft:
    """A draft that is not given up.

    Raises:
        NotFoundError: There is none of that id.
    """
    draft = drafts.get_draft(draft_id)
    if draft.state == "discarded":
        raise NotFoundError
    return draft


def may_edit(draft: Draft) -> bool:
    """Whether who asks may edit the draft as it stands."""
    return draft.state == "draft" and g.actor.may(KernelPermission.CONFIGURE)


def make(draft: Draft, key: str, change: Change) -> Edit:
    """Make one edit of a form and keep it.

    Raises:
        EditError: It cannot be made; each field has its sentence.
        ConflictError: Somebody else edited the draft since the page was drawn.
    """
    edit = change(draft.body, line_form(key))
    if edit.what:
        drafts.edit(draft, edit.body, edit.what, cursor=cursor.seen(), by=g.actor)
    return edit
