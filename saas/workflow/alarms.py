"""When somebody has to be told of a limit: warnings before its last day, that day, and days after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from saas.workflow.clocks import Reading

DUE = "due"
PRESSING = frozenset({"duty", "fixed"})
"""Kinds of limits the office itself must keep; nobody above is told of the others."""


@dataclass(frozen=True)
class Alarm:
    """One thing to be told: on which day, and of which running of the limit.

    `level` is a share (`80%`), `due`, or `+N` for N days after it. A warning is told once for a running of the limit
    (`about` is its first day); the others once for a last day, so that one that was moved is told again.
    """

    level: str
    on: date
    about: date

    @property
    def days_over(self) -> int:
        """How many days after the last one; 0 for those before."""
        return int(self.level) if self.level.startswith("+") else 0


def alarms(rule: Mapping[str, Any], reading: Reading, after: Sequence[int]) -> list[Alarm]:
    """What has to be told of a limit that runs, in order; `after` are the days after the last one."""
    if reading.paused or reading.stopped_on is not None:
        return []
    found = [Alarm(share, day, reading.started_on) for share, day in reading.warnings if day < reading.due_on]
    found.append(Alarm(DUE, reading.due_on, reading.due_on))
    if rule.get("kind") in PRESSING:
        found += [Alarm(f"+{days}", reading.due_on + timedelta(days), reading.due_on) for days in sorted(after)]
    return found


def next_day(found: Sequence[Alarm], today: date) -> date | None:
    """The day of the first thing still to be told after today; None if there is none."""
    return min((alarm.on for alarm in found if alarm.on > today), default=None)
