"""Where states are drawn, which is also their order in the list."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from saas.workflow import layout
from saas.workflow.editing.parts import Body, Edit, EditError, get, source_list, title_of
from saas.workflow.layout import Layout

_FARTHEST = 20_000  # pixels from the map's corner


def layout_of(body: Mapping[str, Any]) -> Layout:
    """The places of the states of a body."""
    states = body.get("states", {})
    edges = [(source, step["to"]) for step in body.get("transitions", []) for source in source_list(step)]
    starts = [body["initial"], *(way["to"] for way in body.get("opens", []) if "to" in way)]
    return layout.arrange([*starts, *states], edges, body.get("layout") or {}, among=states)


def place(body: Mapping[str, Any], state: str, x: int, y: int) -> Edit:
    """A body in which a state stands somewhere else on the map."""
    get(body, f"states.{state}")
    if max(abs(x), abs(y)) > _FARTHEST:
        raise EditError({"": "位置太远，请放在图的范围内。"})
    return _pinned(body, {state: (x, y)}, f"移动环节“{title_of(body, f'states.{state}')}”", f"states.{state}")


def move(body: Mapping[str, Any], state: str, by: int) -> Edit:
    """A body in which a state has changed places with the one before it (`by` -1) or after it (1) in the list."""
    found = layout_of(body)
    order = found.reading_order()
    get(body, f"states.{state}")
    there = order.index(state) + by
    if not 0 <= there < len(order):
        raise EditError({"": "已经是第一个环节了。" if by < 0 else "已经是最后一个环节了。"})
    other = order[there]
    spots = {state: found.places[other], other: found.places[state]}
    word = "上移" if by < 0 else "下移"
    return _pinned(body, spots, f"{word}环节“{title_of(body, f'states.{state}')}”", f"states.{state}")


def arrange(body: Mapping[str, Any]) -> Edit:
    """A body whose map is laid out by itself again."""
    made = deepcopy(dict(body))
    had = made.pop("layout", None)
    return Edit(made, "自动排列流程图" if had else "", "")


def _pinned(body: Mapping[str, Any], spots: Mapping[str, tuple[int, int]], what: str, at: str) -> Edit:
    made: Body = deepcopy(dict(body))
    made["layout"] = {**(made.get("layout") or {}), **{state: list(spot) for state, spot in spots.items()}}
    return Edit(made, what, at)
