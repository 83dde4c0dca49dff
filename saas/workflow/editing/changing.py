"""Adding a part, changing one, and changing what is said of the whole process."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from saas.workflow.editing.parts import KINDS, WORDS, Body, Edit, EditError, as_list, fresh_id, get, split, title_of

HEAD = ("title", "phases", "verbs", "law")
_EMPTY: tuple[object, ...] = ("", [], {})
_TELLING = frozenset({"verbs", "roll"})
"""Keys where an empty list or a no says something: no verb at all, a last day that is not put off."""


def add(body: Mapping[str, Any], kind: str, values: Mapping[str, Any], *, id_: str | None = None) -> Edit:
    """A body with one more part; an EditError names what is missing.

    Args:
        body: The body so far.
        kind: One of `KINDS`.
        values: What the part says, by key.
        id_: A role's code; other parts get an id of their own.
    """
    made = deepcopy(dict(body))
    _demand(kind, values)
    new = id_ or fresh_id(body, kind)
    if id_ and id_ in made.get(kind, {}):
        raise EditError({"code": "这个角色已经在流程里了。"})
    part = _with({}, values)
    place = _put_in(made, kind, new, part)
    return Edit(made, f"添加{KINDS[kind].word}“{title_of(made, place)}”", place)


def _put_in(body: Body, kind: str, id_: str, part: dict[str, Any]) -> str:
    if kind == "roles":
        body.setdefault(kind, {})[id_] = part["title"]
    elif KINDS[kind].by_id:
        body.setdefault(kind, {})[id_] = part
    elif kind == "invariants":
        rules = body.setdefault(kind, [])
        rules.append(part)
        return f"{kind}.{len(rules) - 1}"
    else:
        body.setdefault(kind, []).append({"id": id_, **part})
    return f"{kind}.{id_}"


def change(body: Mapping[str, Any], place: str, values: Mapping[str, Any]) -> Edit:
    """A body with a part changed; keys that are not named stay, empty values take a key away.

    The sentence is empty where nothing is different.
    """
    made = deepcopy(dict(body))
    kind, id_ = split(place)
    old = get(made, place)
    part = _with(old, values)
    _demand(kind, part)
    changed = [WORDS.get(key, key) for key in values if not _same(old.get(key), part.get(key))]
    before = title_of(made, place)
    _replace(made, kind, id_, part)
    what = f"修改{KINDS[kind].word}“{before}”的{'、'.join(changed)}" if changed else ""
    return Edit(made, what, place)


def _replace(body: Body, kind: str, id_: str, part: dict[str, Any]) -> None:
    if kind == "roles":
        body[kind][id_] = part["title"]
    elif KINDS[kind].by_id:
        body[kind][id_] = part
    elif kind == "invariants":
        body[kind][int(id_)] = part
    else:
        body[kind] = [part if one["id"] == id_ else one for one in body[kind]]


def change_head(body: Mapping[str, Any], values: Mapping[str, Any]) -> Edit:
    """A body with the process's own title, phases or verbs changed."""
    if "title" in values and not values["title"]:
        raise EditError({"title": "请填写流程名称。"})
    made = _with(deepcopy(dict(body)), {key: value for key, value in values.items() if key in HEAD})
    changed = [WORDS[key] for key in HEAD if not _same(body.get(key), made.get(key))]
    return Edit(made, f"修改流程的{'、'.join(changed)}" if changed else "", "")


def _with(part: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(part)
    for key, value in values.items():
        if _is_empty(key, value):
            made.pop(key, None)
        elif not _same(made.get(key), value):
            made[key] = value
    return made


def _is_empty(key: str, value: object) -> bool:
    return value is None or (key not in _TELLING and (value is False or value in _EMPTY))


def _same(old: object, new: object) -> bool:
    """Whether two values say the same; one text and a list of it do."""
    if old is None or new is None:
        return old is new
    return as_list(old) == as_list(new) if isinstance(old, list) or isinstance(new, list) else old == new


def _demand(kind: str, part: Mapping[str, Any]) -> None:
    """Every kind has what it cannot do without; of a rule one of its three shapes, a limit its length."""
    missing = {key: told for key, told in KINDS[kind].required.items() if not part.get(key)}
    if kind == "clocks" and part.get("n") is None and not part.get("setting"):
        missing["n"] = "请填写时长。"
    if kind == "invariants":
        shapes = [part.get("must_pass") and part.get("before"), part.get("never"), part.get("separate")]
        if sum(bool(shape) for shape in shapes) != 1:
            missing["shape"] = "请把这条规则填写完整。"
    if missing:
        raise EditError(missing)
