"""Whether a city's own states and steps leave the ways of a statutory pack as they are.

A step of the pack from A to B may lead to a state of the city's own, if every way on from there comes to B or A.
No steps of the city's own may take a case forward past steps of the pack, or touch the pack's flags.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from saas.workflow.problem import Problem
from saas.workflow.tightening import locked

Body: TypeAlias = Mapping[str, Any]
Part: TypeAlias = Mapping[str, Any]


def check(base: Body, body: Body) -> list[Problem]:
    """Everything wrong with the ways of the merged body."""
    return [*_redirected(base, body), *_bypasses(base, body), *_flags(base, body)]


def sources(step: Part) -> list[str]:
    """The states a step leaves."""
    given = step.get("from", [])
    return [given] if isinstance(given, str) else list(given)


def _by_id(body: Body, key: str = "transitions") -> dict[str, Part]:
    return {step["id"]: step for step in body.get(key) or ()}


def _redirected(base: Body, body: Body) -> Iterator[Problem]:
    for key in ("opens", "transitions"):
        new = _by_id(body, key)
        for id_, old in _by_id(base, key).items():
            before = old.get("to") or base["initial"]
            after = new[id_].get("to") or body["initial"]
            if after != before and (words := _astray(base, body, old, before, after)):
                yield locked(f"{key}.{id_}", f"“{old['title']}”法定通向“{_title(base, before)}”，{words}")


def _astray(base: Body, body: Body, step: Part, goal: str, start: str) -> str | None:
    """Why the states put in between do not lead to the goal, in words; None when they do."""
    if start in base["states"] or start not in body["states"]:
        return "中间只能插入本市自己增加的步骤，请改回"
    allowed = {goal, *sources(step)}
    leaving = _leaving(body)
    inserted = _inserted(leaving, start, base["states"])
    if ended := [state for state in inserted if body["states"].get(state, {}).get("end")]:
        return f"插入的“{_title(body, min(ended))}”不能是办结，请让它通向“{_title(base, goal)}”"
    # What may be done from A anyway (to withdraw, say) may be done from in between.
    legal = {id_ for id_, one in _by_id(base).items() if set(sources(one)) & set(sources(step))}
    for state in sorted(inserted):
        for one in leaving.get(state, ()):
            target = str(one.get("to"))
            if target in base["states"] and target not in allowed and one["id"] not in legal:
                return f"从插入的“{_title(body, state)}”不能去“{_title(base, target)}”，请改为“{_title(base, goal)}”"
    lost = [state for state in inserted if not _reaches(leaving, state, allowed)]
    return f"从插入的“{_title(body, min(lost))}”走不到“{_title(base, goal)}”，请补上" if lost else None


def _inserted(leaving: Mapping[str, list[Part]], start: str, states: Mapping[str, Any]) -> set[str]:
    """The city's own states that a case can come to from one of them, without passing the pack's."""
    seen, waiting = {start}, [start]
    while waiting:
        fresh = {str(one.get("to")) for one in leaving.get(waiting.pop(), ())} - seen - states.keys()
        seen |= fresh
        waiting += fresh
    return seen


def _leaving(body: Body) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for step in body["transitions"]:
        for source in sources(step):
            found.setdefault(source, []).append(step)
    return found


def _reaches(leaving: Mapping[str, list[Part]], start: str, goals: set[str]) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        for target in [str(step.get("to")) for step in leaving.get(waiting.pop(), ())]:
            if target in goals:
                return True
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return False


def _bypasses(base: Body, body: Body) -> Iterator[Problem]:
    """Ways of the city's own to where the pack only comes by its own steps: past one of them, or past several."""
    old = _by_id(base)
    direct = {(source, step["to"]): step["title"] for step in old.values() for source in sources(step)}
    ahead = {state: _ahead(_leaving(base), state) for state in base["states"]}
    own = _leaving({"transitions": [_added(old.get(step["id"]), step) for step in body["transitions"]]})
    for start in base["states"]:
        for step in own.get(start, ()):
            for goal in sorted(_own_ends(own, str(step.get("to")), base["states"])):
                forward = goal in ahead[start] and start not in ahead[goal]
                if goal != start and ((start, goal) in direct or forward):
                    yield locked(f"transitions.{step['id']}", _passed_by(base, step, start, goal, direct))


def _added(old: Part | None, step: Part) -> Part:
    """What the city adds to a step: a new one whole, of one of the pack the states it may leave besides."""
    return step if old is None else {**step, "from": [one for one in sources(step) if one not in sources(old)]}


def _passed_by(base: Body, step: Part, start: str, goal: str, direct: Mapping[tuple[str, str], str]) -> str:
    legal = f"“{direct[start, goal]}”" if (start, goal) in direct else "法定的各个步骤"
    way = f"从“{_title(base, start)}”到“{_title(base, goal)}”"
    return f"{way}法定要经过{legal}，“{step.get('title')}”绕过了它，请删除或者改去别处"


def _ahead(leaving: Mapping[str, list[Part]], start: str) -> set[str]:
    """Every state a case can come to from a state."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        fresh = {str(step.get("to")) for step in leaving.get(waiting.pop(), ())} - seen
        seen |= fresh
        waiting += fresh
    return seen


def _own_ends(own: Mapping[str, list[Part]], start: str, states: Mapping[str, Any]) -> set[str]:
    """The states of the pack that the city's own steps come to from a state, through its own states alone."""
    ends, seen, waiting = set(), {start}, [start]
    while waiting:
        state = waiting.pop()
        if state in states:
            ends.add(state)
            continue
        fresh = {str(step.get("to")) for step in own.get(state, ())} - seen
        seen |= fresh
        waiting += fresh
    return ends


def _flags(base: Body, body: Body) -> Iterator[Problem]:
    old = _by_id(base)
    legal = {flag for step in old.values() for flag in _flags_of(step)}
    for step in body["transitions"]:
        if step["id"] not in old and (touched := sorted(legal & _flags_of(step))):
            words = f"“{'、'.join(touched)}”是法定流程的标记，本市自己的步骤不能改动，请去掉"
            yield locked(f"transitions.{step['id']}.flags", words)


def _flags_of(step: Part) -> set[str]:
    flags = step.get("flags") or {}
    return {*flags.get("set", ()), *flags.get("clear", ())}


def _title(body: Body, state: str) -> str:
    part = body["states"].get(state)
    return str(part.get("title", state)) if part else state
