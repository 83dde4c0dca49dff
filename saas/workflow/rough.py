"""Whether changes of a pack are of the kinds they should be, before they are laid over it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from saas.workflow.problem import Problem, error

_LISTS = ("opens", "transitions", "forms", "papers", "figures", "scenarios", "invariants")
_MAPS = ("states", "clocks", "decisions", "params", "roles", "fields", "extra_fields", "layout")
_KEYS = {"opens": "id", "transitions": "id", "scenarios": "id", "forms": "key", "papers": "code", "figures": "code"}


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_part(value: object) -> bool:
    return isinstance(value, dict)


def _is_part_or_nothing(value: object) -> bool:
    return value is None or isinstance(value, dict)


def _is_parts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _is_number(value: object) -> bool:
    return type(value) is int


def _is_text(value: object) -> bool:
    return isinstance(value, str)


_PLAIN: Mapping[str, Callable[[object], bool]] = {
    "roles": _is_text,
    "fields": _is_text,
    "extra_fields": _is_parts,
    "layout": lambda value: isinstance(value, list),
}
"""Mappings to something else than parts; of the others, `null` for leaving out is known too, and refused later."""
_KINDS: Mapping[str, Callable[[object], bool]] = {
    **dict.fromkeys(("by", "documents", "checks", "not_same_as", "queue", "warn", "verbs", "final"), _is_words),
    **dict.fromkeys(("start", "stop", "pause", "resume"), _is_words),
    **dict.fromkeys(("flags", "sign", "extend", "message", "propose", "regions", "inputs", "values"), _is_part),
    **dict.fromkeys(("rules",), _is_parts),
    **dict.fromkeys(("to", "title", "id", "unit", "kind", "setting", "law"), _is_text),
    **dict.fromkeys(("n",), _is_number),
    "from": lambda value: _is_text(value) or _is_words(value),
    "when": lambda value: _is_text(value) or _is_parts(value),
}


def check(overlay: Mapping[str, Any]) -> list[Problem]:
    """What is of the wrong kind, each with its place."""
    return list(_wrong(overlay))


def _wrong(overlay: Mapping[str, Any]) -> Iterator[Problem]:
    for key in _LISTS:
        yield from _list(key, overlay.get(key) or [])
    for key in _MAPS:
        yield from _map(key, overlay.get(key) or {})
    for key in ("verbs", "phases"):
        if not _is_words(overlay.get(key) or []):
            yield _bad(key)


def _list(key: str, given: object) -> Iterator[Problem]:
    if not isinstance(given, list) or not _is_parts(given):
        yield _bad(key)
        return
    name = _KEYS.get(key)
    for number, part in enumerate(given):
        if name and not isinstance(part.get(name), str):
            yield error("WF000", f"{key}.{number}", f"缺少“{name}”，请写明改的是哪一项")
        yield from _part(f"{key}.{part.get(name, number) if name else number}", part)


def _map(key: str, given: object) -> Iterator[Problem]:
    if not isinstance(given, dict):
        yield _bad(key)
        return
    fits = _PLAIN.get(key, _is_part_or_nothing)
    for id_, part in given.items():
        if not fits(part):
            yield _bad(f"{key}.{id_}")
        elif isinstance(part, dict):
            yield from _part(f"{key}.{id_}", part)


def _part(place: str, part: Mapping[str, Any]) -> Iterator[Problem]:
    for key, value in part.items():
        fits = _KINDS.get(key)
        if fits and value is not None and not fits(value):
            yield _bad(f"{place}.{key}")
    for id_, region in (part.get("regions") or {}).items() if _is_part(part.get("regions")) else ():
        yield from _region(f"{place}.regions.{id_}", region)


def _region(place: str, region: object) -> Iterator[Problem]:
    if not isinstance(region, dict):
        yield _bad(place)
        return
    steps, states = region.get("transitions", []), region.get("states", {})
    if not _is_parts(steps) or not all("id" in step for step in steps):
        yield _bad(f"{place}.transitions")
    if not _is_part(states) or not all(_is_part(state) for state in states.values()):
        yield _bad(f"{place}.states")


def _bad(place: str) -> Problem:
    return error("WF000", place, "内容的种类不对（例如该写列表的地方写了文字），请对照其他同类内容改正")
