"""What one due date costs, beside finding it among the working days of the years by bisection and nothing else."""

from bisect import bisect_right
from datetime import date, timedelta
from random import Random

from saas.calendar import Calendar
from saas.workflow import clocks
from tests.benchmarks.measures import Row, computed

STARTS = 700  # days of 2025 and 2026 a limit begins on
LIMIT = 7  # working days
FIRST, LAST = date(2025, 1, 1), date(2027, 3, 31)
RULE = {"n": LIMIT, "unit": "workday", "start": ["s"], "law": "某法第一条", "roll": True}


def measure(turns: int = 40) -> Row:
    """The due dates of limits that begin on random days; each turn computes all of them."""
    calendar, starts = Calendar(), [FIRST + timedelta(days=Random(7).randrange(STARTS)) for _ in range(STARTS)]
    days = [n for n in range(FIRST.toordinal(), LAST.toordinal()) if calendar.is_workday(date.fromordinal(n))]

    def due() -> list[date]:
        logs = ([clocks.Entry("s", start)] for start in starts)
        readings = [clocks.read(RULE, log, calendar, log[0].day) for log in logs]
        return [reading.due_on for reading in readings if reading is not None]

    def floor() -> list[date]:
        return [date.fromordinal(days[bisect_right(days, start.toordinal()) + LIMIT - 1]) for start in starts]

    value, least = computed(due, turns, STARTS), computed(floor, turns, STARTS)
    ratio, equal = round(value / least, 1), due() == floor()
    return Row(
        "clock_due", round(value, 2), "µs", round(least, 3), ratio, turns * STARTS, equal=equal, target="<= 50 µs"
    )
