"""Drawing up a plan that moves running cases: from which version, to which, what is said by hand, why."""

from collections.abc import Mapping
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas import clock
from saas.errors import ConflictError, InvalidInputError
from saas.fields.views import FieldView
from saas.identity.permissions import KernelPermission, requires
from saas.moving import queries, services
from saas.moving.models import Move
from saas.web.admin import fields
from saas.web.admin.board import admin
from saas.web.admin.versions.comparing import pick, versions_of
from saas.workflow.models import ProcessVersion
from saas.workflow.process import Definition
from saas.workflow.queries import get_definition
from saas.workflow.verdicts import Names

STATES = {
    "judging": ("正在试算", "info"),
    "judged": ("已试算，等待办理", "warning"),
    "running": ("正在转", "info"),
    "stopped": ("已停止", "warning"),
    "done": ("已完成", "success"),
    "undoing": ("正在撤销", "info"),
    "undone": ("已撤销", "neutral"),
    "dropped": ("已放弃", "neutral"),
}
COLUMNS = {"what": "计划", "state": "状态", "reason": "理由", "by": "拟定"}
BY_TRACE = "按办理过程判断"


@admin.get("/processes/<key>/moves")
@requires(KernelPermission.CONFIG_READ)
def list_moves(key: str) -> ResponseReturnValue:
    """Show the plans of a process, and the way to a new one."""
    found = versions_of(key)
    return render_template(
        "admin/versions/moves.html",
        key=key,
        title=found[0].body["title"],
        columns=[{"key": one, "label": label} for one, label in COLUMNS.items()],
        rows=[_row(move) for move in queries.list_moves(key)],
        options=[(str(one.version), f"第{one.version}版") for one in found],
        may_plan=g.actor.may(KernelPermission.CONFIGURE) and len(found) > 1,
    )


@admin.get("/processes/<key>/moves/new")
@requires(KernelPermission.CONFIGURE)
def new_move(key: str) -> ResponseReturnValue:
    """Show the form of a plan."""
    found = versions_of(key)
    return plan_page(key, pick(found, "old"), pick(found, "new"))


@admin.post("/processes/<key>/moves")
@requires(KernelPermission.CONFIGURE)
def plan_move(key: str) -> ResponseReturnValue:
    """Draw up a plan and have it tried on every running case."""
    found = versions_of(key)
    old, new = pick(found, "old"), pick(found, "new")
    try:
        names = Names(_chosen("state-"), _chosen("step-"))
        reason, most = request.form.get("reason", "")[: fields.REASON], _most()
        move = services.plan(old, new, names, reason, by=g.actor, stop_after=most)
    except InvalidInputError as error:
        return plan_page(key, old, new, error.fields), error.status
    except ConflictError as error:
        return plan_page(key, old, new, {"reason": error.message}), error.status
    return redirect(url_for("admin.show_move", move_id=move.id), 303)


def plan_page(key: str, old: ProcessVersion, new: ProcessVersion, errors: Mapping[str, str] | None = None) -> str:
    """The form, with what was typed and what is wrong with it."""
    known = dict(errors or {})
    asked = [*_states(old, new), *_steps(get_definition(old.id), get_definition(new.id)), *_rest()]
    action = url_for("admin.plan_move", key=key, old=old.version, new=new.version)
    drawn = [fields.shown(one, known) for one in asked]
    return render_template(
        "admin/versions/plan.html", key=key, old=old, new=new, fields=drawn, errors=list(known.items()), action=action
    )


def _states(old: ProcessVersion, new: ProcessVersion) -> list[FieldView]:
    """Where the cases of each state go; only states in which cases stand are asked for."""
    before, after = get_definition(old.id), get_definition(new.id)
    options = [("", BY_TRACE), *((id_, state.title) for id_, state in after.states.items() if not state.end)]
    return [
        _select(f"state-{id_}", f"在“{_title(before, id_)}”的{count}件转到", options)
        for id_, count in queries.count_states(old.id).items()
    ]


def _steps(before: Definition, after: Definition) -> list[FieldView]:
    """What steps that the new version does not have are called in it."""
    gone = [step for step in before.all_transitions if after.find_transition(step.id) is None]
    options = [("", "没有对应的步骤"), *((step.id, step.title) for step in after.all_transitions)]
    return [_select(f"step-{step.id}", f"原来的步骤“{step.title}”对应新版本的", options) for step in gone]


def _rest() -> list[FieldView]:
    why = request.form.get("reason", "") if request.method == "POST" else ""
    most = request.form.get("stop_after", "") if request.method == "POST" else str(services.STOP_AFTER)
    hint = "写进每件案件的办理过程，例如“全市统一增加复核环节，见某某文件”。"
    stop = "有这么多件转不成时自动停止。"
    return [
        fields.text("reason", "为什么要转", why, hint=hint, longest=fields.REASON),
        FieldView("stop_after", "stop_after", "失败几件就停止", "integer", most, hint=stop, required=True),
    ]


def _select(name: str, label: str, options: list[tuple[str, str]]) -> FieldView:
    chosen = request.form.get(name, "") if request.method == "POST" else ""
    return FieldView(name, name, label, "choice", chosen, options=options, required=True)


def _title(definition: Definition, state: str) -> str:
    return definition.states[state].title if state in definition.states else state


def _chosen(prefix: str) -> dict[str, str]:
    sent = request.form.items()
    return {name.removeprefix(prefix): chosen for name, chosen in sent if name.startswith(prefix) and chosen}


def _most() -> int:
    given = request.form.get("stop_after", "").strip()
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0  # noqa: PLR2004 - no number


def _row(move: Move) -> dict[str, Any]:
    return {
        "what": f"第{move.from_version.version}版转到第{move.to_version.version}版",
        "url": url_for("admin.show_move", move_id=move.id),
        "state": STATES[move.state][0],
        "reason": move.reason,
        "by": f"{move.planned_by} {clock.local(move.planned_at):%Y-%m-%d %H:%M}",
    }
