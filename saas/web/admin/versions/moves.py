"""A plan on its way: what it would do with every case, how far it is, and what people do with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas import clock
from saas.identity.permissions import KernelPermission, fresh, requires
from saas.moving import jobs, queries, services
from saas.moving.models import Move, MovedCase
from saas.web.admin.board import admin
from saas.web.admin.versions.planning import STATES
from saas.workflow.process import Definition
from saas.workflow.queries import get_definition
from saas.workflow.verdicts import BLOCKED, MAPPED, REPLAYS, SAME, TITLES

UNFINISHED = ("judging", *jobs.CARRIES)
SETTLED = {"waiting": "还没有轮到", "moved": "已转", "kept": "留在原来的版本", "failed": "没有转成", "undone": "已转回"}
PROGRESS = {"judging": "正在按每件案件的办理过程试算", "running": "正在逐件转", "undoing": "正在逐件转回"}


@admin.get("/processes/moves/<uuid:move_id>")
@requires(KernelPermission.CONFIG_READ)
def show_move(move_id: UUID) -> ResponseReturnValue:
    """Show a plan; asked by a script, only the part of the page that changes."""
    move = queries.get_move(move_id)
    part = "admin/versions/_move.html" if request.headers.get("HX-Request") else "admin/versions/move.html"
    return render_template(part, move=_values(move), **_rights(move))


@admin.post("/processes/moves/<uuid:move_id>/start")
@requires(KernelPermission.CONFIGURE)
def start_move(move_id: UUID) -> ResponseReturnValue:
    """Start a plan, or go on with a stopped one."""
    return _carry_out(move_id, services.start, "已开始，可以离开这一页。")


@admin.post("/processes/moves/<uuid:move_id>/confirm")
@requires(KernelPermission.CONFIG_APPROVE)
@fresh
def confirm_move(move_id: UUID) -> ResponseReturnValue:
    """Confirm a plan as the second person, which starts it."""
    return _carry_out(move_id, services.confirm, "已确认并开始。")


@admin.post("/processes/moves/<uuid:move_id>/stop")
@requires(KernelPermission.CONFIGURE)
def stop_move(move_id: UUID) -> ResponseReturnValue:
    """Let no further case be moved."""
    return _carry_out(move_id, services.stop, "已停止，已经转的案件不变。")


@admin.post("/processes/moves/<uuid:move_id>/undo")
@requires(KernelPermission.CONFIGURE)
def undo_move(move_id: UUID) -> ResponseReturnValue:
    """Bring back every case in which nobody has acted since."""
    return _carry_out(move_id, services.undo, "开始撤销。转版以后有人办理过的案件不再转回。")


@admin.post("/processes/moves/<uuid:move_id>/drop")
@requires(KernelPermission.CONFIGURE)
def drop_move(move_id: UUID) -> ResponseReturnValue:
    """Give up a plan that has moved nothing."""
    return _carry_out(move_id, services.drop, "计划已放弃，没有案件变动。")


def _carry_out(move_id: UUID, verb: Callable[..., None], said: str) -> ResponseReturnValue:
    """Do one thing with a plan, locked, and show it again."""
    verb(queries.get_move(move_id, for_update=True), by=g.actor)
    flash(said, "success")
    return redirect(url_for("admin.show_move", move_id=move_id), 303)


def _rights(move: Move) -> dict[str, bool]:
    plans, decides = g.actor.may(KernelPermission.CONFIGURE), g.actor.may(KernelPermission.CONFIG_APPROVE)
    waits, second = move.state == "judged", services.needs_second(move)
    confirms = decides and waits and second and g.actor.id != move.planned_by_id
    return {
        "may_start": plans and not second and move.state in {"judged", "stopped"},
        "may_confirm": confirms and g.is_fresh,
        "must_prove": confirms and not g.is_fresh,
        "waits_for_second": waits and second and not confirms,
        "may_stop": plans and move.state == "running",
        "may_undo": plans and move.state in {"done", "stopped"},
        "may_drop": plans and waits,
    }


def _values(move: Move) -> dict[str, Any]:
    """A plan as its page draws it."""
    verdicts, settled = queries.count_verdicts(move), queries.count_settled(move)
    whole = sum(settled.values())
    old, new = get_definition(move.from_id), get_definition(move.to_id)
    return {
        "key": move.key,
        "title": new.title,
        "what": f"第{move.from_version.version}版转到第{move.to_version.version}版",
        "state": STATES[move.state],
        "code": move.state,
        "unfinished": move.state in UNFINISHED,
        "progress": PROGRESS.get(move.state, ""),
        "url": url_for("admin.show_move", move_id=move.id),
        "done": whole - settled.get("moved" if move.state == "undoing" else "waiting", 0),
        "whole": whole,
        "facts": _facts(move),
        "verdicts": [_verdict(move, kind, verdicts[kind], old, new) for kind in _KINDS if verdicts.get(kind)],
        "settled": [{"label": SETTLED[one], "value": f"{count}件"} for one, count in sorted(settled.items())],
        "failed": [_example(one, old, new) for one in queries.list_failed(move)],
        "id": move.id,
    }


_KINDS = (SAME, REPLAYS, MAPPED, BLOCKED)


def _facts(move: Move) -> list[dict[str, str]]:
    said = {"理由": move.reason, "拟定": f"{move.planned_by} {clock.local(move.planned_at):%Y-%m-%d %H:%M}"}
    if move.confirmed_at:
        said["确认"] = f"{move.confirmed_by} {clock.local(move.confirmed_at):%Y-%m-%d %H:%M}"
    if move.finished_at:
        said["结束"] = f"{clock.local(move.finished_at):%Y-%m-%d %H:%M}"
    return [{"label": label, "value": value} for label, value in said.items()]


def _verdict(move: Move, kind: str, count: int, old: Definition, new: Definition) -> dict[str, Any]:
    examples = [_example(one, old, new) for one in queries.list_examples(move, kind)]
    return {"kind": kind, "title": TITLES[kind], "count": count, "examples": examples}


def _example(one: MovedCase, old: Definition, new: Definition) -> dict[str, Any]:
    """A case by its number; who reads cases is led to it."""
    may_read = g.actor.may(KernelPermission.CASE_READ)
    target = new.states.get(one.to_state) or old.states.get(one.to_state)
    before = old.states.get(one.from_state)
    return {
        "number": one.case.number,
        "url": url_for("staff.show_case", number=one.case.number) if may_read else None,
        "from": before.title if before else one.from_state,
        "to": target.title if target else one.to_state,
        "reasons": "；".join([*one.reasons, *([one.problem] if one.problem else [])]),
    }
