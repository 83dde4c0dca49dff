"""Lays a city's local file over the national one: add and tighten, never remove or loosen."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

# Keys whose parts are lists of {id, …}, and keys whose parts are mappings by id.
_LISTS = ("opens", "transitions")
_MAPS = ("states", "clocks")
_NAMES = ("roles", "fields")
_GROWING = ("documents", "checks", "not_same_as", "from", "when")
_FREE = (
    "title",
    "public",
    "next",
    "confirm",
    "message",
    "primary",
    "quiet",
    "law",
    "form",
    "queue",
    "phase",
    "comment",
)
_CLOCK_FREE = ("title", "warn", "public", "law", "verified", "setting", "n", "extend")
_TOP = ("format", "base", "title", "law", "phases", "invariants", *_LISTS, *_MAPS, *_NAMES)


class OverlayError(ValueError):
    """A local file that would remove or loosen something; `problems` names every place."""

    def __init__(self, problems: list[str]) -> None:
        """Refuse with all the places at once."""
        super().__init__("; ".join(problems))
        self.problems = problems


def merge(base: Mapping[str, Any], overlay: Mapping[str, Any]) -> dict[str, Any]:
    """The body a city runs: the base with the overlay's additions and tighter limits.

    Raises:
        OverlayError: the overlay names another base, removes, or loosens.
    """
    problems: list[str] = []
    body = deepcopy(dict(base))
    _check_head(base, overlay, problems)
    for key in _LISTS:
        _merge_list(key, body, overlay, problems)
    for key in _MAPS:
        _merge_map(key, body, overlay, problems)
    for key in _NAMES:
        _merge_names(key, body, overlay, problems)
    body["invariants"] = [*body.get("invariants", ()), *overlay.get("invariants", ())]
    body["phases"] = _superset("phases", body.get("phases", []), overlay.get("phases"), problems)
    body |= {key: overlay[key] for key in ("title", "law", "base") if overlay.get(key)}
    if problems:
        raise OverlayError(problems)
    return body


def _check_head(base: Mapping[str, Any], overlay: Mapping[str, Any], problems: list[str]) -> None:
    stated = {"key": base.get("key"), "version": base.get("version")}
    if overlay.get("base") != stated:
        problems.append(f"base: {stated} is expected")
    if overlay.get("format") != base.get("format"):
        problems.append(f"format: {base.get('format')} is expected")
    problems.extend(f"{key}: may not be changed" for key in overlay if key not in _TOP)


def _merge_list(key: str, body: dict[str, Any], overlay: Mapping[str, Any], problems: list[str]) -> None:
    parts = {part["id"]: part for part in body.get(key, ())}
    for change in overlay.get(key) or ():
        place = f"{key}.{change.get('id')}"
        old = parts.get(change.get("id"))
        parts[change.get("id")] = change if old is None else _step(place, old, change, problems)
    body[key] = list(parts.values())


def _merge_map(key: str, body: dict[str, Any], overlay: Mapping[str, Any], problems: list[str]) -> None:
    parts = dict(body.get(key, {}))
    merged = _clock if key == "clocks" else _step
    for id_, change in (overlay.get(key) or {}).items():
        if change is None:
            problems.append(f"{key}.{id_}: may not be removed")
        elif id_ in parts:
            parts[id_] = merged(f"{key}.{id_}", parts[id_], change, problems)
        else:
            parts[id_] = change
    body[key] = parts


def _merge_names(key: str, body: dict[str, Any], overlay: Mapping[str, Any], problems: list[str]) -> None:
    changes = overlay.get(key) or {}
    old = body.get(key, {})
    if key == "fields":
        problems.extend(
            f"fields.{name}: its type may not be changed"
            for name, kind in changes.items()
            if old.get(name, kind) != kind
        )
    body[key] = {**old, **changes}


def _superset(place: str, old: list[Any], new: list[Any] | None, problems: list[str]) -> list[Any]:
    if new is None:
        return list(old)
    if missing := [item for item in old if item not in new]:
        problems.append(f"{place}: {missing} may not be removed")
    return list(new)


def _step(place: str, old: Mapping[str, Any], change: Mapping[str, Any], problems: list[str]) -> dict[str, Any]:
    """A state or a step with the changes that cannot loosen it; lists of conditions only grow."""
    merged = dict(old)
    for key, value in change.items():
        if value is None:
            problems.append(f"{place}.{key}: may not be removed")
        elif key in _GROWING:
            merged[key] = _grown(old.get(key), value)
        elif key == "by":
            merged[key] = _narrowed(place, old, value, problems)
        elif value == old.get(key) or _may_change(key, old):
            merged[key] = value
        else:
            problems.append(f"{place}.{key}: may not be changed")
    return merged


def _may_change(key: str, old: Mapping[str, Any]) -> bool:
    """Words, and what the base leaves open, are the city's; a required remark stays required."""
    if key == "comment":
        return old.get("comment") != "required"
    return key in _FREE or (key in {"only", "file", "assign"} and key not in old)


def _grown(old: Any, new: Any) -> list[Any]:  # noqa: ANN401  a text or a list from a file
    before = old if isinstance(old, list) else [old] if old else []
    added = new if isinstance(new, list) else [new]
    return [*before, *(item for item in added if item not in before)]


def _narrowed(place: str, old: Mapping[str, Any], new: list[str], problems: list[str]) -> list[str]:
    if not new or not set(new) <= set(old.get("by", ())):
        problems.append(f"{place}.by: only roles of the base may stay")
    return new


def _clock(place: str, old: Mapping[str, Any], change: Mapping[str, Any], problems: list[str]) -> dict[str, Any]:
    """A clock with the changes allowed: words, warnings, and a limit that is not looser."""
    for key, value in change.items():
        if value is None:
            problems.append(f"{place}.{key}: may not be removed")
        elif key not in _CLOCK_FREE and value != old.get(key):
            problems.append(f"{place}.{key}: may not be changed")
    if "n" in change and not _is_as_strict(str(old.get("kind")), old.get("n"), change["n"]):
        problems.append(f"{place}.n: {change['n']} is looser than {old.get('n')}")
    if not _extends_no_more(old.get("extend"), change.get("extend", old.get("extend"))):
        problems.append(f"{place}.extend: may not be larger")
    return {**old, **change}


def _is_as_strict(kind: str, old: int | None, new: int | None) -> bool:
    """A duty may only get shorter, a right and a notice only longer; a fixed limit stays."""
    if old is None or new is None:
        return new is not None
    return {"duty": new <= old, "right": new >= old, "notice": new >= old}.get(kind, new == old)


def _extends_no_more(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> bool:
    if old == new:
        return True
    if not old or not new:
        return False
    same = {**old, "max": 0, "times": 0, "law": ""} == {**new, "max": 0, "times": 0, "law": ""}
    return same and new.get("max", 0) <= old["max"] and new.get("times", 1) <= old.get("times", 1)
