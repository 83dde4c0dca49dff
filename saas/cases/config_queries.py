"""Reading what a city itself says of code lists and of the working calendar."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, func, null, select, union_all

from saas.cases.config_models import CalendarDay, CalendarYear, CodeItem
from saas.db.session import db


def list_code_items() -> Sequence[Row[str, str, str, int, bool]]:
    """The city's own entries of all lists: list, code, title, position and whether it is open, each in its order."""
    columns = (CodeItem.list_key, CodeItem.code, CodeItem.title, CodeItem.position, CodeItem.active)
    return db.session.execute(select(*columns).order_by(CodeItem.position, CodeItem.code)).all()


def own_days(year: int | None = None) -> dict[date, tuple[bool, str]]:
    """Every correction of the national calendar, or those of a year: whether the day is worked, and the ground."""
    query = select(CalendarDay.day, CalendarDay.working, CalendarDay.source).order_by(CalendarDay.day)
    if year is not None:
        query = query.where(CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)))
    return {row.day: (row.working, row.source) for row in db.session.execute(query)}


def own_years() -> dict[int, str]:
    """The notice of every year that was loaded here."""
    query = select(CalendarYear.year, CalendarYear.source).order_by(CalendarYear.year)
    return {row.year: row.source for row in db.session.execute(query)}


def find_year(year: int) -> CalendarYear | None:
    """The notice of a year as it was loaded here."""
    return db.session.get(CalendarYear, year)


def calendar_changes() -> tuple[tuple[tuple[date, bool], ...], frozenset[int]]:
    """The days that are otherwise here, and the years that were loaded, in one statement."""
    days = select(CalendarDay.day, CalendarDay.working)
    # A loaded year is its last day without an answer.
    years = select(func.make_date(CalendarYear.year, 12, 31), null())
    rows = db.session.execute(union_all(days, years)).all()
    found = sorted((day, working) for day, working in rows if working is not None)
    return tuple(found), frozenset(day.year for day, working in rows if working is None)
