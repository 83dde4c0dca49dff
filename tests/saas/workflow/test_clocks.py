"""When a limit is due, and why."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saas import clock
from saas.calendar import Calendar
from saas.workflow.clocks import Entry, Kept, Reading, moves, read, read_kept

CALENDAR = Calendar()
# The machine is shared: how long one example takes says nothing.
UNHURRIED = settings(deadline=None)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
UNITS = st.sampled_from(["day", "workday", "month"])
NAMES = {"s": "start", "x": "stop", "p": "pause", "r": "resume"}


def _rule(n: int, unit: str = "day", **more: object) -> dict[str, Any]:
    actions = {name: [action] for action, name in NAMES.items()}
    return {"n": n, "unit": unit, "law": "某法第一条", "roll": True, **actions, **more}


def _read(rule: dict[str, Any], *steps: tuple[str, str] | Entry, today: str = "2025-01-01") -> Reading:
    log = [one if isinstance(one, Entry) else Entry(one[0], date.fromisoformat(one[1])) for one in steps]
    reading = read(rule, log, CALENDAR, date.fromisoformat(today))
    assert reading is not None
    return reading


def _due(rule: dict[str, Any], *steps: tuple[str, str] | Entry, today: str = "2025-01-01") -> str:
    return _read(rule, *steps, today=today).due_on.isoformat()


def test_a_clock_that_no_step_started_has_no_reading() -> None:
    assert read(_rule(7), [Entry("other", date(2025, 1, 1))], CALENDAR, date(2025, 1, 2)) is None


@pytest.mark.parametrize(
    ("n", "unit", "start", "due"),
    [
        (7, "workday", "2025-09-26", "2025-10-13"),
        (5, "workday", "2025-01-24", "2025-02-07"),
        (3, "workday", "2024-09-30", "2024-10-10"),
        (10, "workday", "2026-02-11", "2026-03-03"),
        (7, "day", "2025-03-03", "2025-03-10"),
        (3, "day", "2025-09-28", "2025-10-09"),  # 2025-10-01 is off
        (30, "day", "2026-01-20", "2026-02-24"),  # 2026-02-19 lies in the Spring Festival
        (1, "month", "2025-01-31", "2025-02-28"),
        (1, "month", "2024-01-31", "2024-02-29"),
        (1, "month", "2025-09-01", "2025-10-09"),
        (12, "month", "2024-02-29", "2025-02-28"),
        (0, "day", "2025-03-03", "2025-03-03"),
    ],
)
def test_limits_end_on_their_day(n: int, unit: str, start: str, due: str) -> None:
    assert _due(_rule(n, unit), ("s", start)) == due


def test_the_last_day_stays_where_the_rule_does_not_roll_it() -> None:
    assert _due(_rule(3, roll=False), ("s", "2025-09-28")) == "2025-10-01"


def test_the_day_a_form_names_starts_the_clock() -> None:
    rule = _rule(30, **{"from": "signed_on"})

    named = _due(rule, Entry("s", date(2025, 3, 10), {"signed_on": "2025-03-03"}))
    unnamed = _due(rule, Entry("s", date(2025, 3, 10), {"signed_on": None}))

    assert (named, unnamed) == ("2025-04-02", "2025-04-09")


def test_the_day_a_form_names_stops_the_clock() -> None:
    late = Entry("x", date(2025, 3, 20), {"sent_on": "2025-03-10"})
    reading = _read(_rule(7, until="sent_on"), ("s", "2025-03-03"), late, today="2025-04-01")

    assert (reading.stopped_on, reading.state) == (date(2025, 3, 10), "in_time")


def test_a_day_that_a_form_names_is_not_said_to_be_the_steps_own() -> None:
    rule = _rule(7, **{"from": "got_on", "until": "sent_on"})
    started = Entry("s", date(2025, 3, 5), {"got_on": "2025-03-03"}, "登记移送")
    stopped = Entry("x", date(2025, 3, 20), {"sent_on": "2025-03-10"}, "登记答复")

    trail = _read(rule, started, stopped).trail

    assert trail[0] == "“登记移送”中登记的日期是2025年3月3日，当天不计，从第二天起算。"
    assert trail[-1] == "“登记答复”中登记的日期是2025年3月10日，停止计算。"


def test_a_clock_runs_only_for_what_it_presupposes() -> None:
    rule = _rule(7, given={"way": "fast"})
    steps = [Entry("s", date(2025, 3, 3), {"way": way}) for way in ("slow", "fast")]

    assert read(rule, steps[:1], CALENDAR, date(2025, 3, 4)) is None
    assert read(rule, steps[1:], CALENDAR, date(2025, 3, 4)) is not None


@pytest.mark.parametrize(("wanted", "starts"), [("fast", True), ("slow", False), ("!slow", True), ("!fast", False)])
def test_what_a_clock_presupposes_may_have_been_answered_before(wanted: str, starts: bool) -> None:  # noqa: FBT001
    rule = _rule(7, given={"way": wanted})
    asked = Entry("asked", date(2025, 3, 1), {"way": "fast"})
    undone = Entry("asked", date(2025, 3, 2), {"way": "slow"}, void=True)

    found = read(rule, [asked, undone, Entry("s", date(2025, 3, 3))], CALENDAR, date(2025, 3, 4))

    assert (found is not None) is starts


@pytest.mark.parametrize(
    ("unit", "due"),
    # 12 days; working days among them: 9月29日、30日, 10月9日、10日.
    [("day", "2025-10-15"), ("workday", "2025-10-17"), ("month", "2026-05-08")],
)
def test_pauses_are_counted_in_the_clocks_own_unit(unit: str, due: str) -> None:
    steps = (("s", "2025-09-26"), ("p", "2025-09-28"), ("r", "2025-10-10"))

    assert _due(_rule(7, unit), *steps, today="2025-10-10") == due


def test_a_clock_that_stands_still_moves_with_the_present() -> None:
    first = _read(_rule(7), ("s", "2025-03-03"), ("p", "2025-03-05"), today="2025-03-06")
    later = _read(_rule(7), ("s", "2025-03-03"), ("p", "2025-03-05"), today="2025-03-12")

    assert (first.state, first.paused, first.left) == ("paused", True, 5)
    assert later.due_on == date(2025, 3, 17)
    assert later.left_text == "已中止，恢复后还剩5日"
    assert any("还没有恢复" in line for line in later.trail)


def test_a_pause_after_the_due_day_no_longer_helps() -> None:
    reading = _read(_rule(7), ("s", "2025-03-03"), ("p", "2025-03-12"), today="2025-03-20")

    assert (reading.due_on, reading.state, reading.paused) == (date(2025, 3, 10), "overdue", False)
    assert any("不影响期限" in line for line in reading.trail)


def test_a_pause_within_rolled_days_ends_on_a_day_that_can_still_be_kept() -> None:
    steps = (("s", "2025-03-01"), ("p", "2025-03-09"), ("r", "2025-03-12"))  # 3月8日是星期六

    assert _due(_rule(7), *steps, today="2025-03-12") == "2025-03-12"


def test_only_so_many_extensions_count_and_none_beyond_its_cap() -> None:
    rule = _rule(7, extend={"on": "e", "field": "days", "max": 5, "law": "院长批准"})
    late = Entry("e", date(2025, 4, 1), {"days": 3})
    first = Entry("e", date(2025, 3, 4), {"days": 30})
    second = Entry("e", date(2025, 3, 5), {"days": 5})

    assert _due(rule, ("s", "2025-03-03"), first, second) == "2025-03-17"
    assert _due(rule, ("s", "2025-03-03"), late) == "2025-03-10"
    assert "经批准延长5日（依据：院长批准）。" in _read(rule, ("s", "2025-03-03"), first).trail


def test_an_extension_without_a_number_is_the_whole_of_it() -> None:
    rule = _rule(1, "month", extend={"on": "e", "max": 1})

    assert _due(rule, ("s", "2025-01-31"), ("e", "2025-02-10")) == "2025-03-31"


@pytest.mark.parametrize(
    ("today", "state", "left", "words"),
    [
        ("2025-03-04", "running", 6, "还剩6日"),
        ("2025-03-09", "warning", 1, "还剩1日"),
        ("2025-03-10", "due_today", 0, "今天到期"),
        ("2025-03-12", "overdue", -2, "已超期2日"),
    ],
)
def test_a_running_clock_says_how_it_stands(today: str, state: str, left: int, words: str) -> None:
    reading = _read(_rule(7, warn=["50%", "80%"]), ("s", "2025-03-03"), today=today)

    assert (reading.state, reading.left, reading.left_text) == (state, left, words)
    assert reading.warn_on == date(2025, 3, 9)


@pytest.mark.parametrize(
    ("stop", "state", "words"), [("2025-03-10", "in_time", "按期完成"), ("2025-03-11", "late", "超期1日完成")]
)
def test_a_stopped_clock_says_whether_it_was_in_time(stop: str, state: str, words: str) -> None:
    reading = _read(_rule(7), ("s", "2025-03-03"), ("x", stop), ("p", "2025-03-20"), today="2025-05-01")

    assert (reading.state, reading.left_text, reading.stopped_on) == (state, words, date.fromisoformat(stop))
    assert reading.trail[-1].endswith("停止计算。")


def test_stopping_ends_a_pause() -> None:
    reading = _read(_rule(7), ("s", "2025-03-03"), ("p", "2025-03-05"), ("x", "2025-03-20"), today="2025-05-01")

    assert (reading.state, reading.paused, reading.due_on) == ("in_time", False, date(2025, 3, 25))


def test_a_start_after_a_stop_starts_anew_and_one_before_it_does_not() -> None:
    again = _read(_rule(7), ("s", "2025-03-03"), ("s", "2025-03-04"), ("x", "2025-03-05"), ("s", "2025-04-01"))
    once = _read(_rule(7), ("s", "2025-03-03"), ("s", "2025-03-04"))

    assert (again.started_on, again.stopped_on) == (date(2025, 4, 1), None)
    assert once.started_on == date(2025, 3, 3)


def test_the_warning_moves_with_earlier_pauses_only() -> None:
    rule = _rule(10, warn=["50%"])
    before = _read(rule, ("s", "2025-03-03"), ("p", "2025-03-04"), ("r", "2025-03-06"), today="2025-03-06")
    after = _read(rule, ("s", "2025-03-03"), ("p", "2025-03-11"), ("r", "2025-03-13"), today="2025-03-13")

    assert (before.warn_on, after.warn_on) == (date(2025, 3, 10), date(2025, 3, 8))


@pytest.mark.parametrize(
    ("unit", "roll", "expected"),
    [("workday", False, True), ("day", True, True), ("day", False, False), ("hour", True, False)],
)
def test_a_day_that_rests_on_unpublished_holidays_is_provisional(*, unit: str, roll: bool, expected: bool) -> None:
    start = CALENDAR.published_through.replace(day=20).isoformat()

    reading = _read(_rule(15 * (24 if unit == "hour" else 1), unit, roll=roll), ("s", start))

    assert reading.provisional is expected
    assert any("暂算" in line for line in reading.trail) is expected


def test_the_trail_says_why_it_is_that_day() -> None:
    start = Entry("s", date(2025, 9, 26), title="提交申请")

    assert _read(_rule(5), start, ("p", "2025-09-27"), ("r", "2025-09-28"), today="2025-09-28").trail == [
        "2025年9月26日“提交申请”，当天不计，从第二天起算。",
        "期限为5日（依据：某法第一条）。",
        "2025年9月27日中止计算，2025年9月28日恢复，扣除1日。",
        "按期限推算到2025年10月2日，这一天不上班，顺延到之后的第一个工作日。",
        "因此期限到2025年10月9日为止。",
    ]


def test_hours_run_on_by_the_minute() -> None:
    at = datetime(2025, 10, 1, 22, 30, tzinfo=clock.ZONE)
    rule = _rule(6, "hour", warn=["50%"], law=None)

    reading = read(rule, [Entry("s", at.date(), at=at)], CALENDAR, at.date(), now=at + timedelta(hours=4, minutes=1))

    assert reading is not None
    assert (reading.due_at, reading.state, reading.left_text) == (at + timedelta(hours=6), "warning", "还剩1小时")
    assert reading.trail[0] == "2025年10月1日22:30开始，从这时起算。"


@UNHURRIED
@given(UNITS, DAYS, st.integers(0, 60), st.integers(0, 60), st.integers(0, 90), st.integers(0, 90))
def test_a_longer_limit_is_never_due_earlier(unit: str, day: date, n: int, more: int, wait: int, length: int) -> None:
    pause = day + timedelta(days=wait)
    log = [Entry("s", day), Entry("p", pause), Entry("r", pause + timedelta(days=length))]

    shorter, longer = (read(_rule(count, unit), log, CALENDAR, day) for count in (n, n + more))

    assert shorter is not None
    assert longer is not None
    assert shorter.due_on <= longer.due_on


@UNHURRIED
@given(UNITS, DAYS, st.integers(0, 60), st.integers(0, 90))
def test_a_pause_without_length_changes_nothing(unit: str, day: date, n: int, wait: int) -> None:
    rule = _rule(n, unit, warn=["80%"])
    pause = day + timedelta(days=wait)
    today = day + timedelta(days=100)

    plain = read(rule, [Entry("s", day)], CALENDAR, today)
    paused = read(rule, [Entry("s", day), Entry("p", pause), Entry("r", pause)], CALENDAR, today)

    assert paused == plain


@UNHURRIED
@given(UNITS, DAYS, st.integers(0, 60), st.integers(0, 90), st.integers(0, 40), st.integers(0, 40))
def test_splitting_a_pause_changes_nothing(unit: str, day: date, n: int, wait: int, first: int, second: int) -> None:
    rule = _rule(n, unit, warn=["80%"])
    begin = day + timedelta(days=wait)
    middle = begin + timedelta(days=first)
    end = middle + timedelta(days=second)
    whole = [Entry("s", day), Entry("p", begin), Entry("r", end)]
    split = [*whole[:2], Entry("r", middle), Entry("p", middle), whole[2]]

    assert read(rule, split, CALENDAR, end) == read(rule, whole, CALENDAR, end)


@UNHURRIED
@given(DAYS, st.integers(1, 60), st.integers(0, 40), st.integers(0, 40))
def test_a_limit_in_working_days_ends_on_one(day: date, n: int, wait: int, length: int) -> None:
    pause = day + timedelta(days=wait)
    log = [Entry("s", day), Entry("p", pause), Entry("r", pause + timedelta(days=length))]

    reading = read(_rule(n, "workday"), log, CALENDAR, day)

    assert reading is not None
    assert CALENDAR.is_workday(reading.due_on)


@UNHURRIED
@given(n=st.integers(0, 90), unit=UNITS, begun=DAYS, waited=st.integers(0, 40), rested=st.integers(0, 40), passed=DAYS)
def test_a_limit_that_does_not_move_reads_the_same_from_its_stored_days(
    n: int, unit: str, begun: date, waited: int, rested: int, passed: date
) -> None:
    rule = _rule(n, unit, warn=["70%"])
    paused, resumed = begun + timedelta(days=waited), begun + timedelta(days=waited + rested)
    log = [Entry("s", begun), Entry("p", paused), Entry("r", resumed)]
    stored, later = (read(rule, log, CALENDAR, day) for day in (resumed, max(passed, resumed)))
    assert stored is not None
    kept = Kept(stored.started_on, stored.due_on, stored.warn_on, stored.stopped_on, stored.trail)

    assert read_kept(rule, kept, CALENDAR, max(passed, resumed)) == later


def test_hours_run_from_the_moment_that_a_form_names() -> None:
    asked, taken = "2026-01-05T10:30:00+08:00", datetime(2026, 1, 6, 9, 0, tzinfo=clock.ZONE)
    rule = _rule(24, "hour", law=None, **{"from": "asked_at", "until": "given_at"})
    log = [
        Entry("s", taken.date(), {"asked_at": asked}, at=taken),
        Entry("x", taken.date(), {"given_at": "2026-01-06T10:45:00+08:00"}, at=taken + timedelta(hours=3)),
    ]

    reading = read(rule, log, CALENDAR, taken.date(), now=taken + timedelta(hours=3))

    assert reading is not None
    assert (reading.due_at, reading.state) == (datetime(2026, 1, 6, 10, 30, tzinfo=clock.ZONE), "late")


def test_a_limit_moves_while_it_is_paused_or_counts_hours() -> None:
    assert moves(_rule(1, "day"), paused=True)
    assert moves(_rule(1, "hour"), paused=False)
    assert not moves(_rule(1, "workday"), paused=False)


def test_of_two_limits_in_different_units_the_earlier_day_counts_and_both_are_told() -> None:
    rule = _rule(7, also={"n": 5, "unit": "workday", "law": "某市条例第二十一条"})

    # Five working days: 29, 30 | 9, 10, 11; seven days: 5 is off, 9.
    reading = _read(rule, ("s", "2025-09-27"), today="2025-09-27")

    assert reading.due_on == date(2025, 10, 9)
    assert "取较早的一天" in reading.trail[-1]
    assert any("某市条例第二十一条" in line for line in reading.trail)
    assert moves(rule, paused=False)
    assert _due(rule, ("s", "2025-03-03")) == "2025-03-10"


def test_a_promise_is_told_beside_the_law_once_it_was_made() -> None:
    rule = _rule(15, "workday", promise={"n": 5, "on": ["green"]})
    plain = _read(rule, ("s", "2025-03-03"))
    green = _read(rule, ("s", "2025-03-03"), ("green", "2025-03-04"))

    assert plain.promised_on is None
    assert green.promised_on == date(2025, 3, 10)
    assert green.due_on == plain.due_on
    assert "承诺5个工作日" in green.trail[-1]


def test_a_promise_is_never_later_than_the_law() -> None:
    rule = _rule(3, promise={"n": 30, "on": ["s"]})

    reading = _read(rule, ("s", "2025-03-03"))

    assert reading.promised_on == reading.due_on == date(2025, 3, 6)


def test_every_share_that_is_warned_of_has_its_day() -> None:
    reading = _read(_rule(10, warn=["80%", "50%"]), ("s", "2025-03-03"), today="2025-03-04")

    assert reading.warnings == (("50%", date(2025, 3, 8)), ("80%", date(2025, 3, 11)))
    assert reading.warn_on == date(2025, 3, 11)
