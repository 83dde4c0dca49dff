"""What has been asked, along all paths, when a guard is weighed (WF203); whether there is a handler by then (AS502)."""

import re
from collections.abc import Iterator, Mapping

from saas.workflow.checks.matter import Matter, Step
from saas.workflow.engine_guards import FLAGS
from saas.workflow.problem import Problem, error, warning
from saas.workflow.process import Transition

_TEXT = re.compile(r"\"[^\"]*\"|'[^']*'")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)+")
_BUILT_IN = {FLAGS, "case.state"}
_HANDLER = "*handler"
"""Stands among what has been asked once somebody has been made the handler."""


def check(matter: Matter) -> Iterator[Problem]:
    """Guards on what nobody has asked yet, and steps of a handler there may not be."""
    known = asked(matter)
    stored = {name for step in matter.by_id.values() for name in _stored(matter, step)}
    for place, step in matter.steps():
        before = _before(matter, step, known)
        for name in sorted(_used(matter, step)):
            yield from _asked(matter, place, step, name, before, stored)
        if (
            isinstance(step, Transition)
            and step.only == "handler"
            and any(_HANDLER not in one for one in before.values())
        ):
            lacking = "、".join(matter.state_title(state) for state, one in before.items() if _HANDLER not in one)
            words = f"“{step.title}”只能由承办人办理，但案件到“{lacking}”时可能还没有承办人，请先安排确定承办人的步骤"
            yield warning("AS502", place, words)


def asked(matter: Matter) -> dict[str, frozenset[str]]:
    """What is known for certain of a case in each state that can be reached: the fields kept with the case."""
    known: dict[str, frozenset[str]] = {}
    inside = _inside(matter)
    waiting = [(way.to, _stored(matter, way)) for way in matter.definition.opens]
    while waiting:
        state, found = waiting.pop()
        now = found if state not in known else known[state] & found
        if state not in known or now != known[state]:
            known[state] = now
            after = now | inside.get(state, frozenset())
            waiting += [(step.to, after | _stored(matter, step)) for step in matter.leaving.get(state, ())]
    return known


def _inside(matter: Matter) -> Mapping[str, frozenset[str]]:
    """What the steps of regions may have asked, by their state: regions are done before it is left."""
    found: dict[str, frozenset[str]] = {}
    for step, state in matter.inner.items():
        found[state] = found.get(state, frozenset()) | _stored(matter, matter.by_id[step])
    return found


def _stored(matter: Matter, step: Step) -> frozenset[str]:
    kept = {one.id for one in matter.fields_of(step) if one.store == "case"}
    given = isinstance(step, Transition) and step.assign is not None
    return frozenset(kept | {_HANDLER}) if given else frozenset(kept)


def _before(matter: Matter, step: Step, known: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """What is known where a step can be taken, by state; nothing before a case is opened."""
    if not isinstance(step, Transition):
        return {"": frozenset()}
    sources = (matter.inner[step.id],) if step.id in matter.inner else step.sources
    return {state: known[state] for state in sources if state in known}


def _used(matter: Matter, step: Step) -> set[str]:
    """The variables a step's guards rest on, those of the tables they ask too; not those they ask `has` of."""
    used: set[str] = set()
    for guard in step.when:
        names = set(_NAME.findall(_TEXT.sub("", guard.that)))
        weighed = {name for name in names if f"has.{name}" not in names}
        for name in weighed & {f"decision.{id_}" for id_ in matter.definition.decisions}:
            weighed |= {column.name for column in matter.definition.decisions[name.partition(".")[2]].columns}
        used |= weighed & set(matter.definition.fields)
    return used - _BUILT_IN


def _asked(
    matter: Matter, place: str, step: Step, name: str, before: Mapping[str, frozenset[str]], stored: set[str]
) -> Iterator[Problem]:
    scope, _, id_ = name.partition(".")
    if scope == "form" and not matter.asks(step, id_):
        yield error(
            "WF203", place, f"条件用到“{matter.label(name)}”，但“{step.title}”的表单没有问，请增加字段或改正条件"
        )
    elif scope == "case" and id_ in stored:
        lacking = [state for state, asked_there in before.items() if id_ not in asked_there]
        if lacking:
            where = (
                "、".join(matter.state_title(state) for state in lacking) if isinstance(step, Transition) else "登记时"
            )
            words = (
                f"条件用到“{matter.label(name)}”，但案件到“{where}”时可能还没有问过，请在前面增加，或先判断是否已填写"
            )
            yield warning("WF203", place, words)
    elif scope == "case" and matter.around.facts is not None and name not in matter.around.facts:
        yield warning("WF203", place, f"条件用到“{name}”，但没有任何步骤问过它，请增加字段或改正条件")
