"""What the law's pack keeps in its place: which parts, by which article, and what may still be said of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from saas.workflow.editing.parts import as_list, find, split

_OPEN: Mapping[str, frozenset[str]] = {
    "states": frozenset({"title", "public", "next", "queue", "phase", "verbs"}),
    "transitions": frozenset(
        {"title", "from", "to", "by", "form", "documents", "when", "not_same_as", "sign", "comment"}
        | {"confirm", "primary", "message", "law"}
    ),
    "opens": frozenset({"title", "by", "form", "documents", "when", "message", "law"}),
    "clocks": frozenset({"title", "n", "warn", "public", "law", "verified"}),
    "roles": frozenset({"title"}),
    "invariants": frozenset(),
}
GROWING = ("from", "documents", "when", "not_same_as")
"""Lists to which a city may add, and from which it may take nothing."""


@dataclass(frozen=True)
class Lock:
    """That a part is the pack's: its article, and the keys a city may still change."""

    law: str | None
    open: frozenset[str]
    part: Mapping[str, Any]

    def allows(self, key: str) -> bool:
        """Whether a city may change this key; a remark that is required, and a signature, stay."""
        fixed = (key == "comment" and self.part.get("comment") == "required") or (key == "sign" and "sign" in self.part)
        return key in self.open and not fixed


def lock_of(base: Mapping[str, Any] | None, place: str) -> Lock | None:
    """The lock on a place, None where the part is the city's own."""
    kind, _ = split(place)
    part = find(base, place) if base else None
    return None if part is None else Lock(part.get("law"), _OPEN[kind], part)


def kept(lock: Lock | None, key: str) -> list[Any]:
    """What the pack has in a list that may only grow."""
    return as_list(lock.part.get(key)) if lock and key in GROWING else []
