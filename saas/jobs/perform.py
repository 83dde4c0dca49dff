"""Doing one job in its city's transaction, its effect once however often it is tried."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from flask import Flask, current_app
from procrastinate import JobContext
from sqlalchemy.dialects.postgresql import insert

from saas.audit import services as audit
from saas.audit.models import DONE, REFUSED
from saas.db.session import current_tenant, db
from saas.errors import UnavailableError
from saas.identity.actor import SYSTEM
from saas.jobs.actions import JobAudit
from saas.jobs.models import JobRun
from saas.jobs.registry import Job
from saas.outside import QUEUE

TRIES = QUEUE.tries
ENTER = "fengqiao.enter"

Enter = Callable[[str], AbstractContextManager[None]]
"""Given a schema, a context in which the session serves its city and is committed at the end."""


def perform(app: Flask, job: Job, context: JobContext, *, tenant: str, run: str, payload: dict[str, Any]) -> None:
    """Do the job unless it is done; when the last try fails, let the job say so where people look.

    Args:
        app: The application, whose extension ``fengqiao.enter`` knows the way into a city.
        job: What to do.
        context: The queue's view of this try.
        tenant: The schema of the city, proved by the queue's guard.
        run: The id of this piece of work, the same in every try.
        payload: As it was asked for.
    """
    enter: Enter = app.extensions[ENTER]
    try:
        with enter(tenant):
            if _is_first(run, job.name):
                started = time.monotonic()
                job.work(payload)
                _record(job.name, run, DONE, started)
    except Exception as error:
        if not isinstance(error, UnavailableError) and context.job.attempts + 1 >= TRIES:
            with enter(tenant):
                _give_up(job, payload, run, error)
        raise


def apart() -> AbstractContextManager[None]:
    """A transaction of its own in the city whose job is done; what is done in it stays done if the job fails."""
    enter: Enter = current_app.extensions[ENTER]
    return enter(current_tenant().schema)


def _give_up(job: Job, payload: dict[str, Any], run: str, error: Exception) -> None:
    if job.failed is not None:
        job.failed(payload, str(error))
    _record(job.name, run, REFUSED, time.monotonic())


def _record(name: str, run: str, outcome: str, started: float) -> None:
    """Write down the job in the transaction of its effects; what it worked on stands in their own events."""
    action = JobAudit.DONE if outcome == DONE else JobAudit.FAILED
    detail = {"job": name, "seconds": round(time.monotonic() - started, 2)}
    audit.record(action, ("job", run), by=SYSTEM, detail=detail, outcome=outcome)


def _is_first(run: str, name: str) -> bool:
    """Write the ledger's row; False when an earlier try got as far as committing it."""
    row = insert(JobRun).values(job_key=run, name=name).on_conflict_do_nothing().returning(JobRun.job_key)
    return db.session.scalar(row) is not None
