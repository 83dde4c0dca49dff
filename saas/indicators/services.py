"""The report of a period: every declared indicator of every line of work."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import MAXYEAR, date
from typing import Any

from sqlalchemy import ColumnElement

from saas.domain import Domain, all_domains
from saas.errors import InvalidInputError
from saas.indicators import queries

DECEMBER = 12
PERIOD = re.compile(r"[0-9]{4}(?:-[0-9]{1,2})?(?:\.\.[0-9]{4}(?:-[0-9]{1,2})?)?")


def period_days(period: str) -> tuple[date, date]:
    """The first and last day of a year ``2026``, a month ``2026-10`` or a range ``2025-07..2026-10``.

    Raises:
        InvalidInputError: it is none of these, ends before it begins, or in the last year there is.
    """
    first, _, last = period.partition("..") if PERIOD.fullmatch(period) else ("", "", "")
    try:
        start, end = _begin(first), _end(last or first)
    except ValueError as error:
        raise InvalidInputError({"period": "请按“2026”“2026-10”或者“2025-07..2026-10”的格式填写期间。"}) from error
    if start > end or end.year == MAXYEAR:
        raise InvalidInputError({"period": "期间的起止年月不对，请核对，起始月份在前。"})
    return start, end


def _begin(text: str) -> date:
    year, _, month = text.partition("-")
    return date(int(year), int(month or 1), 1)


def _end(text: str) -> date:
    year, _, month = text.partition("-")
    number = int(month or DECEMBER)
    return date(int(year), number, monthrange(int(year), number)[1])


def report(
    period: str,
    within: ColumnElement[bool],
    unit: str,
    *,
    paths: Sequence[str] = ("",),
    entries: ColumnElement[bool] | None = None,
    items: ColumnElement[bool] | None = None,
    lines: Sequence[Domain] | None = None,
) -> dict[str, Any]:
    """Every indicator's value in a period for the cases that a condition lets through, and under paths of units.

    ``entries`` and ``items`` are conditions on the entries of registers and on what was drawn in inspections, where
    these are not all of the paths; ``lines`` are the lines of work that are reported on, all of them unless given.

    Returns:
        ``{period, unit, indicators: [{code, title, value, unit, source}]}``.
    """
    start, end = period_days(period)
    lines = all_domains() if lines is None else lines
    declared = [one for line in lines for one in line.indicators]
    values = queries.compute(declared, within, start, end, paths=paths, entries=entries, items=items)
    return {
        "period": period,
        "unit": unit,
        "indicators": [
            {"code": one.code, "title": one.title, "value": values[one.code], "unit": one.unit, "source": one.source}
            for one in declared
        ],
    }
