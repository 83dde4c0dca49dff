"""Reading the limits of many cases: those of which somebody has to be told, those that run, those that moved."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from saas.cases.clock_models import Clock, ClockMove
from saas.cases.models import Case
from saas.db.session import db

LISTED = 200


def lock_due(today: date, most: int) -> Sequence[Clock]:
    """The limits of which somebody has to be told by a day, with their cases and steps, found by one index."""
    query = (
        select(Clock)
        .join(Clock.case)
        .where(Clock.alarm_on <= today)
        .order_by(Clock.alarm_on, Clock.id)
        .limit(most)
        # The case is locked as every act does it: whoever acts now is passed over, and comes with the next round.
        .with_for_update(skip_locked=True, of=Case)
        .options(contains_eager(Clock.case).selectinload(Case.steps))
    )
    return db.session.scalars(query).unique().all()


def lock_running(after: UUID | None, most: int) -> Sequence[Clock]:
    """The running limits after one, in the order of their ids, with their cases, steps and other limits."""
    query = (
        select(Clock)
        .join(Clock.case)
        .where(Clock.stopped_on.is_(None), *([Clock.id > after] if after else []))
        .order_by(Clock.id)
        .limit(most)
        # The case is locked as every act does it, so that neither overwrites the other.
        .with_for_update(of=Case)
        .options(contains_eager(Clock.case).selectinload(Case.steps))
        .options(contains_eager(Clock.case).selectinload(Case.clocks))
    )
    return db.session.scalars(query).unique().all()


def list_moves() -> Sequence[ClockMove]:
    """The limits that moved last because of a calendar, the newest first, with their cases."""
    query = select(ClockMove).order_by(ClockMove.moved_at.desc(), ClockMove.id).limit(LISTED)
    return db.session.scalars(query.options(joinedload(ClockMove.case))).all()
