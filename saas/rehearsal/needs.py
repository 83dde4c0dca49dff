"""Which steps' values a run over past cases may have to open: opening them is what costs most."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from saas.workflow import expr
from saas.workflow.expr import GuardError
from saas.workflow.process import Definition, Guard

FLAGS: Mapping[str, str] = {"case.flags": "list"}


def entered_by(draft: Definition, olds: Iterable[Definition], limits: Collection[str]) -> frozenset[str] | None:
    """The steps whose values conditions or limits rest on; None where a condition may ask for any of them."""
    if any(not _rests_on_flags(guard) for guard in guards_of(draft)):
        return None
    rules = [definition.clocks[code] for definition in (draft, *olds) for code in limits if code in definition.clocks]
    return frozenset(action for rule in rules for action in _read_by(rule))


def guards_of(definition: Definition) -> Iterator[Guard]:
    """Every condition of a process."""
    for way in definition.opens:
        yield from way.when
    for step in definition.all_transitions:
        yield from step.when


def _rests_on_flags(guard: Guard) -> bool:
    try:
        expr.compile_guard(guard.that, FLAGS)
    except GuardError:
        return False
    return True


def _read_by(rule: Mapping[str, Any]) -> Iterator[str]:
    """The steps of which a limit reads a field."""
    if rule.get("from") or rule.get("given"):
        yield from rule["start"]
    if rule.get("until"):
        yield from rule.get("stop", ())
    if rule.get("extend"):
        yield rule["extend"]["on"]
