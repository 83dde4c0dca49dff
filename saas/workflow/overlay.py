"""Takes apart what merging puts together: the changes that make a city's body out of a pack."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from saas.workflow.merge import LISTS, MAPS, NAMES, REPLACED, OverlayError, lay
from saas.workflow.problem import Problem
from saas.workflow.tightening import GROWING, WORDS, locked, named, removed, unchangeable

__all__ = ["OverlayError", "difference"]

_FIXED = ("format", "key", "domain", "initial")
_UNORDERED = {*GROWING, "by", "invariants"}
_PARTS = {*LISTS, *MAPS, *NAMES}
_UNTOLD = ("base", "version", "layout")


def difference(base: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """The overlay that :func:`saas.workflow.merge.merge` lays over the base to give the body.

    The order of states and steps is not part of it.

    Raises:
        OverlayError: the body lacks something of the base, or loosens it.
    """
    overlay = _overlay(base, body)
    merged, found = lay(base, overlay)
    found = [unchangeable("definition", key, base.get(key)) for key in _FIXED if base.get(key) != body.get(key)] + found
    known = {problem.place for problem in found}
    lost = _lost(_plain(merged), _plain(body), "")
    found += [problem for problem in lost if not any(_covers(place, problem.place) for place in known)]
    if found:
        raise OverlayError(found)
    return overlay


def _covers(place: str, inner: str) -> bool:
    return place == inner or place.startswith(f"{inner}.") or inner.startswith(f"{place}.")


def _overlay(base: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    overlay: dict[str, Any] = {
        "format": base.get("format"),
        "base": {"key": base.get("key"), "version": base.get("version")},
    }
    for key, (name, _) in LISTS.items():
        old = {part[name]: part for part in base.get(key) or ()}
        changed = (_part(old.get(part[name]), part) for part in body.get(key) or ())
        overlay[key] = [change for change in changed if change]
    for key in MAPS:
        overlay[key] = _by_id(base.get(key) or {}, body.get(key) or {})
    for key in NAMES:
        before = base.get(key) or {}
        overlay[key] = {one: value for one, value in (body.get(key) or {}).items() if before.get(one) != value}
    overlay |= {key: body[key] for key in REPLACED if key != "base" and key in body and body[key] != base.get(key)}
    overlay |= _grown_parts(base, body)
    return {key: value for key, value in overlay.items() if value or key == "verbs"}


def _grown_parts(base: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    rules = base.get("invariants") or []
    extra = base.get("extra_fields") or {}
    phases = body.get("phases")
    return {
        "invariants": [rule for rule in body.get("invariants") or () if rule not in rules],
        "extra_fields": {
            form: added
            for form, asked in (body.get("extra_fields") or {}).items()
            if (added := [one for one in asked if one not in extra.get(form, ())])
        },
        "phases": phases if phases != base.get("phases") else None,
        "layout": {} if body.get("layout") == base.get("layout") else body.get("layout"),
    }


def _by_id(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    changes = {id_: _part(old.get(id_), part) for id_, part in new.items()}
    return {id_: change for id_, change in changes.items() if change}


def _part(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a part that are new, with what they are known by; a new part whole; nothing for one unchanged."""
    if old is None:
        return dict(new)
    changes = {key: _change(key, old.get(key), value) for key, value in new.items() if old.get(key) != value}
    changes = {key: value for key, value in changes.items() if value is not None}
    changes |= {key: None for key in (WORDS | {"setting"}) & old.keys() if new.get(key) is None}
    return {key: new[key] for key in ("id", "key", "code") if key in new} | changes if changes else {}


def _change(key: str, old: Any, new: Any) -> Any:  # noqa: ANN401  of any key
    if key == "regions" and old:
        return _by_id(old, new) or None
    if key not in GROWING:
        return new if new is not None else None
    before = _listed(old)
    return [one for one in _listed(new) if one not in before] or None


def _listed(value: Any) -> list[Any]:  # noqa: ANN401  a text or a list
    return list(value) if isinstance(value, list | tuple) else [value] if value else []


def _plain(body: Mapping[str, Any]) -> dict[str, Any]:
    """A body in which only what is said counts: lists of parts by id, empty values left out."""
    found = {key: _value(key, value) for key, value in body.items() if key not in _UNTOLD}
    return {key: value for key, value in found.items() if not _is_unsaid(value)}


def _is_unsaid(value: Any) -> bool:  # noqa: ANN401  any part of a body
    return value is None or value is False or value in ({}, [])


def _value(key: str, value: Any) -> Any:  # noqa: ANN401  any part of a body
    if key in _UNORDERED:
        return sorted((_value("", one) for one in _listed(value)), key=repr)
    if isinstance(value, Mapping):
        return _plain(value)
    if isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        return _identified([_plain(one) for one in value])
    return value


def _identified(parts: list[dict[str, Any]]) -> Any:  # noqa: ANN401  a mapping by id, or the list
    for name in ("id", "key", "code"):
        if all(name in part for part in parts):
            return {str(part[name]): part for part in parts}
    return parts


def _lost(merged: Mapping[str, Any], body: Mapping[str, Any], place: str) -> Iterator[Problem]:
    """What the merged body has and the city's has not."""
    for key, value in merged.items():
        here = f"{place}.{key}" if place else key
        mine = body.get(key)
        if mine == value:
            continue
        if isinstance(value, Mapping) and (isinstance(mine, Mapping) or here in _PARTS):
            yield from _lost(value, mine or {}, here)
        elif isinstance(value, list):
            yield from _lost_items(here, value, _listed(mine))
        else:
            yield removed(here, value.get("title", key) if isinstance(value, Mapping) else named(key))


def _lost_items(place: str, wanted: Iterable[Any], mine: list[Any]) -> Iterator[Problem]:
    lost = [one for one in wanted if one not in mine]
    if not lost:
        yield locked(place, "法定流程规定的顺序不能改，请恢复原来的顺序")
    for one in lost:
        yield removed(place, _words(one))


def _words(item: Any) -> str:  # noqa: ANN401  an item of a list of a body
    if not isinstance(item, Mapping):
        return str(item)
    return str(item.get("title") or item.get("why") or item.get("that") or item.get("law") or "这一项")
