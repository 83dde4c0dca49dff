"""The job that counts running limits anew after a calendar changed, and says which last days moved."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from saas import clock
from saas.audit import services as audit
from saas.cases import clock_queries, queries, timing
from saas.cases.actions import CaseAudit
from saas.cases.clock_models import Clock, ClockMove
from saas.db.session import db
from saas.identity.actor import SYSTEM
from saas.jobs import queue
from saas.jobs.registry import job
from saas.messages import services as messages

RECOUNT = "clocks.recount"
AT_ONCE = 500
LISTED = 20


@job(RECOUNT)
def recount(payload: dict[str, Any]) -> None:
    """Count some running limits anew and ask for the next ones; handlers are told what moved.

    A limit of a damaged case keeps the days it has until it is counted again.
    """
    after = payload["after"]
    rows = clock_queries.lock_running(UUID(after) if after else None, AT_ONCE)
    told: dict[UUID, list[str]] = defaultdict(list)
    for row in rows:
        _recount(row, payload["cause"], told)
    for user_id, lines in told.items():
        rest = f"；另有{len(lines) - LISTED}项" if len(lines) > LISTED else ""
        messages.tell_user(user_id, "办理期限重新计算", f"{payload['cause']}：{'；'.join(lines[:LISTED])}{rest}。")
    if len(rows) == AT_ONCE:
        queue.enqueue(RECOUNT, {**payload, "after": str(rows[-1].id)})


def begin(cause: str) -> None:
    """Ask for all running limits to be counted anew."""
    queue.enqueue(RECOUNT, {"cause": cause, "after": None})


def _recount(row: Clock, cause: str, told: dict[UUID, list[str]]) -> None:
    case, old = row.case, row.due_on
    reading = timing.try_reading(row)
    if reading is None:
        return
    timing.write(row, reading)
    if reading.due_on == old:
        return
    moved = ClockMove(case_id=case.id, code=row.code, title=row.title, old_due_on=old, new_due_on=reading.due_on)
    moved.cause, moved.moved_at = cause, clock.now()
    db.session.add(moved)
    detail = {"clock": row.code, "old": str(old), "new": str(reading.due_on), "cause": cause}
    audit.record(CaseAudit.LIMIT_MOVED, case, by=SYSTEM, case=case, detail=detail)
    task = queries.open_task(case)
    if task:
        task.due_on = timing.nearest_due(case)
    if case.handler_id:
        told[case.handler_id].append(f"{case.title}（{case.number}）“{row.title}”由{old}改为{reading.due_on}")
