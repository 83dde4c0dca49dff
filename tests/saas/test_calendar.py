"""Which days are worked."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saas.calendar import Calendar, last_published

CALENDAR = Calendar()
# The machine is shared: how long one example takes says nothing.
UNHURRIED = settings(deadline=None)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        # 2024年春节2月10日至17日放假，2月4日、18日上班
        ("2024-02-02", 5, "2024-02-08"),
        ("2024-02-08", 3, "2024-02-19"),
        # 2024年国庆10月1日至7日放假，9月29日、10月12日上班
        ("2024-09-27", 3, "2024-10-08"),
        ("2024-09-30", 5, "2024-10-12"),
        # 2025年春节1月28日至2月4日放假，1月26日、2月8日上班
        ("2025-01-24", 5, "2025-02-07"),
        ("2025-01-27", 4, "2025-02-08"),
        # 2025年国庆、中秋10月1日至8日放假，9月28日、10月11日上班
        ("2025-09-26", 7, "2025-10-13"),
        ("2025-09-30", 1, "2025-10-09"),
        # 2026年春节2月15日至23日放假，2月14日、28日上班
        ("2026-02-13", 3, "2026-02-25"),
        ("2026-02-24", 4, "2026-02-28"),
        # 2026年国庆10月1日至7日放假，9月20日、10月10日上班
        ("2026-09-18", 2, "2026-09-21"),
        ("2026-09-30", 3, "2026-10-10"),
    ],
)
def test_working_days_run_over_holidays_and_made_up_saturdays(start: str, count: int, expected: str) -> None:
    assert CALENDAR.add_workdays(date.fromisoformat(start), count).isoformat() == expected


def test_a_count_that_runs_out_of_the_published_years_is_provisional_and_no_error() -> None:
    start = CALENDAR.published_through.replace(month=12, day=20)

    end = CALENDAR.add_workdays(start, 15)

    assert end > CALENDAR.published_through
    assert CALENDAR.is_provisional(end)
    assert not CALENDAR.is_provisional(start)


def test_beyond_the_published_years_weekends_and_fixed_holidays_are_off() -> None:
    year = CALENDAR.published_through.year + 1

    assert not any(CALENDAR.is_workday(date(year, month, day)) for month, day in ((1, 1), (5, 1), (10, 1)))
    assert sum(CALENDAR.is_workday(date(year, 3, 1) + timedelta(days=n)) for n in range(7)) == 5


def test_a_city_corrects_the_calendar() -> None:
    local = Calendar({date(2026, 3, 2): False, date(2026, 3, 7): True})

    assert local.add_workdays(date(2026, 2, 28), 5) == date(2026, 3, 7)
    assert CALENDAR.add_workdays(date(2026, 2, 28), 5) == date(2026, 3, 6)


def test_a_city_that_has_entered_the_next_year_knows_it() -> None:
    through = last_published({CALENDAR.published_through.year + 1})

    assert through > CALENDAR.published_through
    assert not Calendar(published_through=through).is_provisional(through)


def test_after_a_year_that_was_not_entered_nothing_is_sure() -> None:
    year = CALENDAR.published_through.year

    assert last_published({year + 2, year + 3}) == CALENDAR.published_through
    assert last_published({year + 1, year + 3}) == date(year + 1, 12, 31)


def test_the_next_working_day_is_the_day_itself_if_it_is_worked() -> None:
    assert CALENDAR.next_workday(date(2025, 9, 28)) == date(2025, 9, 28)
    assert CALENDAR.next_workday(date(2025, 10, 4)) == date(2025, 10, 9)


def test_working_days_are_not_counted_backward() -> None:
    with pytest.raises(ValueError, match="forward"):
        CALENDAR.add_workdays(date(2025, 1, 1), -1)


@UNHURRIED
@given(DAYS, st.integers(1, 400))
def test_adding_and_counting_undo_each_other(day: date, count: int) -> None:
    end = CALENDAR.add_workdays(day, count)

    assert CALENDAR.is_workday(end)
    assert CALENDAR.workdays_between(day, end) == count
    assert CALENDAR.workdays_between(end, day) == -count


@UNHURRIED
@given(DAYS, st.integers(0, 60))
def test_counting_at_once_agrees_with_counting_day_by_day(day: date, length: int) -> None:
    days = [day + timedelta(days=n) for n in range(1, length + 1)]

    assert CALENDAR.workdays_between(day, day + timedelta(days=length)) == sum(map(CALENDAR.is_workday, days))
