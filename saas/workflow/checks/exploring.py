"""Every configuration a case can come to: its state, where its regions stand, and the flags that guards ask for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from saas.workflow import conditions
from saas.workflow.checks.matter import Matter
from saas.workflow.checks.paths import ends_of, finishing
from saas.workflow.conditions import Test, Tree, tests_of
from saas.workflow.engine_guards import FLAGS
from saas.workflow.process import State, Transition

MOST = 20_000
Configuration: TypeAlias = tuple[str, tuple[tuple[str, str], ...], frozenset[str]]


@dataclass(frozen=True)
class Explored:
    """The configurations from which no end can be reached; `cut` when there were too many to try them all."""

    stuck: tuple[tuple[str, Mapping[str, str], frozenset[str]], ...]
    cut: bool
    most: int = MOST


def explore(matter: Matter) -> Explored | None:
    """What is found; None for a process without regions and flags, whose graph says all."""
    trees = {step.id: _trees(step) for step in matter.definition.all_transitions}
    flags = {
        str(test.value) for some in trees.values() for tree in some for test in tests_of(tree) if test.field == FLAGS
    }
    if not flags and not matter.inner:
        return None
    came, cut = _all(matter, trees, frozenset(flags))
    ending = [one for one in came if matter.definition.states[one[0]].end]
    good, waiting = set(ending), ending
    while waiting:
        fresh = came[waiting.pop()] - good
        good |= fresh
        waiting += fresh
    sound = {name for kind, name in finishing(matter.graph, ends_of(matter)) if kind == "state"}
    stuck = () if cut else sorted((one for one in came if one not in good and one[0] in sound), key=_order)
    return Explored(tuple((state, dict(inner), marks) for state, inner, marks in stuck), cut)


def _order(one: Configuration) -> tuple[str, str, list[str]]:
    return one[0], repr(one[1]), sorted(one[2])


def _all(
    matter: Matter, trees: Mapping[str, list[Tree]], flags: frozenset[str]
) -> tuple[dict[Configuration, set[Configuration]], bool]:
    """Every configuration with those before it."""
    came: dict[Configuration, set[Configuration]] = {}
    waiting: list[Configuration] = []
    for way in matter.definition.opens:
        first = (way.to, _initial(matter.definition.states[way.to]), frozenset[str]())
        if first not in came:
            came[first] = set()
            waiting.append(first)
    while waiting:
        now = waiting.pop()
        for after in _after(matter, trees, flags, now):
            if after not in came:
                if len(came) >= MOST:
                    return came, True
                came[after] = set()
                waiting.append(after)
            came[after].add(now)
    return came, False


def _initial(state: State) -> tuple[tuple[str, str], ...]:
    return tuple((region.id, region.initial) for region in state.regions.values())


def _after(
    matter: Matter, trees: Mapping[str, list[Tree]], flags: frozenset[str], now: Configuration
) -> Iterator[Configuration]:
    state, inner, marks = now
    regions = matter.definition.states[state].regions
    done = all(one in regions[region].final for region, one in inner)
    for step in matter.leaving.get(state, ()):
        if step.to == state and _may(trees[step.id], marks):
            yield state, inner, _marked(step, marks, flags)
        elif (done or step.cancel) and _may(trees[step.id], marks):
            yield step.to, _initial(matter.definition.states[step.to]), _marked(step, marks, flags)
    for place, (region, one) in enumerate(inner):
        for step in regions[region].transitions:
            if one in step.sources and _may(trees[step.id], marks):
                moved = (*inner[:place], (region, step.to), *inner[place + 1 :])
                yield state, moved, _marked(step, marks, flags)


def _marked(step: Transition, marks: frozenset[str], flags: frozenset[str]) -> frozenset[str]:
    return ((marks - set(step.clear_flags)) | set(step.set_flags)) & flags


def _trees(step: Transition) -> list[Tree]:
    """The guards that can be read; the others may always hold."""
    return [tree for guard in step.when if (tree := conditions.from_cel(guard.that)) is not None]


def _may(trees: list[Tree], marks: frozenset[str]) -> bool:
    """Whether the guards can hold for some case with these flags."""
    return all(_truth(tree, marks) is not False for tree in trees)


def _truth(tree: Tree, marks: frozenset[str]) -> bool | None:
    """Yes, no, or None where it depends on more than flags."""
    if isinstance(tree, Test):
        known = tree.field == FLAGS and tree.relation in {"contains", "not_contains"}
        return (str(tree.value) in marks) == (tree.relation == "contains") if known else None
    found = {_truth(part, marks) for part in tree.parts}
    decisive = tree.joint == "any"
    if decisive in found:
        return decisive
    return None if None in found else not decisive
