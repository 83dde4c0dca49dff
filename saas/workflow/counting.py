"""A limit on the scale of its unit: its last running, its pauses, its extensions, and the position it ends at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from saas.workflow.scales import Scale, start_of


@dataclass(frozen=True)
class Entry:
    """A step taken: its id, its day in Beijing, its values; its title and moment where they matter.

    A `void` one was sent back past: it neither starts nor stops a limit, but the time it paused one has passed.
    """

    action: str
    day: date
    values: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    at: datetime | None = None
    void: bool = False


@dataclass(frozen=True)
class Span:
    """A pause between two positions; `end` is the present for one that still lasts."""

    start: int
    end: int
    open: bool = False


@dataclass(frozen=True)
class Run:
    """One running of a clock: from its start to its stop or the present."""

    start: int
    present: int
    stop: int | None
    entries: tuple[Entry, ...]


class Limit:
    """So many units from a start, with pauses: the last position, and the one the law rolls it to."""

    def __init__(self, start: int, count: int, pauses: Sequence[Span], scale: Scale) -> None:
        """Count; a pause that began after the due position does not count."""
        self.start, self.count, self.pauses, self.scale = start, count, pauses, scale
        self.counted: list[Span] = []
        self.raw = scale.add(start, count)
        lost = 0
        for span in pauses:
            if span.start > self.due:
                break
            # A pause within the days off the due day was rolled over takes over from the last day.
            lost += scale.between(min(span.start, self.raw), span.end)
            self.raw = scale.shift(scale.add(start, count), lost)
            self.counted.append(span)

    @property
    def due(self) -> int:
        """The last position, moved on if the law says so."""
        return self.scale.roll(self.raw)


def moment(entry: Entry, scale: Scale) -> int:
    """Where a step lies; one of which only the day is known at its midnight."""
    return scale.position(entry.at or start_of(entry.day))


def last_run(rule: Mapping[str, Any], log: Sequence[Entry], scale: Scale, present: int) -> Run | None:
    """The last running; None if no step has started any."""
    start: int | None = None
    stop: int | None = None
    entries: list[Entry] = []
    told: dict[str, Any] = {}
    for entry in log:
        told |= _told(rule, entry)
        running = start is not None and stop is None
        if running:
            entries.append(entry)
            if entry.action in rule.get("stop", ()) and not entry.void:
                stop = _at(entry, rule.get("until"), scale)
        elif entry.action in rule["start"] and not entry.void and _is_given(rule, told):
            start, stop, entries = _at(entry, rule.get("from"), scale), None, [entry]
    if start is None:
        return None
    return Run(start, present if stop is None else stop, stop, tuple(entries))


def _told(rule: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    """What a step answers of that on which the limit rests; one that is void says nothing."""
    return {} if entry.void else {name: entry.values[name] for name in rule.get("given", {}) if name in entry.values}


def _is_given(rule: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Whether the latest answers are those the limit presupposes; ``!`` before a value is any other."""
    given: Mapping[str, str] = rule.get("given", {})
    return all((str(told.get(name)) == wanted.lstrip("!")) != wanted.startswith("!") for name, wanted in given.items())


def _at(entry: Entry, field_id: str | None, scale: Scale) -> int:
    """The day or moment the step's form names in a field, else the step's own moment."""
    named = entry.values.get(field_id) if field_id else None
    if not named:
        return moment(entry, scale)
    if "T" in str(named):
        return scale.position(datetime.fromisoformat(str(named)))
    return scale.position(start_of(date.fromisoformat(str(named))))


def pauses_of(rule: Mapping[str, Any], run: Run, scale: Scale) -> list[Span]:
    """The pauses in order; one that begins where the last ended is the same pause going on."""
    spans: list[Span] = []
    began: int | None = None
    for entry in run.entries[1:]:
        at = max(moment(entry, scale), run.start)
        if began is None and entry.action in rule.get("pause", ()):
            began = spans.pop().start if spans and spans[-1].end == at else at
        elif began is not None and entry.action in rule.get("resume", ()):
            spans.append(Span(began, at))
            began = None
    if began is not None:
        spans.append(Span(began, max(run.present, began), open=True))
    return [span for span in spans if span.open or scale.between(span.start, span.end)]


def extensions_of(rule: Mapping[str, Any], run: Run, pauses: Sequence[Span], scale: Scale) -> list[int]:
    """What each extension added: within its cap, as often as allowed, and granted in time."""
    extend: Mapping[str, Any] = rule.get("extend") or {}
    added: list[int] = []
    for entry in run.entries[1:]:
        if entry.action != extend.get("on") or len(added) >= extend.get("times", 1):
            continue
        limit = Limit(run.start, rule["n"] + sum(added), pauses, scale)
        if moment(entry, scale) <= limit.due:
            asked = entry.values.get(extend.get("field", "")) or extend["max"]
            added.append(max(0, min(int(asked), extend["max"])))
    return added
