"""What people do with a plan: draw it up, confirm, start, stop, undo or drop it."""

from collections.abc import Mapping

from sqlalchemy import case, update

from saas import clock
from saas.audit import services as audit
from saas.db.session import db
from saas.errors import ConflictError, InvalidInputError, PermissionDeniedError
from saas.identity.actor import Actor
from saas.jobs import queue
from saas.moving import queries
from saas.moving.actions import MoveAction
from saas.moving.models import Move, MovedCase
from saas.workflow.models import ProcessVersion
from saas.workflow.queries import get_definition
from saas.workflow.verdicts import MAPPED, Names

JOB = "process.move"
STOP_AFTER = 10
NOT_NOW = "这份计划现在不能这样办理，请刷新页面查看最新情况。"
BUSY = "这项流程还有一份转版计划正在进行，请等它结束，或者先停止。"


def plan(
    old: ProcessVersion,
    new: ProcessVersion,
    names: Names,
    reason: str,
    *,
    by: Actor,
    stop_after: int = STOP_AFTER,
) -> Move:
    """Draw up a plan; a job then says what it would do with every case, changing none.

    Args:
        old: The version whose running cases are to go.
        new: Where to.
        names: What is said by hand.
        reason: Why; it stands in every case's log.
        by: Who plans.
        stop_after: After how many cases that cannot be moved it stops by itself.

    Raises:
        InvalidInputError: Nothing is said why, or names lead nowhere.
        ConflictError: Another plan of the process is under way.
    """
    _check(old, new, names, reason, stop_after)
    _check_free(old.key)
    move = Move(key=old.key, from_id=old.id, to_id=new.id, state="judging")
    move.names = {"states": dict(names.states), "steps": dict(names.steps)}
    move.reason, move.stop_after = reason.strip(), stop_after
    move.planned_by_id, move.planned_by, move.planned_at = by.id, by.name, clock.now()
    db.session.add(move)
    db.session.flush()
    _go_on(move)
    audit.record(MoveAction.PLANNED, move, by=by, detail=_detail(move), high=True)
    return move


def confirm(move: Move, *, by: Actor) -> None:
    """Say as the second person that cases may be moved whose trace is no legal run, and start.

    Raises:
        PermissionDeniedError: The person drew up the plan.
        ConflictError: The plan is not waiting for it, or another one of the process is under way.
    """
    if by.id is not None and by.id == move.planned_by_id:
        raise PermissionDeniedError("计划须由拟定人以外的另一名安全管理员确认。")
    _expect(move, "judged")
    move.confirmed_by_id, move.confirmed_by, move.confirmed_at = by.id, by.name, clock.now()
    audit.record(MoveAction.CONFIRMED, move, by=by, detail=_detail(move), high=True)
    _start(move, by=by)


def start(move: Move, *, by: Actor) -> None:
    """Start a plan that needs no second person, or go on with one that was stopped.

    Raises:
        PermissionDeniedError: A second person has to confirm it first.
        ConflictError: The plan is neither judged nor stopped, or another one of the process is under way.
    """
    _expect(move, "judged", "stopped")
    if needs_second(move):
        raise PermissionDeniedError("有案件要按指定的环节转，请由另一名安全管理员确认后开始。")
    _start(move, by=by)


def needs_second(move: Move) -> bool:
    """Whether a second person still has to confirm."""
    return move.confirmed_at is None and queries.count_verdicts(move).get(MAPPED, 0) > 0


def stop(move: Move, *, by: Actor) -> None:
    """Let no further case be moved; those that were stay moved.

    Raises:
        ConflictError: It is not running.
    """
    _expect(move, "running")
    move.state = "stopped"
    audit.record(MoveAction.STOPPED, move, by=by, detail=_detail(move))


def undo(move: Move, *, by: Actor) -> None:
    """Bring back every case in which nobody has acted since.

    Raises:
        ConflictError: Nothing was moved, it is still running, or another plan of the process is under way.
    """
    _expect(move, "done", "stopped")
    _check_free(move.key)
    # What could not be moved is not counted against the way back.
    _settle_failed(move, "kept")
    move.state = "undoing"
    _go_on(move)
    audit.record(MoveAction.UNDOING, move, by=by, detail=_detail(move), high=True)


def drop(move: Move, *, by: Actor) -> None:
    """Give up a plan that has moved nothing.

    Raises:
        ConflictError: It has been started.
    """
    _expect(move, "judged")
    move.state, move.finished_at = "dropped", clock.now()
    audit.record(MoveAction.DROPPED, move, by=by, detail=_detail(move))


def _start(move: Move, *, by: Actor) -> None:
    _check_free(move.key)
    _settle_failed(move, "waiting")
    move.state, move.finished_at = "running", None
    _go_on(move)
    audit.record(MoveAction.STARTED, move, by=by, detail=_detail(move), high=True)


def _settle_failed(move: Move, unmoved: str) -> None:
    """Let the cases that failed be what they are: moved where they could not be brought back, else as is said."""
    failed = update(MovedCase).where(MovedCase.move_id == move.id, MovedCase.state == "failed")
    state = case((MovedCase.revision.is_(None), unmoved), else_="moved")
    db.session.execute(failed.values(state=state, problem=None if unmoved == "waiting" else MovedCase.problem))


def _check_free(key: str) -> None:
    """Refuse a second plan of a process; two that ask at once do so one after the other."""
    queries.lock_process(key)
    if queries.is_busy(key):
        raise ConflictError(BUSY)


def _go_on(move: Move) -> None:
    queue.enqueue(JOB, {"move": str(move.id)}, key=str(move.id))


def _expect(move: Move, *states: str) -> None:
    if move.state not in states:
        raise ConflictError(NOT_NOW)


def _detail(move: Move) -> dict[str, str]:
    return {"key": move.key, "from": str(move.from_id), "to": str(move.to_id), "reason": move.reason}


def _check(old: ProcessVersion, new: ProcessVersion, names: Names, reason: str, stop_after: int) -> None:
    faults = {}
    if not reason.strip():
        faults["reason"] = "请填写转版的理由，它会写进每件案件的办理过程。"
    if old.key != new.key or old.id == new.id:
        faults["to"] = "请选择同一流程的另一个版本。"
    if not 1 <= stop_after <= 1000:  # noqa: PLR2004 - what the field's hint says
        faults["stop_after"] = "请填写1到1000之间的数。"
    faults |= _unknown(names.states, get_definition(old.id).states, get_definition(new.id).states, "state")
    known = {step.id: step for step in get_definition(new.id).all_transitions}
    faults |= _unknown(names.steps, {step.id: step for step in get_definition(old.id).all_transitions}, known, "step")
    if faults:
        raise InvalidInputError(faults)


def _unknown(
    names: Mapping[str, str], old: Mapping[str, object], new: Mapping[str, object], kind: str
) -> dict[str, str]:
    wrong = [one for one, other in names.items() if one not in old or other not in new]
    return {f"{kind}-{one}": "请从列表里选择。" for one in wrong}
