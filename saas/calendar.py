"""Which days are worked: the published holiday arrangements, a city's changes, and a guess beyond."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from datetime import date, timedelta

import chinese_calendar

_FIRST_DAY: date = min(chinese_calendar.holidays)
_LAST_DAY = date(max(chinese_calendar.holidays).year, 12, 31)
_SATURDAY = 5
FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
"""Days off on the same dates every year, 全国年节及纪念日放假办法 (2024) article 2; the others are published."""


def last_published(loaded: Collection[int]) -> date:
    """The last day that is sure, the packaged years and then the loaded ones: after a gap no day is."""
    year = _LAST_DAY.year
    while year + 1 in loaded:
        year += 1
    return date(year, 12, 31)


class Calendar:
    """Working days, national arrangements first, then `changes` (day → whether it is worked).

    Beyond the published years weekends and fixed holidays are taken off, and the day is provisional.
    """

    def __init__(
        self,
        changes: Mapping[date, bool] | None = None,
        *,
        published_through: date | None = None,
    ) -> None:
        """Lay a city's changes over the published years; they may reach further than the packaged ones."""
        self._changes = dict(changes or {})
        self.published_through = max(published_through or _LAST_DAY, _LAST_DAY)
        self._years: dict[int, list[int]] = {}

    def is_workday(self, day: date) -> bool:
        """Whether offices work on this day; make-up Saturdays count, never an error."""
        corrected = self._changes.get(day)
        if corrected is not None:
            return corrected
        if _FIRST_DAY <= day <= _LAST_DAY:
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < _SATURDAY and (day.month, day.day) not in FIXED_HOLIDAYS

    def is_provisional(self, day: date) -> bool:
        """Whether the arrangement for this day has not been published yet."""
        return day > self.published_through

    def next_workday(self, day: date) -> date:
        """The day itself if it is worked, else the first working day after it."""
        return day if self._is_known_workday(day) else self.add_workdays(day, 1)

    def add_workdays(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which itself is not counted; `count` is at least 0."""
        if count < 0:
            raise ValueError("working days are counted forward")
        if count == 0:
            return day
        year, days = day.year, self._workdays(day.year)
        index = bisect_right(days, day.toordinal()) + count - 1
        while index >= len(days):
            index -= len(days)
            year += 1
            days = self._workdays(year)
        return date.fromordinal(days[index])

    def workdays_between(self, start: date, end: date) -> int:
        """How many working days lie after `start` and through `end`; negative when `end` is earlier."""
        if end < start:
            return -self.workdays_between(end, start)
        whole_years = sum(len(self._workdays(year)) for year in range(start.year, end.year))
        return whole_years + self._position(end) - self._position(start)

    def _is_known_workday(self, day: date) -> bool:
        days, ordinal = self._workdays(day.year), day.toordinal()
        index = bisect_left(days, ordinal)
        return index < len(days) and days[index] == ordinal

    def _position(self, day: date) -> int:
        return bisect_right(self._workdays(day.year), day.toordinal())

    def _workdays(self, year: int) -> list[int]:
        """The year's working days as sorted ordinals, worked out once."""
        if year not in self._years:
            first = date(year, 1, 1)
            days = (first + timedelta(days=n) for n in range(366))
            self._years[year] = [day.toordinal() for day in days if day.year == year and self.is_workday(day)]
        return self._years[year]
