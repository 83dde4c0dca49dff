"""What the pages of trying a draft share: the draft read, its tabs, and what is said where it cannot be read."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g, url_for

from saas.errors import ConflictError
from saas.identity.permissions import KernelPermission
from saas.workflow import definition
from saas.workflow.drafts import get_draft
from saas.workflow.models import Draft
from saas.workflow.process import Definition

UNREADABLE = "请先按“检查”列出的问题把草稿补充完整，再来试验。"
TABS = {
    "admin.show_play": "模拟运行",
    "admin.list_scenarios": "场景",
    "admin.show_backtest": "历史案件试算",
}


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
    own = (("admin.show_draft", "环节列表"), ("admin.show_map", "流程图"), ("admin.list_forms", "表单"))
    return {
        "draft": desk.draft,
        "editable": desk.draft.state == "draft",
        "can_edit": g.actor.may(KernelPermission.CONFIGURE),
        "tabs": [
            *({"label": label, "url": url_for(one, draft_id=desk.draft.id), "current": False} for one, label in own),
            *trial_tabs(desk.draft.id, endpoint),
        ],
    }


def trial_tabs(draft_id: UUID, endpoint: str = "") -> list[dict[str, Any]]:
    """The tabs of the pages that try a draft, for every page about it."""
    return [
        {"label": label, "url": url_for(one, draft_id=draft_id), "current": one == endpoint}
        for one, label in TABS.items()
    ]
