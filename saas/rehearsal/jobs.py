"""Trying a draft on the city's cases: asked for by a person, done by a job whose progress can be seen."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import update

from saas import clock
from saas.audit import services as audit
from saas.db.session import db
from saas.errors import RefusedError
from saas.identity.actor import SYSTEM, Actor
from saas.jobs import queue
from saas.jobs.registry import job
from saas.rehearsal import backtest
from saas.rehearsal.actions import RehearsalAudit
from saas.rehearsal.models import Backtest
from saas.rehearsal.queries import count_cases, find_latest, get_run
from saas.workflow.definition import DefinitionError, parse
from saas.workflow.drafts import get_draft
from saas.workflow.engine import Reason
from saas.workflow.models import Draft

JOB = "process.backtest"
UNREADABLE = "草稿的内容还不完整，不能试算。请先按“检查”列出的问题改正。"
GAVE_UP = "试算时出错，系统已经重试过几次。请稍后再试；仍然不行的，请联系系统管理员。"


def ask(draft: Draft, *, by: Actor) -> Backtest:
    """Have a draft tried on all cases of its process; a run that is not done yet is given instead of a second one.

    Raises:
        RefusedError: The draft cannot be read.
    """
    try:
        parse(draft.body)
    except DefinitionError as error:
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


@dataclass(frozen=True)
class Progress:
    """Writes how far a run is; each note is a short transaction of its own, so that others see it at once."""

    run_id: UUID
    total: int

    def __call__(self, done: int) -> None:
        """Note how many cases are done."""
        with db.session.get_bind().engine.begin() as apart:
            values = {"state": "running", "done": done, "total": self.total, "problem": None}
            apart.execute(update(Backtest).where(Backtest.id == self.run_id).values(**values))


def give_up(payload: dict[str, Any], _problem: str) -> None:
    """After the last try: let the run say so."""
    run = get_run(UUID(payload["run"]))
    run.state, run.problem, run.finished_at = "failed", GAVE_UP, clock.now()
    audit.record(RehearsalAudit.FAILED, run, by=SYSTEM)


@job(JOB, failed=give_up)
def try_draft(payload: dict[str, Any]) -> None:
    """Try the draft as it stands now; a run that is done already is left alone."""
    run = get_run(UUID(payload["run"]))
    if run.state == "ready":
        return
    draft = get_draft(run.draft_id)
    cursor, parsed = draft.cursor, parse(draft.body)
    progress = Progress(run.id, count_cases(parsed.key))
    progress(0)
    report = backtest.run(parsed, progress)
    db.session.refresh(run)  # the progress was written beside this transaction
    run.state, run.cursor, run.result = "ready", cursor, report.in_short()
    run.done = run.total = report.cases
    run.finished_at = clock.now()
    detail = {"key": draft.key, "cursor": cursor, "cases": report.cases, "refused": len(report.refused)}
    audit.record(RehearsalAudit.DONE, run, by=SYSTEM, detail=detail)
