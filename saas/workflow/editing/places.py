"""Where states are drawn, and their order in the list."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from saas.workflow.editing.parts import Body, Edit, EditError, get, title_of

_FARTHEST = 20_000  # pixels from the map's corner


def place(body: Mapping[str, Any], state: str, x: int, y: int) -> Edit:
    """A body in which a state stands somewhere else on the map."""
    get(body, f"states.{state}")
    if max(abs(x), abs(y)) > _FARTHEST:
        raise EditError({"": "位置太远，请放在图的范围内。"})
    made: Body = deepcopy(dict(body))
    made["layout"] = {**(made.get("layout") or {}), state: [x, y]}
    return Edit(made, f"移动环节“{title_of(body, f'states.{state}')}”的位置", f"states.{state}")


def move(body: Mapping[str, Any], state: str, by: int) -> Edit:
    """A body in which a state comes earlier (`by` -1) or later (1) in the list."""
    made: Body = deepcopy(dict(body))
    get(body, f"states.{state}")
    order = list(made["states"])
    here = order.index(state)
    if not 0 <= here + by < len(order):
        raise EditError({"": "已经是第一个环节了。" if by < 0 else "已经是最后一个环节了。"})
    order[here], order[here + by] = order[here + by], order[here]
    made["states"] = {one: made["states"][one] for one in order}
    word = "上移" if by < 0 else "下移"
    return Edit(made, f"{word}环节“{title_of(body, f'states.{state}')}”", f"states.{state}")


def arrange(body: Mapping[str, Any]) -> Edit:
    """A body whose map is laid out by itself again."""
    made = deepcopy(dict(body))
    had = made.pop("layout", None)
    return Edit(made, "自动排列流程图" if had else "", "")
