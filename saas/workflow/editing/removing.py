"""Taking a part away, with what hung on it."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from saas.workflow.editing.locks import lock_of
from saas.workflow.editing.parts import KINDS, Body, Edit, EditError, get, source_list, split, title_of

_CLOCK_ENDS = ("start", "stop", "pause", "resume")


def remove(body: Mapping[str, Any], place: str, base: Mapping[str, Any] | None = None) -> Edit:
    """A body without a part; a state goes with the steps that lead only to it or from it.

    An EditError says why something cannot go: the law's pack `base` has it, or something else begins with it.
    """
    made = deepcopy(dict(body))
    kind, id_ = split(place)
    get(made, place)
    title = title_of(made, place)
    if lock := lock_of(base, place):
        law = f"（{lock.law}）" if lock.law else ""
        raise EditError({"": f"{KINDS[kind].word}“{title}”是法定流程的一部分{law}，不能删除。"})
    also = _TAKERS[kind](made, id_, base) if kind in _TAKERS else []
    if kind not in _TAKERS:
        _drop(made, kind, id_)
    return Edit(made, f"删除{KINDS[kind].word}“{title}”" + (f"，连同{'、'.join(also)}" if also else ""), "")


def _drop(body: Body, kind: str, id_: str) -> None:
    if KINDS[kind].by_id:
        del body[kind][id_]
    elif kind == "invariants":
        del body[kind][int(id_)]
    else:
        body[kind] = [part for part in body[kind] if part["id"] != id_]


def _take_state(body: Body, state: str, base: Mapping[str, Any] | None) -> list[str]:
    if body.get("initial") == state or any(way.get("to") == state for way in body.get("opens", [])):
        raise EditError({"": "案件从这个环节开始，不能删除；请先让收件方式去向别的环节。"})
    for step in body.get("transitions", []):
        # A step of the law's that was led through the state leads again where the law has it.
        if step["to"] == state and (lock := lock_of(base, f"transitions.{step['id']}")):
            step["to"] = lock.part["to"]
    gone = [one for one in body.get("transitions", []) if one["to"] == state or source_list(one) == [state]]
    for step in gone:
        _take_step(body, step["id"], base)
    for step in body.get("transitions", []):
        if state in source_list(step):
            step["from"] = [one for one in source_list(step) if one != state]
    body.get("layout", {}).pop(state, None)
    _drop(body, "states", state)
    return [f"“{step['title']}”" for step in gone]


def _take_step(body: Body, step: str, _base: Mapping[str, Any] | None) -> list[str]:
    """A step or a way goes, and so does every mention of it; a limit has to begin with something."""
    for clock in body.get("clocks", {}).values():
        _forget(clock, step)
    for other in body.get("transitions", []):
        if step in other.get("not_same_as", ()):
            other["not_same_as"] = [one for one in other["not_same_as"] if one != step]
    for kind in ("transitions", "opens"):
        _drop(body, kind, step)
    return []


def _forget(clock: dict[str, Any], step: str) -> None:
    if clock["start"] == [step]:
        raise EditError({"": f"时限“{clock['title']}”从这里起算；请先修改或者删除这个时限。"})
    for end in _CLOCK_ENDS:
        if step in clock.get(end, ()):
            clock[end] = [one for one in clock[end] if one != step]
    if clock.get("extend", {}).get("on") == step:
        del clock["extend"]


def _take_role(body: Body, role: str, _base: Mapping[str, Any] | None) -> list[str]:
    steps = [*body.get("opens", []), *body.get("transitions", [])]
    using = [one["title"] for one in steps if role in one.get("by", ())]
    using += [one["title"] for one in body.get("states", {}).values() if role in one.get("queue", ())]
    if using:
        raise EditError({"": f"“{'”“'.join(using[:5])}”由这个角色办理；请先换成别的角色，再删除。"})
    _drop(body, "roles", role)
    return []


_TAKERS = {"states": _take_state, "transitions": _take_step, "opens": _take_step, "roles": _take_role}
