"""Asking for a draft to be tried on the city's cases."""

from uuid import UUID

from sqlalchemy import select

from saas import clock
from saas.audit import services as audit
from saas.db.session import db
from saas.errors import NotFoundError, RefusedError
from saas.identity.actor import Actor
from saas.jobs import queue
from saas.rehearsal.actions import RehearsalAudit
from saas.rehearsal.models import Backtest
from saas.workflow import definition
from saas.workflow.engine import Reason
from saas.workflow.models import Draft

JOB = "process.backtest"
UNREADABLE = "草稿的内容还不完整，不能试算。请先按“检查”列出的问题改正。"


def ask(draft: Draft, *, by: Actor) -> Backtest:
    """Have a draft tried on all cases of its process; a run that is not done yet is given instead of a second one.

    Raises:
        RefusedError: The draft cannot be read.
    """
    try:
        definition.parse(draft.body)
    except definition.DefinitionError as error:
        raise RefusedError([Reason("WF000", UNREADABLE, help=str(error))]) from error
    latest = find_latest(draft.id)
    if latest is not None and latest.state in {"queued", "running"} and latest.cursor == draft.cursor:
        return latest
    run = Backtest(draft_id=draft.id, cursor=draft.cursor, asked_by=by.name, asked_at=clock.now())
    db.session.add(run)
    db.session.flush()  # the job and the event name it
    audit.record(RehearsalAudit.ASKED, run, by=by, detail={"key": draft.key, "cursor": draft.cursor})
    queue.enqueue(JOB, {"run": str(run.id)}, key=f"{JOB}:{run.id}")
    return run


def find_latest(draft_id: UUID) -> Backtest | None:
    """The last run of a draft."""
    query = select(Backtest).where(Backtest.draft_id == draft_id).order_by(Backtest.asked_at.desc(), Backtest.id.desc())
    return db.session.scalars(query.limit(1)).first()


def get_run(run_id: UUID) -> Backtest:
    """A run by its id.

    Raises:
        NotFoundError: There is none.
    """
    run = db.session.get(Backtest, run_id)
    if run is None:
        raise NotFoundError
    return run
