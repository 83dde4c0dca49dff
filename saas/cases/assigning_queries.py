"""Reading who could be given a case, with what each has in hand, is good at and is kept from."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, cast, exists, func, select, true
from sqlalchemy.orm import contains_eager

from saas import clock
from saas.cases.models import Case
from saas.cases.people_models import Recusal
from saas.db.session import db
from saas.identity.models import Grant, Role, User
from saas.identity.staff_models import AREA, StaffLeave, StaffSkill
from saas.organisation.models import Unit


def list_candidates(case: Case, role: str, list_key: str | None) -> Sequence[Row[Any]]:
    """Who holds the role where the case lies and may see it, with all that decides, in one statement."""
    holding = (
        select(Grant.user_id)
        .join(Unit, Grant.unit_id == Unit.id)
        .join(Role, Grant.role_code == Role.code)
        .where(
            Grant.role_code == role,
            func.starts_with(case.unit_path, Unit.scope),
            Role.clearance >= case.label,
        )
    )
    theirs = _cases_of_user(case.id).lateral()
    more = (_codes(list_key or "").label("skills"), _codes(AREA).label("areas"), _away(), _recused(case.id))
    query = select(User, theirs.c.open_cases, theirs.c.load, theirs.c.last_at, *more)
    query = query.join(User.person).join(theirs, true()).options(contains_eager(User.person))
    return db.session.execute(query.where(User.active, User.id.in_(holding))).all()


def _cases_of_user(but: UUID) -> Select[int, int, datetime]:
    """How many cases a person has open, how much they weigh, and when the last one was given; but for one case."""
    is_open = Case.closed_at.is_(None)
    theirs = select(
        func.count().filter(is_open).label("open_cases"),
        cast(func.sum(Case.label + 1).filter(is_open), Integer).label("load"),
        func.max(func.coalesce(Case.assigned_at, Case.opened_at)).label("last_at"),
    )
    return theirs.where(Case.handler_id == User.id, Case.id != but).correlate(User)


def _codes(list_key: str) -> ColumnElement[Any]:
    mine = and_(StaffSkill.user_id == User.id, StaffSkill.list_key == list_key)
    return select(func.array_agg(StaffSkill.code)).where(mine).correlate(User).scalar_subquery()


def _away() -> ColumnElement[Any]:
    today = clock.today()
    now = and_(StaffLeave.user_id == User.id, StaffLeave.starts_on <= today, StaffLeave.ends_on >= today)
    return select(func.max(StaffLeave.ends_on)).where(now).correlate(User).scalar_subquery().label("away_until")


def _recused(case_id: UUID) -> ColumnElement[bool]:
    mine = and_(Recusal.case_id == case_id, Recusal.user_id == User.id, Recusal.ended_at.is_(None))
    return exists().where(mine).correlate(User).label("recused")
