"""When somebody is told of a limit."""

from datetime import date
from typing import Any

import pytest

from saas.calendar import Calendar
from saas.workflow.alarms import alarms, next_day
from saas.workflow.clocks import Entry, Reading, read

RULE: dict[str, Any] = {"n": 10, "unit": "day", "kind": "duty", "start": ["s"], "stop": ["x"], "pause": ["p"]}
RULE |= {"resume": ["r"], "warn": ["50%", "80%"], "roll": True, "law": "某法第一条"}
STARTED = ("s", "2025-03-03")


def _read(rule: dict[str, Any], *steps: tuple[str, str]) -> Reading:
    reading = read(rule, [Entry(name, date.fromisoformat(day)) for name, day in steps], Calendar(), date(2025, 3, 4))
    assert reading is not None
    return reading


def test_a_duty_is_told_of_before_on_and_after_its_last_day() -> None:
    found = alarms(RULE, _read(RULE, STARTED), [3, 1])

    assert [(one.level, one.on.day, one.about.day, one.days_over) for one in found] == [
        ("50%", 8, 3, 0),
        ("80%", 11, 3, 0),
        ("due", 13, 13, 0),
        ("+1", 14, 13, 1),
        ("+3", 16, 13, 3),
    ]


@pytest.mark.parametrize("kind", ["right", "notice"])
def test_nobody_above_is_told_of_what_others_may_let_pass(kind: str) -> None:
    rule = {**RULE, "kind": kind}

    assert [one.level for one in alarms(rule, _read(rule, STARTED), [1])] == ["50%", "80%", "due"]


@pytest.mark.parametrize("step", [("p", "2025-03-04"), ("x", "2025-03-04")])
def test_a_limit_that_stands_still_or_ended_is_silent(step: tuple[str, str]) -> None:
    assert alarms(RULE, _read(RULE, STARTED, step), [1]) == []


def test_a_warning_that_falls_on_the_last_day_is_told_as_that() -> None:
    rule = {**RULE, "n": 1}

    assert [one.level for one in alarms(rule, _read(rule, STARTED), [])] == ["due"]


def test_the_next_day_is_the_first_after_today() -> None:
    found = alarms(RULE, _read(RULE, STARTED), [1])

    assert next_day(found, date(2025, 3, 8)) == date(2025, 3, 11)
    assert next_day(found, date(2025, 3, 14)) is None
