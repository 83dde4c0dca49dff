"""A case's own trace run through another version of its process: is it a legal run, and where does it end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from saas.workflow import expr
from saas.workflow.engine_guards import FLAGS, named
from saas.workflow.engine_reasons import apart
from saas.workflow.process import VERB, Definition, Guard, Region, Transition, Way

MOVING_VERBS = frozenset({"@send_back", "@withdraw", "@moved"})


@dataclass(frozen=True)
class Taken:
    """A step as it was taken; ``to`` is the state it led to, which only verbs are asked for."""

    action: str
    actor: UUID | str | None
    values: Mapping[str, Any] = field(default_factory=dict)
    day: date | None = None
    to: str | None = None


@dataclass(frozen=True)
class Replayed:
    """Where the run ends: at the last step, or before the first that is not legal, which `problem` tells of.

    `path` are the states passed, the present one last; `unproven` the steps whose conditions could not be asked
    again, because what they rest on is not in the trace.
    """

    state: str
    regions: Mapping[str, str]
    flags: frozenset[str]
    problem: str | None
    path: tuple[str, ...]
    unproven: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Run:
    """Where a run stands after some steps."""

    state: str = ""
    regions: Mapping[str, str] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    path: tuple[str, ...] = ()
    done: tuple[tuple[str, str | None], ...] = ()
    seen: tuple[Mapping[str, Any], ...] = ()
    unproven: tuple[str, ...] = ()
    stood: tuple[tuple[str, Mapping[str, str], frozenset[str]], ...] = ()
    """Where the run stood after each step: state, regions, flags."""


class _NoRunError(Exception):
    """The next step is not legal; the message says why."""


def replay(definition: Definition, taken: Sequence[Taken], renames: Mapping[str, str] | None = None) -> Replayed:
    """Run a trace through a version.

    Steps have to leave the state the run stands in; regions, separation of duties and the conditions that rest on
    nothing but the trace are asked again. Who held which role then is not.

    Args:
        definition: The version.
        taken: The steps, oldest first; the first one opened the case.
        renames: Ids of steps and states of the trace and what they are called in the version.
    """
    names = renames or {}
    run, problem = _Run(), None
    try:
        for one in taken:
            to = names.get(one.to, one.to) if one.to else None
            run = _take(definition, run, replace(one, action=names.get(one.action, one.action), to=to))
    except _NoRunError as error:
        problem = str(error)
    return Replayed(run.state, run.regions, run.flags, problem, run.path, run.unproven)


def _take(definition: Definition, run: _Run, one: Taken) -> _Run:
    run = replace(run, seen=(*run.seen, one.values))
    run = _follow(definition, run, one)
    return replace(run, stood=(*run.stood, (run.state, run.regions, run.flags)))


def _follow(definition: Definition, run: _Run, one: Taken) -> _Run:
    if one.action.startswith(VERB):
        return _use_verb(definition, run, one)
    if not run.path:
        return _open(definition, run, one)
    step = definition.find_transition(one.action)
    if step is None:
        raise _NoRunError(f"新版本没有步骤“{one.action}”")
    _check_separation(definition, run, step, one)
    run = _ask(definition, run, step, one)
    flags = (run.flags - set(step.clear_flags)) | set(step.set_flags)
    run = replace(run, flags=flags, done=(*run.done, (step.id, _id(one))))
    if any(step is one for one in definition.transitions):
        return _move(definition, run, step)
    return _move_inside(definition, run, step)


def _open(definition: Definition, run: _Run, one: Taken) -> _Run:
    way = definition.find_way(one.action)
    if way is None:
        raise _NoRunError(f"新版本没有登记方式“{one.action}”")
    run = _ask(definition, run, way, one)
    return _enter(definition, replace(run, done=((way.id, _id(one)),)), way.to)


def _enter(definition: Definition, run: _Run, state: str) -> _Run:
    found = definition.states.get(state)
    if found is None:
        raise _NoRunError(f"新版本没有环节“{state}”")
    inner = {name: region.initial for name, region in found.regions.items()}
    return replace(run, state=state, regions=inner, path=(*run.path, state))


def _move(definition: Definition, run: _Run, step: Transition) -> _Run:
    here = definition.states[run.state]
    if run.state not in step.sources:
        raise _NoRunError(f"按新版本，在“{here.title}”不能办理“{step.title}”")
    open_ = [region.title for name, region in here.regions.items() if run.regions[name] not in region.final]
    if open_ and step.to != run.state and not step.cancel:
        raise _NoRunError(f"按新版本，办理“{step.title}”前要先完成{'、'.join(open_)}")
    if step.to == run.state:
        return replace(run, path=(*run.path, run.state))
    return _enter(definition, run, step.to)


def _move_inside(definition: Definition, run: _Run, step: Transition) -> _Run:
    regions: Mapping[str, Region] = definition.states[run.state].regions if run.state else {}
    for name, region in regions.items():
        if run.regions[name] in step.sources and any(step is one for one in region.transitions):
            inner = {**run.regions, name: step.to}
            return replace(run, regions=inner, path=(*run.path, f"{run.state}.{name}.{step.to}"))
    title = definition.states[run.state].title
    raise _NoRunError(f"按新版本，在“{title}”不能办理“{step.title}”")


def _use_verb(definition: Definition, run: _Run, one: Taken) -> _Run:
    """Verbs stand in no drawing: those that lead back to where the case was, or where people moved it, are followed."""
    if one.action not in MOVING_VERBS or one.to in {None, run.state}:
        return run
    assert one.to is not None
    if one.action == "@moved":
        return _enter(definition, run, one.to)
    stood = next((past for past in reversed(run.stood) if past[0] == one.to), None)
    if stood is None:
        raise _NoRunError(f"案件曾退回到“{one.to}”，按新版本没有经过这里")
    state, regions, flags = stood
    return replace(run, state=state, regions=regions, flags=flags, path=(*run.path, state))


def _check_separation(definition: Definition, run: _Run, step: Transition, one: Taken) -> None:
    own = {action for action, who in run.done if who is not None and who == _id(one)}
    if both := sorted(own & {*apart(definition, step)}):
        raise _NoRunError(f"按新版本，“{step.title}”和“{definition.title_of(both[0])}”要由不同的人办理")


def _id(one: Taken) -> str | None:
    return None if one.actor is None else str(one.actor)


def _ask(definition: Definition, run: _Run, step: Transition | Way, one: Taken) -> _Run:
    """Ask the step's conditions again, as far as the trace knows what they rest on."""
    for guard in step.when:
        holds = _holds(definition, guard, run, one)
        if holds is None:
            run = replace(run, unproven=(*run.unproven, step.id))
        elif not holds:
            raise _NoRunError(f"按新版本，“{step.title}”的条件没有满足：{guard.refuse}")
    return run


def _holds(definition: Definition, guard: Guard, run: _Run, one: Taken) -> bool | None:
    """Whether a condition held; None where the trace does not tell. What was entered is opened only where needed."""
    types = {name: definition.fields[name] for name in named(guard.that, definition.fields)}
    known: dict[str, Any] = {FLAGS: sorted(run.flags)}
    if not types.keys() <= known.keys():
        kept = {f"case.{name}": value for values in run.seen for name, value in values.items()}
        known = {**kept, **{f"form.{name}": value for name, value in one.values.items()}, **known}
    return _evaluate(guard, {name: kind for name, kind in types.items() if name in known}, known)


def _evaluate(guard: Guard, types: Mapping[str, str], values: Mapping[str, Any]) -> bool | None:
    try:
        return expr.evaluate(expr.compile_guard(guard.that, types), values)
    except expr.GuardError:
        return None
