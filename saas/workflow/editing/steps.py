"""Drawing a step from one state to another, and putting a state into a step."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from saas.workflow.editing.changing import add
from saas.workflow.editing.parts import Edit, EditError, get, source_list, title_of

SYSTEM = "system"


def connect(body: Mapping[str, Any], source: str, to: str) -> Edit:
    """A body with a new step between two states, done by whoever is at work in the first."""
    for state in (source, to):
        get(body, f"states.{state}")
    made = add(body, "transitions", {"title": "办理", "from": [source], "to": to, "by": _people(body, source)})
    told = f"添加从“{title_of(body, f'states.{source}')}”到“{title_of(body, f'states.{to}')}”的办理事项"
    return Edit(made.body, told, made.place)


def _people(body: Mapping[str, Any], state: str) -> list[str]:
    """The roles that wait there, else those that take steps from there, else the first there is."""
    waiting = list(body["states"][state].get("queue", ()))
    acting = [role for step in body.get("transitions", []) if state in source_list(step) for role in step["by"]]
    known = [role for role in body.get("roles", {}) if role != SYSTEM]
    return waiting or list(dict.fromkeys(acting)) or known[:1]


def insert(body: Mapping[str, Any], step: str, *, title: str, action: str, by: Sequence[str]) -> Edit:
    """A body with a state put into a step: the step now leads to it, and a new step from it to where that led.

    Args:
        body: The body so far.
        step: The id of the step.
        title: What the new state is called.
        action: What is done there to go on; without it 完成 and the state's title.
        by: The roles that do it.
    """
    old = get(body, f"transitions.{step}")
    wanted = (("title", "请填写环节名称。", title), ("by", "请选择由谁办理。", by))
    if missing := {key: told for key, told, value in wanted if not value}:
        raise EditError(missing)
    source = body["states"].get(source_list(old)[0], {})
    state = {"title": title, "queue": list(by), "phase": source.get("phase"), "public": source.get("public")}
    with_state = add(body, "states", state)
    new = with_state.place.partition(".")[2]
    onward = {"title": action or f"完成{title}", "from": [new], "to": old["to"], "by": list(by), "primary": True}
    made = deepcopy(add(with_state.body, "transitions", onward).body)
    get(made, f"transitions.{step}")["to"] = new
    made["states"] = _after(made["states"], source_list(old)[0], new)
    return Edit(made, f"在“{old['title']}”之后插入环节“{title}”", with_state.place)


def follow(body: Mapping[str, Any], source: str, values: Mapping[str, Any]) -> Edit:
    """A body with a new state that follows another, and a step that leads there."""
    made = add(body, "states", values)
    new = made.place.partition(".")[2]
    joined = connect(made.body, source, new).body
    joined["states"] = _after(joined["states"], source, new)
    return Edit(joined, f"{made.what}，接在“{title_of(body, f'states.{source}')}”之后", made.place)


def _after(states: Mapping[str, Any], one: str, new: str) -> dict[str, Any]:
    """The states with the new one in the order right after another."""
    order = [id_ for id_ in states if id_ != new]
    order.insert(order.index(one) + 1 if one in order else len(order), new)
    return {id_: states[id_] for id_ in order}
