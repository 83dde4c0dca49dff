"""A limit as a pure function of the steps taken: when it is due, how it stands, and why that day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from saas.calendar import Calendar
from saas.workflow import trail
from saas.workflow.counting import Entry, Limit, Run, extensions_of, last_run, moment, pauses_of
from saas.workflow.scales import HourScale, scale_for, start_of

__all__ = ["Entry", "Kept", "Reading", "moves", "read", "read_kept"]


@dataclass(frozen=True)
class Reading:
    """How a limit stands. `left` is in the rule's unit and negative once overdue; `due_at` is for hours.

    `warnings` are the shares of the limit at which somebody is warned, with their days; `promised_on` is the earlier
    day the office promised (承诺) beside the one of the law.
    """

    started_on: date
    due_on: date
    warn_on: date | None
    stopped_on: date | None
    paused: bool
    provisional: bool
    state: str
    left: int
    left_text: str
    trail: list[str]
    due_at: datetime | None = None
    warnings: tuple[tuple[str, date], ...] = field(default=(), compare=False)
    promised_on: date | None = None


@dataclass(frozen=True)
class Kept:
    """The days of a limit as they were stored when its last step was taken."""

    started_on: date
    due_on: date
    warn_on: date | None
    stopped_on: date | None
    trail: Sequence[str]


def read(
    rule: Mapping[str, Any],
    log: Sequence[Entry],
    calendar: Calendar,
    today: date,
    *,
    now: datetime | None = None,
) -> Reading | None:
    """How the limit stands on the day; None if no step has started it.

    A start after a stop starts anew, and the last running is read. Pauses are counted in the rule's
    own unit; one after the due day no longer helps. `now` matters for hours only. A rule with `also`
    has a second limit in another unit: both run, and the earlier day counts.
    """
    found = _read(rule, log, calendar, today, now=now)
    if found is None or "also" not in rule:
        return found
    other = _read({**rule, **rule["also"]}, log, calendar, today, now=now)
    assert other is not None, "what started one limit started the other"
    first, second = sorted((found, other), key=lambda reading: reading.due_on)
    return replace(first, trail=[*first.trail, *trail.later(second.trail)])


def _read(
    rule: Mapping[str, Any],
    log: Sequence[Entry],
    calendar: Calendar,
    today: date,
    *,
    now: datetime | None,
) -> Reading | None:
    scale = scale_for(rule["unit"], calendar, roll=rule.get("roll", True))
    run = last_run(rule, log, scale, scale.position(now or start_of(today)))
    if run is None:
        return None
    pauses = pauses_of(rule, run, scale)
    extensions = extensions_of(rule, run, pauses, scale)
    span = Limit(run.start, rule["n"] + sum(extensions), pauses, scale)
    return _reading(rule, run, span, extensions, calendar)


def moves(rule: Mapping[str, Any], *, paused: bool) -> bool:
    """Whether the last day of a limit is another one with every day that passes, is a moment, or one of two."""
    return paused or rule["unit"] == "hour" or "also" in rule


def read_kept(rule: Mapping[str, Any], kept: Kept, calendar: Calendar, today: date) -> Reading:
    """As :func:`read`, from the stored days of a limit that does not move; the steps are not needed."""
    scale = scale_for(rule["unit"], calendar, roll=rule.get("roll", True))
    start, stop, due, warn = (
        None if day is None else day.toordinal()
        for day in (kept.started_on, kept.stopped_on, kept.due_on, kept.warn_on)
    )
    assert start is not None
    assert due is not None
    run = Run(start, today.toordinal() if stop is None else stop, stop, ())
    state, left = _state(run, due, warn, paused=False), scale.left(run.present, due)
    return Reading(
        started_on=kept.started_on,
        due_on=kept.due_on,
        warn_on=kept.warn_on,
        stopped_on=kept.stopped_on,
        paused=False,
        provisional=_rests_on_calendar(rule) and calendar.is_provisional(kept.due_on),
        state=state,
        left=left,
        left_text=trail.left_text(state, left, scale.left_name),
        trail=list(kept.trail),
    )


def _reading(rule: Mapping[str, Any], run: Run, limit: Limit, extensions: Sequence[int], calendar: Calendar) -> Reading:
    scale, due = limit.scale, limit.due
    paused = run.stop is None and any(span.open for span in limit.counted)
    warnings = _warnings(rule, limit)
    warn = max((position for _, position in warnings), default=None)
    promised = _promised(rule, run, limit)
    state = _state(run, due, warn, paused=paused)
    left = scale.left(run.present, due)
    provisional = _rests_on_calendar(rule) and calendar.is_provisional(scale.day(due))
    return Reading(
        started_on=scale.day(run.start),
        due_on=scale.day(due),
        warn_on=None if warn is None else scale.day(warn),
        stopped_on=None if run.stop is None else scale.day(run.stop),
        paused=paused,
        provisional=provisional,
        state=state,
        left=left,
        left_text=trail.left_text(state, left, scale.left_name),
        trail=[
            *_sentences(rule, run, limit, extensions, provisional=provisional),
            *trail.promised(rule, scale.name, None if promised is None else scale.text(promised)),
        ],
        due_at=scale.moment(due) if isinstance(scale, HourScale) else None,
        warnings=tuple((share, scale.day(position)) for share, position in warnings),
        promised_on=None if promised is None else scale.day(promised),
    )


def _promised(rule: Mapping[str, Any], run: Run, limit: Limit) -> int | None:
    """The earlier last position the office promised by one of its steps; never later than the law's."""
    promise = rule.get("promise")
    if promise is None or not any(entry.action in promise["on"] for entry in run.entries):
        return None
    return min(Limit(run.start, promise["n"], limit.pauses, limit.scale).due, limit.due)


def _sentences(
    rule: Mapping[str, Any], run: Run, limit: Limit, extensions: Sequence[int], *, provisional: bool
) -> list[str]:
    scale = limit.scale
    first, last = run.entries[0], run.entries[-1]
    named = moment(first, scale) != run.start
    lines = trail.started(rule, first.title, scale.text(run.start), scale.name, named=named)
    for span in limit.pauses:
        end = None if span.open else scale.text(span.end)
        amount = f"{scale.between(span.start, span.end)}{scale.pause_name}"
        lines.append(trail.paused(scale.text(span.start), end, amount, counts=span in limit.counted))
    lines += [trail.extended(rule, f"{count}{scale.name}") for count in extensions]
    lines += trail.ended(scale.text(limit.raw), scale.text(limit.due), provisional=provisional)
    if run.stop is not None:
        named = moment(last, scale) != run.stop
        lines.append(trail.stopped(scale.text(run.stop), last.title, named=named))
    return lines


def _warnings(rule: Mapping[str, Any], limit: Limit) -> list[tuple[str, int]]:
    """Each share of the limit and where it falls: rounded up, moved on by earlier pauses, never after the due one."""
    whole = limit.scale.between(limit.start, limit.scale.add(limit.start, limit.count))
    levels = sorted({str(level) for level in rule.get("warn") or ()}, key=lambda level: int(level.rstrip("%")))
    return [(level, _share(limit, whole, int(level.rstrip("%")))) for level in levels]


def _share(limit: Limit, whole: int, share: int) -> int:
    scale = limit.scale
    position = scale.shift(limit.start, -(-whole * share // 100))
    for span in limit.counted:
        if span.start > position:
            break
        position = scale.shift(position, scale.between(span.start, span.end))
    return min(position, limit.due)


def _state(run: Run, due: int, warn: int | None, *, paused: bool) -> str:
    if run.stop is not None:
        return "in_time" if run.stop <= due else "late"
    if paused:
        return "paused"
    if run.present >= due:
        return "due_today" if run.present == due else "overdue"
    return "warning" if warn is not None and run.present >= warn else "running"


def _rests_on_calendar(rule: Mapping[str, Any]) -> bool:
    """Whether holidays can move the day at all."""
    rolls: bool = rule.get("roll", True)
    return rule["unit"] == "workday" or (rule["unit"] != "hour" and rolls)
