"""What the pages of trying a draft share: the draft read, its tabs, and what is said where it cannot be read."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g

from saas.errors import ConflictError
from saas.identity.permissions import KernelPermission
from saas.web.admin import draft_tabs
from saas.workflow import definition
from saas.workflow.drafts import get_draft
from saas.workflow.models import Draft
from saas.workflow.process import Definition

UNREADABLE = "请先按“检查”列出的问题把草稿补充完整，再来试验。"


@dataclass(frozen=True)
class Desk:
    """A draft and what it says."""

    draft: Draft
    definition: Definition


def lay(draft_id: UUID) -> Desk:
    """A draft with its definition.

    Raises:
        NotFoundError: There is none.
        ConflictError: It cannot be read.
    """
    draft = get_draft(draft_id)
    try:
        return Desk(draft, definition.parse(draft.body))
    except definition.DefinitionError as error:
        raise ConflictError(UNREADABLE, title="草稿的内容还不完整") from error


def frame_values(desk: Desk, endpoint: str) -> dict[str, Any]:
    """What the frame around each page draws."""
    return {
        "draft": desk.draft,
        "editable": desk.draft.state == "draft",
        "can_edit": g.actor.may(KernelPermission.CONFIGURE),
        "tabs": draft_tabs.of(desk.draft, endpoint),
    }
