"""What the law's pack keeps in its place: which parts, by which article, and what may still be said of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from saas.workflow.editing.parts import as_list, find, split

_OPEN: Mapping[str, frozenset[str]] = {
    "states": frozenset({"title", "public", "next", "queue", "phase", "verbs"}),
    "transitions": frozenset(
        {"title", "from", "to", "by", "documents", "when", "not_same_as", "comment", "confirm", "primary"}
        | {"message", "law"}
    ),
    "opens": frozenset({"title", "by", "documents", "when", "message", "law"}),
    "clocks": frozenset({"title", "n", "warn", "public", "law", "verified"}),
    "roles": frozenset({"title"}),
    "invariants": frozenset(),
}
_LEFT_OPEN: Mapping[str, frozenset[str]] = {
    "transitions": frozenset({"form", "sign", "only", "assign"}),
    "opens": frozenset({"form"}),
}
"""Keys that a city may fill in where the pack says nothing."""
GROWING = ("from", "documents", "when", "not_same_as")
"""Lists to which a city may add, and from which it may take nothing."""


@dataclass(frozen=True)
class Lock:
    """That a part is the pack's: its kind, its article, and what it says."""

    kind: str
    law: str | None
    part: Mapping[str, Any]

    def allows(self, key: str) -> bool:
        """Whether a city may change this key; a remark that is required stays so."""
        if key == "comment" and self.part.get(key) == "required":
            return False
        return key in _OPEN[self.kind] or (key in _LEFT_OPEN.get(self.kind, ()) and not self.part.get(key))


def lock_of(base: Mapping[str, Any] | None, place: str) -> Lock | None:
    """The lock on a place, None where the part is the city's own."""
    kind, _ = split(place)
    part = find(base, place) if base else None
    return None if part is None else Lock(kind, part.get("law"), part)


def kept(lock: Lock | None, key: str) -> list[Any]:
    """What the pack has in a list that may only grow."""
    return as_list(lock.part.get(key)) if lock and key in GROWING else []
