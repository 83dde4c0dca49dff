"""What the checks of this line read of a case, and how: entries of its log, days, months, ages."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from saas.workflow.counting import Entry

Facts = Mapping[str, Any]
Values = Mapping[str, Any]

ADULT = 18  # years
NOTHING: Mapping[str, Any] = {
    "log": (),
    "data": {},
    "settings": {},
    "actions": (),
    "due": {},
    "file_categories": (),
    "flags": (),
}


def facts_of(case: Mapping[str, Any] | None, values: Values) -> dict[str, Any]:
    """The case as the checks read it; ``case`` is None while one is being opened."""
    del values
    known = case or NOTHING
    return {name: known[name] for name in NOTHING} | {"today": case["today"] if case else None}


def entries(facts: Facts, *actions: str) -> list[Entry]:
    """The steps of these actions, oldest first; of all actions when none is named."""
    log: Sequence[Entry] = facts["log"]
    return [entry for entry in log if not actions or entry.action in actions]


def latest(facts: Facts, *actions: str) -> Entry | None:
    """The last step of these actions, if there was one."""
    return next(reversed(entries(facts, *actions)), None)


def since(facts: Facts, *actions: str) -> list[Entry]:
    """The steps after the last one of these actions; all of them when there was none."""
    log: Sequence[Entry] = facts["log"]
    last = max((place for place, entry in enumerate(log) if entry.action in actions), default=-1)
    return list(log[last + 1 :])


def setting(facts: Facts, name: str) -> Any:  # noqa: ANN401 - a setting has the type it declares
    """The city's value of a setting of this line."""
    return facts["settings"][f"corrections.{name}"]


def day(value: object) -> date | None:
    """The day an answer names; None where nothing was answered."""
    return date.fromisoformat(str(value)[:10]) if value else None


def later(start: date, months: int) -> date:
    """The same day some months later (negative: earlier), or the last one of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def is_minor(birth: object, on: date) -> bool:
    """Whether somebody born on a day is under eighteen on another (社区矫正法 52)."""
    born = day(birth)
    return born is not None and later(born, 12 * ADULT) > on
