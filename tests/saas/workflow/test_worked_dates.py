"""Dates counted by hand over the Spring Festivals and National Days of 2024 to 2026.

The notices of the State Council's office: days off, and the weekend days worked instead.
2024: 2-10..2-17 off, 2-04 (Sun) and 2-18 (Sun) worked; 10-01..10-07 off, 9-29 (Sun) and 10-12 (Sat) worked.
2025: 1-28..2-04 off, 1-26 (Sun) and 2-08 (Sat) worked; 10-01..10-08 off, 9-28 (Sun) and 10-11 (Sat) worked.
2026: 2-15..2-23 off, 2-14 (Sat) and 2-28 (Sat) worked; 9-25..9-27 off; 10-01..10-07 off, 9-20 (Sun) and
10-10 (Sat) worked.
"""

from datetime import date

import pytest

from saas.calendar import Calendar
from saas.workflow.clocks import Entry, read

RULE = {"start": ["s"], "stop": ["x"], "pause": ["p"], "resume": ["r"], "roll": True, "law": "某法第一条"}

# What is counted stands behind each line; `s` starts, `p` and `r` pause and resume, `e15` extends by 15.
WORKED = [
    (5, "workday", "s 2024-02-01", "2024-02-07"),  # 2, 4 (worked Sunday), 5, 6, 7
    (5, "workday", "s 2024-02-07", "2024-02-20"),  # 8, 9 | 18 (worked Sunday), 19, 20
    (1, "workday", "s 2024-02-09", "2024-02-18"),  # 18
    (7, "day", "s 2024-02-08", "2024-02-18"),  # 15 is off; the next worked day is Sunday 18
    (1, "month", "s 2024-01-15", "2024-02-18"),  # 15 is off; 18
    (5, "workday", "s 2024-02-05 p 2024-02-07 r 2024-02-19", "2024-02-22"),  # 6, 7 | 20, 21, 22
    (7, "day", "s 2024-02-05 p 2024-02-08 r 2024-02-20", "2024-02-26"),  # 6, 7, 8 | 21, 22, 23, 24 is a Saturday; 26
    (3, "workday", "s 2024-09-27", "2024-10-08"),  # 29 (worked Sunday), 30 | 8
    (5, "workday", "s 2024-09-30", "2024-10-12"),  # 8, 9, 10, 11, 12 (worked Saturday)
    (7, "day", "s 2024-09-27", "2024-10-08"),  # 4 is off; 8
    (15, "workday", "s 2024-09-29", "2024-10-24"),  # 30 | 8..12 make 6, 14..18 make 11, 21, 22, 23, 24
    (7, "workday", "s 2024-09-25 p 2024-09-29 r 2024-10-09", "2024-10-14"),  # 26, 27, 29 | 10, 11, 12, 14
    (30, "day", "s 2024-09-02 e15 2024-09-20", "2024-10-17"),  # 45 days: 28 to 9-30, 17 more; a Thursday
    (5, "workday", "s 2025-01-23", "2025-02-06"),  # 24, 26 (worked Sunday), 27 | 5, 6
    (3, "workday", "s 2025-01-27", "2025-02-07"),  # 5, 6, 7
    (7, "day", "s 2025-01-22", "2025-02-05"),  # 29 is off; 5
    (1, "workday", "s 2025-02-07", "2025-02-08"),  # 8 (worked Saturday)
    (15, "workday", "s 2025-01-20", "2025-02-14"),  # 21..24 make 4, 26, 27 | 5..8 make 10, 10..14 make 15
    (7, "workday", "s 2025-01-21 p 2025-01-24 r 2025-02-06", "2025-02-11"),  # 22, 23, 24 | 7, 8, 10, 11
    (1, "month", "s 2024-12-31", "2025-02-05"),  # 1-31 is off; 5
    (7, "workday", "s 2025-09-26", "2025-10-13"),  # 28 (worked Sunday), 29, 30 | 9, 10, 11 (worked Saturday), 13
    (3, "day", "s 2025-09-28", "2025-10-09"),  # 1 is off; 9
    (1, "month", "s 2025-09-08", "2025-10-09"),  # 8 is off; 9
    (7, "day", "s 2025-09-20 p 2025-09-25 r 2025-10-11", "2025-10-13"),  # 21..25 make 5 | 12, 13
    (10, "workday", "s 2025-09-10 e5 2025-09-22", "2025-09-30"),  # 11, 12, 15..19 make 7, 22..26 make 12, 28, 29, 30
    (10, "workday", "s 2026-02-11", "2026-03-03"),  # 12, 13, 14 (worked) | 24..28 make 8 (28 worked), 3-02, 3-03
    (7, "day", "s 2026-02-13", "2026-02-24"),  # 20 is off; 24
    (5, "workday", "s 2026-02-09 p 2026-02-12 r 2026-02-25", "2026-02-27"),  # 10, 11, 12 | 26, 27
    # 3, 4 | 9..13 make 7 | 27, 28 (worked Saturday), 3-02
    (10, "workday", "s 2026-02-02 p 2026-02-04 r 2026-02-06 p 2026-02-13 r 2026-02-26", "2026-03-02"),
    (10, "workday", "s 2026-09-18", "2026-10-09"),  # 20 (worked Sunday), 21..24 make 5 | 28, 29, 30 | 8, 9
    (7, "day", "s 2026-09-24", "2026-10-08"),  # 1 is off; 8
    (5, "workday", "s 2026-09-28", "2026-10-10"),  # 29, 30 | 8, 9, 10 (worked Saturday)
    (30, "day", "s 2026-08-31 e30 2026-09-25", "2026-10-30"),  # 30 days to 9-30, 30 more; a Friday
    # 20 in all: 8..11 make 4, 14..18 make 9, 20, 21, 22 make 12 | 10 (worked Saturday), 12..16 make 18, 19, 20
    (15, "workday", "s 2026-09-07 e5 2026-09-14 p 2026-09-22 r 2026-10-09", "2026-10-20"),
]


def _log(steps: str) -> list[Entry]:
    words = steps.split()
    return [
        Entry(action[0], date.fromisoformat(day), {"extra": int(action[1:] or 0)})
        for action, day in zip(words[::2], words[1::2], strict=True)
    ]


@pytest.mark.parametrize(("n", "unit", "steps", "due"), WORKED)
def test_a_date_counted_by_hand_is_the_date(n: int, unit: str, steps: str, due: str) -> None:
    rule = {**RULE, "n": n, "unit": unit, "extend": {"on": "e", "field": "extra", "max": 30, "times": 1}}
    log = _log(steps)

    reading = read(rule, log, Calendar(), log[-1].day)

    assert reading is not None
    assert reading.due_on.isoformat() == due
    assert not reading.provisional


def test_a_date_in_2027_is_provisional_and_says_so() -> None:
    reading = read({**RULE, "n": 7, "unit": "workday"}, _log("s 2026-12-29"), Calendar(), date(2026, 12, 29))

    assert reading is not None
    # 30, 31 | 4, 5, 6, 7, 8: New Year's Day is off anyway, the rest is a guess until it is published.
    assert reading.due_on == date(2027, 1, 8)
    assert reading.provisional
    assert "暂算" in reading.trail[-1]
