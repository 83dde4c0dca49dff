"""The city's working calendar: a year's notice loaded, a day of its own, and what moved because of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from saas import clock
from saas.audit import services as audit
from saas.cases import config_queries, recounting
from saas.cases.actions import CalendarAudit
from saas.cases.config_models import CalendarDay, CalendarYear
from saas.cases.context import calendar
from saas.db.session import db
from saas.errors import InvalidInputError
from saas.identity.actor import Actor


@dataclass(frozen=True)
class Day:
    """A day as the calendar page draws it; `kind` is work, rest, off or worked, `source` a correction's own."""

    day: date
    kind: str
    source: str | None


def load_year(year: int, source: str, days: Mapping[date, bool], *, by: Actor) -> None:
    """Take over the published arrangement of a year; running limits are counted anew in the background."""
    _put({day: (working, source) for day, working in days.items()})
    _put_year(year, source, by)
    audit.record(
        CalendarAudit.LOADED, ("calendar", year), by=by, detail={"source": source, "days": len(days)}, high=True
    )
    recounting.begin(f"{year}年放假安排（{source}）")


def take_over(days: Mapping[date, tuple[bool, str]], years: Mapping[int, str], *, by: Actor) -> None:
    """Let days and notices be as another configuration has them; those it does not name stay as they are.

    Args:
        days: Whether each is worked, and its ground.
        years: The notice of each.
        by: Who takes them over.
    """
    if days:
        _put(days)
    for year, source in years.items():
        _put_year(year, source, by)
    detail = {"days": [f"{day}" for day in days], "years": list(years)}
    audit.record(CalendarAudit.TAKEN_OVER, ("calendar", "import"), by=by, detail=detail, high=True)
    recounting.begin("导入工作日历")


def set_day(day: date, source: str, *, working: bool, by: Actor) -> None:
    """Give the city a day of its own, such as a local holiday.

    Raises:
        InvalidInputError: the ground is missing.
    """
    if not source:
        raise InvalidInputError({"source": "请填写依据，例如放假通知的文号。"})
    _put({day: (working, source)})
    detail = {"working": working, "source": source}
    audit.record(CalendarAudit.DAY_SET, ("calendar", f"{day}"), by=by, detail=detail, high=True)
    recounting.begin(f"{day}{'上班' if working else '放假'}（{source}）")


def remove_day(day: date, *, by: Actor) -> None:
    """Let a day follow the national arrangement again."""
    db.session.execute(delete(CalendarDay).where(CalendarDay.day == day))
    audit.record(CalendarAudit.DAY_REMOVED, ("calendar", f"{day}"), by=by, high=True)
    recounting.begin(f"{day}恢复全国安排")


def _put_year(year: int, source: str, by: Actor) -> None:
    row = insert(CalendarYear).values(year=year, source=source, loaded_at=clock.now(), loaded_by=by.name)
    kept = {"source": source, "loaded_at": clock.now(), "loaded_by": by.name}
    db.session.execute(row.on_conflict_do_update(index_elements=[CalendarYear.year], set_=kept))


def _put(days: Mapping[date, tuple[bool, str]]) -> None:
    rows = [{"day": day, "working": working, "source": source} for day, (working, source) in days.items()]
    put = insert(CalendarDay).values(rows)
    kept = {"working": put.excluded.working, "source": put.excluded.source}
    db.session.execute(put.on_conflict_do_update(index_elements=[CalendarDay.day], set_=kept))


def days_of(year: int) -> list[list[Day]]:
    """The days of a year by month, as the city works them."""
    sources = {day: source for day, (_, source) in config_queries.own_days(year).items()}
    first = date(year, 1, 1).toordinal()
    whole = [date.fromordinal(first + n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    return [[Day(day, _kind(day), sources.get(day)) for day in whole if day.month == month] for month in range(1, 13)]


def _kind(day: date) -> str:
    weekend, working = day.weekday() >= 5, calendar().is_workday(day)  # noqa: PLR2004 - Saturday
    if working:
        return "worked" if weekend else "work"
    return "rest" if weekend else "off"
