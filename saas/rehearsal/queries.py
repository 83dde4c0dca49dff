"""Reading runs of drafts over the city's cases."""

from uuid import UUID

from sqlalchemy import select

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
