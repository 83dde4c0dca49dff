"""Bringing a case's stored clocks up to date with its steps."""

import logging
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from saas import clock
from saas.cases.clock_models import Clock
from saas.cases.context import calendar
from saas.cases.models import Case, Step
from saas.cases.writing import start_clocks
from saas.crypto import rings
from saas.crypto.suites import SealBrokenError
from saas.db.ids import new_id
from saas.db.session import db
from saas.settings import services as settings
from saas.workflow import alarms, clocks
from saas.workflow.process import Definition

log = logging.getLogger(__name__)


class Entered(Mapping[str, Any]):
    """What was entered in a step, opened only where a limit depends on it: a list opens nothing."""

    def __init__(self, step: Step) -> None:
        """Remember the step."""
        self._step = step

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - any JSON value
        """One value."""
        return self._step.input[name]

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._step.input)

    def __len__(self) -> int:
        """How many values."""
        return len(self._step.input)


def log_of(case: Case) -> list[clocks.Entry]:
    """The steps of a case as the clocks read them; days are the city's own, what was withdrawn never was."""
    return [
        clocks.Entry(
            step.action,
            clock.local(step.happened_at).date(),
            Entered(step),
            step.title,
            step.happened_at,
            void=step.void is not None,
        )
        for step in case.steps
        if step.void != "withdrawn"
    ]


def refresh_clocks(case: Case, definition: Definition) -> None:
    """Start, move and stop the case's clocks as its steps say; a started clock keeps its rule."""
    log, started = log_of(case), []
    stored = {row.code: row for row in case.clocks}
    for code, rule in definition.clocks.items():
        row = stored.get(code)
        plain = row.rule if row else resolved(rule)
        reading = clocks.read(plain, log, calendar(), clock.today())
        if reading is None:
            if row is not None:  # the step that started it counts no longer
                case.clocks.remove(row)
                db.session.delete(row)
            continue
        if row is None:
            row = Clock(id=new_id(), code=code, title=plain["title"], rule=plain)
            started.append(row)
        write(row, reading)
    start_clocks(case, started)


def resolved(rule: Mapping[str, Any]) -> dict[str, Any]:
    """The rule with the city's setting in the place of its name."""
    plain = dict(rule)
    if plain.get("setting") and plain.get("n") is None:
        plain["n"] = settings.get(plain["setting"])
    return plain


def write(row: Clock, reading: clocks.Reading) -> None:
    """Store what a limit says, and when somebody has to be told of it next: at once of what is due already."""
    row.started_on, row.due_on, row.warn_on = reading.started_on, reading.due_on, reading.warn_on
    row.stopped_on, row.paused, row.provisional = reading.stopped_on, reading.paused, reading.provisional
    row.trail, row.promised_on = list(reading.trail), reading.promised_on
    row.alarm_on = min((alarm.on for alarm in alarms_of(row.rule, reading)), default=None)


def alarms_of(rule: Mapping[str, Any], reading: clocks.Reading) -> list[alarms.Alarm]:
    """What has to be told of a limit, by the city's own days after the last one."""
    return alarms.alarms(rule, reading, days_over())


def days_over() -> list[int]:
    """How many days after the last one each rank above is told."""
    return sorted({int(part) for part in str(settings.get("clocks.days_over")).split(",")})


def reading_of(row: Clock, case: Case) -> clocks.Reading:
    """What a stored clock says today.

    A stored clock was started by a step of the case, so there is always a reading.
    """
    reading = clocks.read(row.rule, log_of(case), calendar(), clock.today())
    assert reading is not None
    return reading


def try_reading(row: Clock) -> clocks.Reading | None:
    """As :func:`reading_of`, for work on many cases; None where the case or its rule is damaged, which is logged.

    Raises:
        SealBrokenError: The city's keys cannot be had, so that nothing is known of any case.
    """
    try:
        return reading_of(row, row.case)
    except (SealBrokenError, LookupError, ValueError) as error:
        rings.for_sealing()
        log.warning("limit %s of case %s cannot be read: %s", row.id, row.case_id, type(error).__name__)
        return None


def moves(row: Clock) -> bool:
    """Whether a stored clock has to be read from the case's steps; see :func:`saas.workflow.clocks.moves`."""
    return clocks.moves(row.rule, paused=row.paused)


def listed_reading(row: Clock, case: Case) -> clocks.Reading:
    """As :func:`reading_of`, for lists: most clocks are read from what is stored, without the case's steps."""
    if moves(row):
        return reading_of(row, case)
    kept = clocks.Kept(row.started_on, row.due_on, row.warn_on, row.stopped_on, row.trail)
    return clocks.read_kept(row.rule, kept, calendar(), clock.today())


def nearest_due(case: Case) -> date | None:
    """The next day by which the office must have acted; rights and notices of others do not press."""
    running = [
        row.promised_on or row.due_on
        for row in case.clocks
        if row.stopped_on is None and row.rule.get("kind") in alarms.PRESSING
    ]
    return min(running, default=None)
