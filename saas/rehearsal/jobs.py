"""The job that tries a draft on the city's cases, with progress that people can see while it runs."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import update

from saas import clock
from saas.audit import services as audit
from saas.db.session import db
from saas.identity.actor import SYSTEM
from saas.jobs.registry import job
from saas.rehearsal import backtest, past
from saas.rehearsal.actions import RehearsalAudit
from saas.rehearsal.models import Backtest
from saas.rehearsal.services import JOB, get_run
from saas.workflow.definition import parse
from saas.workflow.drafts import get_draft

GAVE_UP = "试算时出错，系统已经重试过几次。请稍后再试；仍然不行的，请联系系统管理员。"


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
    progress = Progress(run.id, past.count_cases(parsed.key))
    progress(0)
    report = backtest.run(parsed, progress)
    db.session.refresh(run)  # the progress was written beside this transaction
    run.state, run.cursor, run.result = "ready", cursor, report.in_short()
    run.done = run.total = report.cases
    run.finished_at = clock.now()
    detail = {"key": draft.key, "cursor": cursor, "cases": report.cases, "refused": len(report.refused)}
    audit.record(RehearsalAudit.DONE, run, by=SYSTEM, detail=detail)
