"""The scenarios of a draft: whether each still comes out as it says."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from saas.identity.permissions import KernelPermission, requires
from saas.rehearsal import examples, plays, staging
from saas.web.admin import cursor
from saas.web.admin.board import admin
from saas.web.admin.rehearsal.frame import Desk, frame_values, lay
from saas.workflow import simulation
from saas.workflow.drafts import get_draft
from saas.workflow.examples import base_of
from saas.workflow.process import Definition
from saas.workflow.simulation import Context

HERE = "admin.list_scenarios"


@admin.get("/processes/<uuid:draft_id>/scenarios")
@requires(KernelPermission.CONFIG_READ)
def list_scenarios(draft_id: UUID) -> ResponseReturnValue:
    """Show every scenario with what comes of it now."""
    desk = lay(draft_id)
    context = examples.context_of(desk.definition)
    taken = simulation.taken_over(desk.definition, base_of(desk.definition, desk.draft.body))
    rows = [row(desk, one, context, inherited=one["id"] in taken) for one in desk.definition.scenarios]
    wrong = [one for one in rows if one["wrong"]]
    return render_template(
        "admin/rehearsal/scenarios.html",
        **frame_values(desk, HERE),
        rows=rows,
        failing=sum(not one["inherited"] for one in wrong),
        doubtful=sum(one["inherited"] for one in wrong),
    )


@admin.post("/processes/<uuid:draft_id>/scenarios/<key>/renew")
@requires(KernelPermission.CONFIGURE)
def renew_scenario(draft_id: UUID, key: str) -> ResponseReturnValue:
    """Let a scenario expect what comes of it now."""
    return _edited(draft_id, key, examples.renew, "已按现在的结果更新场景。")


@admin.post("/processes/<uuid:draft_id>/scenarios/<key>/remove")
@requires(KernelPermission.CONFIGURE)
def remove_scenario(draft_id: UUID, key: str) -> ResponseReturnValue:
    """Take a scenario away."""
    return _edited(draft_id, key, examples.remove, "已删除场景；需要时可以撤销。")


@admin.post("/processes/<uuid:draft_id>/scenarios/<key>/play")
@requires(KernelPermission.CONFIG_READ)
def open_scenario(draft_id: UUID, key: str) -> ResponseReturnValue:
    """Go on playing from a scenario."""
    draft = get_draft(draft_id)
    plays.keep(draft, examples.acts_in(draft, key), None, by=g.actor)
    return redirect(url_for("admin.show_play", draft_id=draft_id), 303)


def row(desk: Desk, scenario: Any, context: Context, *, inherited: bool) -> dict[str, Any]:  # noqa: ANN401 - as written
    """A scenario as the page draws it."""
    wrong = simulation.disagreements(desk.definition, scenario, context, inherited=inherited)
    here = {"draft_id": desk.draft.id, "key": scenario["id"]}
    return {
        "id": scenario["id"],
        "title": scenario["title"],
        "wrong": wrong,
        "inherited": inherited,
        "acts": [_act(desk.definition, act) for act in scenario["acts"]],
        "expected": _expected(desk.definition, scenario["expect"]),
        "play_url": url_for("admin.open_scenario", **here),
        "renew_url": url_for("admin.renew_scenario", **here),
        "remove_url": url_for("admin.remove_scenario", **here),
    }


def _act(definition: Definition, act: Any) -> dict[str, str]:  # noqa: ANN401 - as above
    return {
        "day": act["on"],
        "title": definition.title_of(act["action"]),
        "by": staging.name_of(definition, act["by"]),
    }


def _expected(definition: Definition, expected: dict[str, Any]) -> list[str]:
    state = definition.states.get(expected["state"])
    told = [f"停在“{state.title if state else expected['state'] or '没有立案'}”"]
    if "refused" in expected:
        told.append("最后一步被拒绝")
    for code, day in (expected.get("due") or {}).items():
        title = definition.clocks[code]["title"] if code in definition.clocks else code
        told.append(f"“{title}”到{day}")
    return told


def _edited(draft_id: UUID, key: str, verb: Callable[..., None], said: str) -> ResponseReturnValue:
    """Change one scenario and show all of them."""
    verb(get_draft(draft_id), key, cursor=cursor.seen(), by=g.actor)
    flash(said, "success")
    return redirect(url_for(HERE, draft_id=draft_id), 303)
