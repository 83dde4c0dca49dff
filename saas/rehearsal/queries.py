"""Reading runs of drafts over the city's cases, and how many cases there are on which versions."""

from uuid import UUID

from sqlalchemy import func, select

from saas.cases.models import Case
from saas.db.session import db
from saas.errors import NotFoundError
from saas.rehearsal.models import Backtest


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


def count_cases(process: str) -> int:
    """How many cases of a process the city has."""
    return db.session.scalar(select(func.count()).where(Case.process_key == process)) or 0


def list_versions_used(process: str) -> list[UUID]:
    """The versions that cases of a process run on, or ran on."""
    query = select(Case.process_id).where(Case.process_key == process).distinct().order_by(Case.process_id)
    return list(db.session.scalars(query))
