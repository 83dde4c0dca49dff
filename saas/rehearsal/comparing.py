"""A case as it went beside the same case under a draft: its way, its outcome, its limits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from saas.calendar import Calendar
from saas.rehearsal.past import Past
from saas.workflow import clocks
from saas.workflow.process import Definition
from saas.workflow.replay import Replayed, replay
from saas.workflow.simulation import resolved

COUNTED = ("n", "unit", "start", "stop", "pause", "resume", "extend", "from", "until", "given", "roll", "also")
"""What of a limit's rule decides its last day."""
NOT_COUNTED = "不计算"


@dataclass(frozen=True)
class Change:
    """What would have been otherwise in a case: `path`, `outcome`, or `due.<limit>`."""

    number: str
    what: str
    old: str
    new: str


@dataclass(frozen=True)
class Refused:
    """A case that could not have gone as it did."""

    number: str
    why: str
    closed: bool


@dataclass(frozen=True)
class Stage:
    """What every comparison of a run shares: the draft with its limits' numbers filled in, the calendar, the day."""

    draft: Definition
    rules: Mapping[str, Mapping[str, Any]]
    calendar: Calendar
    today: date

    @classmethod
    def of(cls, draft: Definition, settings: Mapping[str, Any], calendar: Calendar, today: date) -> "Stage":
        """Fill in the settings once."""
        rules = {code: resolved(rule, settings) for code, rule in draft.clocks.items()}
        return cls(draft, rules, calendar, today)


def changed_limits(old: Definition, draft: Definition) -> tuple[str, ...]:
    """The limits whose last day a draft may move: those whose rule counts otherwise, and those only one has."""
    codes = {**old.clocks, **draft.clocks}
    return tuple(code for code in codes if not _same_rule(old.clocks.get(code), draft.clocks.get(code)))


def compare(past: Past, old: Definition, moved: Sequence[str], stage: Stage) -> tuple[list[Change | Refused], bool]:
    """What would be otherwise in one case, and whether some condition could not be asked again.

    Args:
        past: The case.
        old: The version it runs on.
        moved: The limits in which the draft differs from that version.
        stage: The draft and its world.
    """
    found = replay(stage.draft, past.taken)
    if found.problem is not None:
        return [Refused(past.number, found.problem, past.closed)], bool(found.unproven)
    changes: list[Change | Refused] = [*_ways(past, old, found, stage), *_dues(past, moved, stage)]
    return changes, bool(found.unproven)


def _ways(past: Past, old: Definition, found: Replayed, stage: Stage) -> Iterator[Change]:
    before, after = _passed(past.states), _passed(found.path)
    if before == after:
        return
    yield Change(past.number, "path", _way(old, before), _way(stage.draft, after))
    was, would = _outcome(old, before), _outcome(stage.draft, after)
    if was != would:
        yield Change(past.number, "outcome", was, would)


def _dues(past: Past, moved: Sequence[str], stage: Stage) -> Iterator[Change]:
    for code in moved:
        stored, rule = past.limits.get(code), stage.rules.get(code)
        if stored is not None and rule is not None and _same_rule(stored.rule, rule):
            continue
        was = None if stored is None else stored.due_on
        if stored is not None and clocks.moves(stored.rule, paused=stored.paused):
            was = _due(stored.rule, past, stage)
        would = None if rule is None else _due(rule, past, stage)
        if was != would:
            yield Change(past.number, f"due.{code}", str(was or NOT_COUNTED), str(would or NOT_COUNTED))


def _due(rule: Mapping[str, Any], past: Past, stage: Stage) -> date | None:
    reading = clocks.read(rule, past.log, stage.calendar, stage.today)
    return None if reading is None else reading.due_on


def _same_rule(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> bool:
    if one is None or other is None:
        return one is other
    same = all(_plain(one.get(key)) == _plain(other.get(key)) for key in COUNTED)
    return same and (one.get("n") is not None or one.get("setting") == other.get("setting"))


def _plain(value: object) -> object:
    """A part of a rule as JSON gives it back; an empty list is as good as none."""
    return list(value) or None if isinstance(value, (list, tuple)) else value


def _passed(states: Sequence[str]) -> list[str]:
    """The states passed, each stay told once; what went on inside a state is not counted."""
    outer = [state for state in states if "." not in state]
    return [state for n, state in enumerate(outer) if n == 0 or state != outer[n - 1]]


def _way(definition: Definition, states: Sequence[str]) -> str:
    return " → ".join(_title(definition, state) for state in states)


def _outcome(definition: Definition, states: Sequence[str]) -> str:
    """The state that last decided how the case came out."""
    known = (definition.states.get(state) for state in reversed(states))
    return next((state.title for state in known if state and state.outcome), "未有结果")


def _title(definition: Definition, state: str) -> str:
    return definition.states[state].title if state in definition.states else state
