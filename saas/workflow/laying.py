"""Lays two changes of one body over each other, part by part, and says where both changed the same thing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saas.workflow.tightening import GROWING

Path = tuple[str, ...]
MISSING = object()
"""Stands for what a body does not say, which is another thing than saying nothing."""

_SETS = {*GROWING, "phases", "invariants", "rules"}
"""Lists whose items stand for themselves: what each side added or took away is laid over the other's."""
_NAMES = ("id", "key", "code")


@dataclass(frozen=True)
class Both:
    """A place that the law and the city both changed, each in another way; a value may be missing."""

    path: Path
    city: Any
    law: Any

    @property
    def place(self) -> str:
        """Where it is, as checks name it."""
        return ".".join(self.path)


def lay(old: Any, new: Any, city: Any, own: Iterable[Path] = ()) -> tuple[Any, list[Both]]:  # noqa: ANN401
    """The city's body with what the law changed, and every place both changed.

    Args:
        old: What the city began with.
        new: What the law says now.
        city: What the city made of the old.
        own: Of the places both changed, those where the city's holds; at the others the law's does.
    """
    both: list[Both] = []
    return _Laying(frozenset(own), both).value((), old, new, city), both


def put(body: Any, path: Path, value: Any) -> Any:  # noqa: ANN401  any part of a body
    """A copy of a body with another value at one place, or without the place; parents must be there."""
    if not path:
        return value
    some = _parts(body)
    if path[0] not in some and len(path) > 1:
        return body
    changed = put(some.get(path[0], MISSING), path[1:], value)
    made = {**some, path[0]: changed}
    if changed is MISSING:
        del made[path[0]]
    return list(made.values()) if isinstance(body, list) else made


@dataclass(frozen=True)
class _Laying:
    own: frozenset[Path]
    both: list[Both]

    def value(self, path: Path, old: Any, new: Any, city: Any) -> Any:  # noqa: ANN401  any part of a body
        if _same(new, old) or _same(city, new):
            return city
        if _same(city, old):
            return new
        if _is_set(path, old, new, city):
            return _together(*(_listed(one) for one in (old, new, city)))
        if old is MISSING and len(path) == 1:
            old = {}
        if all(_has_parts(one) for one in (old, new, city)):
            parts = self._parts(path, *(_parts(one) for one in (old, new, city)))
            return list(parts.values()) if isinstance(city, list) else parts
        self.both.append(Both(path, city, new))
        return city if path in self.own else new

    def _parts(
        self, path: Path, old: Mapping[str, Any], new: Mapping[str, Any], city: Mapping[str, Any]
    ) -> dict[str, Any]:
        laid = {}
        for key in _in_order(list(city), list(new)):
            one = self.value((*path, key), *(some.get(key, MISSING) for some in (old, new, city)))
            if one is not MISSING:
                laid[key] = one
        return laid


def _same(one: Any, other: Any) -> bool:  # noqa: ANN401  any part of a body
    return one is other if MISSING in (one, other) else bool(one == other)


def _is_set(path: Path, *sides: Any) -> bool:  # noqa: ANN401  any part of a body
    """Whether its items stand for themselves; in a clock `from` is one field, and a part may be called so."""
    is_named = bool(path) and path[-1] in _SETS and path[0] not in ("clocks", "fields")
    return is_named and not any(isinstance(one, Mapping) for one in sides)


def _listed(value: Any) -> list[Any]:  # noqa: ANN401  a text or a list
    return list(value) if isinstance(value, list) else [] if value is MISSING or not value else [value]


def _has_parts(value: Any) -> bool:  # noqa: ANN401  any part of a body
    return isinstance(value, Mapping) or (isinstance(value, list) and (not value or _name(value) is not None))


def _parts(value: Any) -> dict[str, Any]:  # noqa: ANN401  a mapping, or a list of parts that have names
    if isinstance(value, Mapping):
        return dict(value)
    name = _name(value) if isinstance(value, list) else None
    return {str(one[name]): one for one in value} if name else {}


def _name(parts: Sequence[Any]) -> str | None:
    """What the parts of a list are known by; nothing where they stand for themselves."""
    if not all(isinstance(one, Mapping) for one in parts):
        return None
    names = (name for name in _NAMES if parts and all(name in one for one in parts))
    found = next(names, None)
    return found if found and len({one[found] for one in parts}) == len(parts) else None


def _in_order(mine: list[str], others: list[str]) -> list[str]:
    """The keys in one's own order, each of the other's new ones behind the one it follows there."""
    found = list(mine)
    for number, key in enumerate(others):
        if key not in found:
            after = others[number - 1] if number else None
            found.insert(found.index(after) + 1 if after in found else 0, key)
    return found


def _together(old: list[Any], new: list[Any], city: list[Any]) -> list[Any]:
    """What the law says without what the city had taken away, and behind it what the city added."""
    stays = [one for one in new if one in city or one not in old]
    return [*stays, *(one for one in city if one not in old and one not in stays)]
