"""The job of a plan: judge every case, then move them or bring them back, each in a transaction of its own."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from saas import clock
from saas.audit import services as audit
from saas.db.session import current_tenant, db
from saas.errors import AppError
from saas.identity.actor import SYSTEM
from saas.jobs import queue
from saas.jobs.perform import ENTER
from saas.jobs.registry import job
from saas.moving import carrying, judging, queries
from saas.moving.actions import MoveAction
from saas.moving.models import Move, MovedCase
from saas.moving.services import JOB

BATCH = 100
FAULT = "系统出错，这件案件没有变动，请联系系统管理员"

Carry = Callable[[Move, MovedCase], None]
CARRIES: dict[str, tuple[str, Carry, str]] = {
    "running": ("waiting", carrying.move_case, "done"),
    "undoing": ("moved", carrying.bring_back, "undone"),
}
"""For a plan that runs: which cases are next, what is done to each, and what the plan is when none is left."""


def give_up(payload: dict[str, Any], _problem: str) -> None:
    """After the last try: stop the plan, so that people see it and can start it again."""
    move = queries.get_move(UUID(payload["move"]), for_update=True)
    if move.state in {*CARRIES, "judging"}:
        _end(move, "dropped" if move.state == "judging" else "stopped")


@job(JOB, failed=give_up)
def go_on(payload: dict[str, Any]) -> None:
    """Do the next part of a plan, and ask for the part after it."""
    move = queries.get_move(UUID(payload["move"]))
    if move.state == "judging":
        judging.judge_all(move)
        move.state = "judged"
        return
    if move.state not in CARRIES:
        return
    left = _carry_batch(move.id, move.state)
    db.session.expire_all()
    _after(queries.get_move(move.id, for_update=True), left=left)


def _after(move: Move, *, left: bool) -> None:
    """Go on, or say how it ended."""
    if move.state not in CARRIES:
        return
    if _has_failed(move):
        _end(move, "stopped")
    elif left:
        queue.enqueue(JOB, {"move": str(move.id)})
    else:
        _end(move, CARRIES[move.state][2])


def _end(move: Move, state: str) -> None:
    move.state, move.finished_at = state, clock.now()
    audit.record(MoveAction.FINISHED, move, by=SYSTEM, detail={"state": state, **queries.count_settled(move)})


def _carry_batch(move_id: UUID, state: str) -> bool:
    """Carry the next cases; whether there may be more. Ends early where somebody stops the plan, or too many fail."""
    waiting = queries.next_cases(move_id, CARRIES[state][0], BATCH)
    schema = current_tenant().schema
    for case_id in waiting:
        if not _carry(schema, move_id, case_id, state):
            return True
        # The job's own transaction waits for all of them, and would be taken for a forgotten one.
        db.session.execute(select(1))
    return len(waiting) == BATCH


def _carry(schema: str, move_id: UUID, case_id: UUID, state: str) -> bool:
    """Carry one case in a transaction of its own; False where the plan is not to go on."""
    enter: Callable[[str], AbstractContextManager[None]] = current_app.extensions[ENTER]
    expected, carry, _ = CARRIES[state]
    try:
        with enter(schema):
            move = queries.get_move(move_id)
            if move.state != state or _has_failed(move):
                return False
            item = queries.lock_case(move_id, case_id)
            if item.state == expected:
                carry(move, item)
    except (AppError, SQLAlchemyError, LookupError, ValueError) as error:
        said = error.message if isinstance(error, AppError) else FAULT
        with enter(schema):
            change = update(MovedCase).where(MovedCase.move_id == move_id, MovedCase.case_id == case_id)
            db.session.execute(change.values(state="failed", problem=said, settled_at=clock.now()))
    return True


def _has_failed(move: Move) -> bool:
    """Whether so many cases could not be moved that the plan stops by itself."""
    return queries.count_failed(move, move.stop_after) >= move.stop_after
