"""The tabs of a draft, the same on every page about it."""

from typing import Any

from flask import url_for

from saas.workflow.models import Draft
from saas.workflow.sketch import answers

VIEWS = {"admin.show_draft": "环节列表", "admin.show_map": "流程图"}
"""The two views of one draft; what is chosen in one is chosen in the other."""
BESIDE = {
    "admin.list_forms": "表单",
    "admin.show_play": "模拟运行",
    "admin.list_scenarios": "场景",
    "admin.show_backtest": "历史案件试算",
}
SETUP = {"admin.show_setup": "文书、编号与公开"}


def of(draft: Draft, endpoint: str, chosen: str | None = None) -> list[dict[str, Any]]:
    """The tabs, the one of the endpoint marked; ``chosen`` is the place the views keep."""
    beside = BESIDE | SETUP if answers.fits(draft.body) else BESIDE
    return [
        *(_tab(draft, endpoint, one, label, chosen) for one, label in VIEWS.items()),
        *(_tab(draft, endpoint, one, label) for one, label in beside.items()),
    ]


def _tab(draft: Draft, endpoint: str, one: str, label: str, chosen: str | None = None) -> dict[str, Any]:
    return {"label": label, "url": url_for(one, draft_id=draft.id, at=chosen or None), "current": one == endpoint}
