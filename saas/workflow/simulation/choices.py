"""What can be done with a played case, by whom, and what stands against the others."""

from collections.abc import Iterable
from dataclasses import dataclass

from saas.workflow import engine
from saas.workflow.engine import CaseView, Reason
from saas.workflow.process import Definition, Transition
from saas.workflow.simulation.acts import role_of
from saas.workflow.simulation.player import actor_of


@dataclass(frozen=True)
class Choice:
    """A step that leads on from here: who may take it, and why nobody may where that is so."""

    action: Transition
    by: tuple[str, ...]
    reasons: tuple[Reason, ...]


def choices(definition: Definition, view: CaseView, people: Iterable[str]) -> list[Choice]:
    """Every step from where the case stands.

    Args:
        definition: The version played.
        view: The case.
        people: Everybody there is, each as `role` or `role:person`.
    """
    known = list(people)
    found: dict[str, Choice] = {}
    for by in known:
        for one in engine.available(definition, view, actor_of(by)):
            found[one.action.id] = _with(found.get(one.action.id), one, by)
    return list(found.values())


def verbs(definition: Definition, view: CaseView, people: Iterable[str]) -> dict[str, list[str]]:
    """What can be done without being drawn: each verb with everybody who can use it now."""
    found: dict[str, list[str]] = {}
    for by in people:
        for name in engine.offered(definition, view, actor_of(by)):
            found.setdefault(name, []).append(by)
    return found


def _with(before: Choice | None, one: engine.Available, by: str) -> Choice:
    """The choice with one person more; reasons are those against somebody who holds the role."""
    able = (*(before.by if before else ()), *((by,) if one.allowed else ()))
    reasons = before.reasons if before else ()
    if not reasons and role_of(by) in one.action.by:
        reasons = one.reasons
    return Choice(one.action, able, () if able else reasons)
