"""The page of a draft's review: what would change, what stands against it, and what the second person decides."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas import clock
from saas.errors import NotFoundError
from saas.fields.views import FieldView
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin import fields, second
from saas.web.admin.board import admin
from saas.web.admin.finding_places import place_of
from saas.web.admin.versions.differing import differing
from saas.workflow import drafts, queries
from saas.workflow.checks import Problem
from saas.workflow.drafts.keeping import IN_REVIEW, OPEN, STATE_TITLES
from saas.workflow.models import Draft

DESK = "admin.show_draft"


@admin.get("/processes/<uuid:draft_id>/review")
@requires(KernelPermission.CONFIG_READ)
def show_review(draft_id: UUID) -> ResponseReturnValue:
    """Show what publishing a draft would change, and to the second person the decision."""
    return review_page(drafts.get_draft(draft_id))


def review_page(draft: Draft, errors: Mapping[str, str] | None = None) -> str:
    """The page, with the faults of what was sent and everything that was typed."""
    known, problems = dict(errors or {}), drafts.problems_of(draft) if draft.state in {OPEN, IN_REVIEW} else []
    faults = [one for one in problems if one.severity == "error"]
    warnings = [one for one in problems if one.severity != "error"]
    return render_template(
        "admin/versions/review.html",
        draft=draft,
        state=STATE_TITLES[draft.state],
        facts=_facts(draft),
        faults=[_fault(draft, one) for one in faults],
        warnings=[one.message for one in warnings],
        scenarios=_scenarios(draft, problems),
        errors=list(known.items()),
        **_rights(draft),
        **differing(_in_force(draft), draft.body),
        publishing=[fields.shown(one, known) for one in _publishing(warnings)],
        sending_back=fields.shown(second.reason(), known),
    )


def _rights(draft: Draft) -> dict[str, bool]:
    second_one = drafts.is_second(draft, g.actor)
    return second.rights(is_open=draft.state == OPEN, waits=draft.state == IN_REVIEW, is_second=second_one)


def _facts(draft: Draft) -> list[dict[str, str]]:
    said = {
        "状态": STATE_TITLES[draft.state],
        "建立": f"{draft.made_by} {clock.local(draft.made_at):%Y-%m-%d %H:%M}",
        "最近修改": f"{draft.edited_by} {clock.local(draft.edited_at):%Y-%m-%d %H:%M}",
    }
    if draft.submitted_at:
        said["提交审核"] = f"{draft.submitted_by} {clock.local(draft.submitted_at):%Y-%m-%d %H:%M}"
    if draft.decided_at:
        said["审核"] = f"{draft.decided_by} {clock.local(draft.decided_at):%Y-%m-%d %H:%M}"
    if draft.reason:
        said["退回的理由"] = draft.reason
    return [{"label": label, "value": value} for label, value in said.items()]


def _in_force(draft: Draft) -> Mapping[str, Any] | None:
    try:
        return queries.current_version(draft.key).body
    except NotFoundError:
        return None


def _fault(draft: Draft, one: Problem) -> dict[str, str]:
    """A fault with the way to its place in the draft; to the draft where it stands at no one place."""
    _, url = place_of(draft, one.place, DESK)
    return {"told": one.message, "code": one.code, "url": url or url_for(DESK, draft_id=draft.id)}


def _scenarios(draft: Draft, problems: list[Problem]) -> list[dict[str, Any]]:
    """The examples kept with the process, each with what does not agree."""
    return [
        {
            "title": scenario.get("title", scenario.get("id")),
            "against": [one.message for one in problems if one.place == f"scenarios.{scenario.get('id')}"],
        }
        for scenario in draft.body.get("scenarios") or ()
    ]


def _publishing(warnings: list[Problem]) -> list[FieldView]:
    """A reason for each warning, then the first day."""
    sent = request.form if request.method == "POST" else {}
    asked = []
    for one in warnings:
        name = f"accepted-{drafts.mark_of(one)}"
        hint = f"检查提醒：{one.message}（{one.code}）。确认可以这样的，请写明理由。"
        asked.append(fields.text(name, "这样可以，理由是", sent.get(name, ""), hint=hint, longest=second.LONGEST))
    day, hint = sent.get("valid_from", str(clock.today())), "从这一天起新收的案件按新版本办理；正在办理的案件不变。"
    return [*asked, FieldView("valid_from", "valid_from", "生效日期", "date", day, hint=hint, required=True)]
