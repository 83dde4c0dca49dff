"""Lays a city's changes over a statutory pack: add and tighten, never remove or loosen."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from saas.workflow import inserting, rough, tightening
from saas.workflow.problem import Problem
from saas.workflow.tightening import Changed, Found

LISTS: Mapping[str, tuple[str, Changed]] = {
    "opens": ("id", tightening.step),
    "transitions": ("id", tightening.step),
    "forms": ("key", tightening.same),
    "papers": ("code", tightening.same),
    "figures": ("code", tightening.same),
    "scenarios": ("id", tightening.same),
}
"""Parts that are lists: what they are known by, and what a city may change of them."""
MAPS: Mapping[str, Changed] = {
    "states": tightening.state,
    "clocks": tightening.clock,
    "decisions": tightening.decision,
    "params": tightening.param,
}
"""Parts that are mappings by id."""
NAMES = ("roles", "fields")
REPLACED = ("title", "law", "base", "page", "number", "verbs")
_TOP = {"format", "phases", "invariants", "extra_fields", "layout", *REPLACED, *LISTS, *MAPS, *NAMES}


class OverlayError(ValueError):
    """Changes that would remove or loosen something; `problems` names every place."""

    def __init__(self, problems: list[Problem]) -> None:
        """Refuse with all the places at once."""
        super().__init__("；".join(f"{problem.place}：{problem.message}" for problem in problems))
        self.problems = problems


def merge(base: Mapping[str, Any], overlay: Mapping[str, Any]) -> dict[str, Any]:
    """The body a city runs: the base with the overlay's additions and tighter limits.

    Raises:
        OverlayError: the overlay names another base, removes, or loosens.
    """
    body, found = lay(base, overlay)
    if found:
        raise OverlayError(found)
    return body


def lay(base: Mapping[str, Any], overlay: Mapping[str, Any]) -> tuple[dict[str, Any], Found]:
    """The merged body, and everything the overlay must not do."""
    found: Found = rough.check(overlay)
    if found:
        return dict(base), found
    body = deepcopy(dict(base))
    _head(base, overlay, found)
    for key, (name, how) in LISTS.items():
        _list(key, name, how, body, overlay, found)
    for key, how in MAPS.items():
        if overlay.get(key):
            body[key] = tightening.by_id(key, body.get(key, {}), overlay[key], how, found)
    for key in NAMES:
        _names(key, body, overlay, found)
    _others(body, overlay, found)
    found += inserting.check(base, body)
    return body, found


def _head(base: Mapping[str, Any], overlay: Mapping[str, Any], found: Found) -> None:
    stated = {"key": base.get("key"), "version": base.get("version")}
    if overlay.get("base") != stated:
        wanted = f"{stated['key']} 第{stated['version']}版"
        found.append(tightening.locked("base", f"这些改动不是针对法定流程“{wanted}”的，请改正 base"))
    if overlay.get("format") != base.get("format"):
        found.append(tightening.locked("format", f"格式须为 {base.get('format')}，请改正"))
    found.extend(tightening.unchangeable("definition", key, base.get(key)) for key in overlay if key not in _TOP)


def _list(key: str, name: str, how: Changed, body: dict[str, Any], overlay: Mapping[str, Any], found: Found) -> None:
    changes = {str(change.get(name)): change for change in overlay.get(key) or ()}
    if changes:
        parts = {part[name]: part for part in body.get(key) or ()}
        body[key] = list(tightening.by_id(key, parts, changes, how, found).values())


def _names(key: str, body: dict[str, Any], overlay: Mapping[str, Any], found: Found) -> None:
    changes = overlay.get(key) or {}
    old = body.get(key, {})
    if key == "fields":
        other = [name for name, kind in changes.items() if old.get(name, kind) != kind]
        found.extend(tightening.unchangeable("fields", name, old[name]) for name in other)
    if changes:
        body[key] = {**old, **changes}


def _others(body: dict[str, Any], overlay: Mapping[str, Any], found: Found) -> None:
    if overlay.get("invariants"):
        body["invariants"] = [*body.get("invariants", ()), *overlay["invariants"]]
    if overlay.get("phases") is not None:
        body["phases"] = _superset(body.get("phases", []), overlay["phases"], found)
    for form, added in (overlay.get("extra_fields") or {}).items():
        own = dict(body.get("extra_fields") or {})
        body["extra_fields"] = {**own, form: [*own.get(form, ()), *added]}
    if overlay.get("layout"):
        body["layout"] = {**(body.get("layout") or {}), **overlay["layout"]}
    if "verbs" in overlay:
        tightening.verbs("definition", body.get("verbs"), overlay["verbs"], found)
    body |= {key: overlay[key] for key in REPLACED if overlay.get(key) or (key == "verbs" and key in overlay)}


def _superset(old: list[Any], new: list[Any], found: Found) -> list[Any]:
    if missing := [item for item in old if item not in new]:
        found.append(tightening.removed("phases", "、".join(missing)))
    return list(new)
