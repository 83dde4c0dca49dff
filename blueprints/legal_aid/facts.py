"""What the checks ask of a case, as plain values."""

from collections.abc import Mapping
from datetime import date
from typing import Any

Facts = Mapping[str, Any]
Values = Mapping[str, Any]
NOTHING: Mapping[str, Any] = {
    "data": {},
    "actions": [],
    "due": {},
    "clock_states": {},
    "file_categories": [],
    "settings": {},
    "log": [],
    "today": None,
}


def facts_of(case: Mapping[str, Any] | None, values: Values) -> dict[str, Any]:
    """The facts of a case; ``case`` is None while one is being opened."""
    del values
    known = case or NOTHING
    return {f"case.{name}": known[name] for name in NOTHING}


def stored(facts: Facts, name: str) -> Any:  # noqa: ANN401 - any answer of a form
    """What an earlier step kept with the case."""
    return facts["case.data"].get(name)


def day(value: object) -> date | None:
    """The day of a date or of a moment as forms send them."""
    return date.fromisoformat(str(value)[:10]) if value else None


def setting(facts: Facts, name: str) -> int:
    """A number the city set."""
    return int(facts["case.settings"][f"legal_aid.{name}"])
