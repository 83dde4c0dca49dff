"""How each unit of a limit is counted, on whole numbers: day ordinals, or minutes for hours."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from saas import clock, text
from saas.calendar import Calendar

_EPOCH = datetime(1970, 1, 1, tzinfo=clock.ZONE)
_MINUTES = 60


def start_of(day: date) -> datetime:
    """Midnight of a day in Beijing time."""
    return datetime.combine(day, time.min, clock.ZONE)


class Scale(Protocol):
    """A unit of time; positions are whole numbers that sort as time does."""

    @property
    def name(self) -> str:
        """The unit's word after a number."""

    @property
    def pause_name(self) -> str:
        """The word for amounts of pause."""

    @property
    def left_name(self) -> str:
        """The word for what is left."""

    def position(self, moment: datetime) -> int:
        """Where a moment lies."""

    def day(self, position: int) -> date:
        """The day a position lies on."""

    def add(self, position: int, count: int) -> int:
        """The last position of a limit of `count` units from the position, which is not counted."""

    def shift(self, position: int, amount: int) -> int:
        """The position moved on by an amount of pause, as `between` measures it."""

    def between(self, start: int, end: int) -> int:
        """What lies after `start` and through `end`; negative when `end` is earlier."""

    def roll(self, position: int) -> int:
        """The position, or the next working day where the law moves a last day that is none."""

    def left(self, present: int, due: int) -> int:
        """What is left, in the unit of `left_name`; negative once overdue."""

    def text(self, position: int) -> str:
        """The position in words."""


@dataclass(frozen=True)
class DayScale:
    """Calendar days (民法典 201: the first day is not counted; 203: a last day off moves on)."""

    calendar: Calendar
    rolls: bool
    name: str = "日"
    pause_name: str = "日"
    left_name: str = "日"

    def position(self, moment: datetime) -> int:
        """The ordinal of the day in Beijing."""
        return clock.local(moment).toordinal()

    def day(self, position: int) -> date:
        """The day of an ordinal."""
        return date.fromordinal(position)

    def add(self, position: int, count: int) -> int:
        """So many days on."""
        return position + count

    def shift(self, position: int, amount: int) -> int:
        """So many days on."""
        return position + amount

    def between(self, start: int, end: int) -> int:
        """The days from one to the other."""
        return end - start

    def roll(self, position: int) -> int:
        """The next working day, if the rule says so."""
        return self.calendar.next_workday(self.day(position)).toordinal() if self.rolls else position

    def left(self, present: int, due: int) -> int:
        """What is left, as pauses are counted."""
        return self.between(present, due)

    def text(self, position: int) -> str:
        """The day in words."""
        return text.chinese_date(self.day(position))


@dataclass(frozen=True)
class MonthScale(DayScale):
    """Months to the same day number, or the month's last day (民法典 202); pauses count in days."""

    name: str = "个月"

    def add(self, position: int, count: int) -> int:
        """So many months on, clipped to the end of the month."""
        start = self.day(position)
        months = start.year * 12 + start.month - 1 + count
        year, month = months // 12, months % 12 + 1
        last = calendar.monthrange(year, month)[1]
        return date(year, month, min(start.day, last)).toordinal()


@dataclass(frozen=True)
class WorkdayScale(DayScale):
    """Working days of the city's calendar, make-up Saturdays included."""

    name: str = "个工作日"
    pause_name: str = "个工作日"
    left_name: str = "个工作日"

    def add(self, position: int, count: int) -> int:
        """The so-manieth working day after."""
        return self.calendar.add_workdays(self.day(position), count).toordinal()

    def shift(self, position: int, amount: int) -> int:
        """So many working days on."""
        return self.add(position, amount)

    def between(self, start: int, end: int) -> int:
        """The working days after one and through the other."""
        return self.calendar.workdays_between(self.day(start), self.day(end))


@dataclass(frozen=True)
class HourScale:
    """Hours of the clock; positions and pauses are minutes."""

    name: str = "小时"
    pause_name: str = "分钟"
    left_name: str = "小时"

    def position(self, moment: datetime) -> int:
        """Minutes since the epoch."""
        return int((moment - _EPOCH).total_seconds()) // _MINUTES

    def moment(self, position: int) -> datetime:
        """The moment of a position, in Beijing time."""
        return _EPOCH + timedelta(minutes=position)

    def day(self, position: int) -> date:
        """The day in Beijing the position lies on."""
        return self.moment(position).date()

    def add(self, position: int, count: int) -> int:
        """So many hours on."""
        return position + count * _MINUTES

    def shift(self, position: int, amount: int) -> int:
        """So many minutes on."""
        return position + amount

    def between(self, start: int, end: int) -> int:
        """The minutes from one to the other."""
        return end - start

    def roll(self, position: int) -> int:
        """Hours run on through days off."""
        return position

    def left(self, present: int, due: int) -> int:
        """Whole hours left, or begun hours over."""
        return (due - present) // _MINUTES

    def text(self, position: int) -> str:
        """The moment in words, to the minute."""
        return f"{text.chinese_date(self.day(position))}{self.moment(position):%H:%M}"


def scale_for(unit: str, calendar_: Calendar, *, roll: bool) -> Scale:
    """The scale of a rule's unit: day, workday, month or hour."""
    if unit == "hour":
        return HourScale()
    return {"day": DayScale, "workday": WorkdayScale, "month": MonthScale}[unit](calendar_, roll)
