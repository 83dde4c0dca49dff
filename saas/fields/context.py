"""What the fields of a form need to know of the day, the city and its people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from saas.fields.definition import FieldDefinition

Options = Sequence[tuple[str, str]]


def _no_area(_code: str) -> str | None:
    return None


def _no_entry(_id: str) -> str | None:
    return None


@dataclass(frozen=True)
class FieldContext:
    """The day, code lists by key with what is closed of them, names of areas, who and where can be chosen, who asks.

    `entries` are the active entries of registers by its key that can be chosen; `entry_names` names any entry.

    `roles` are those of the person in front of the form; None is the platform itself, from which nothing is kept.
    """

    today: date
    demo: bool = False
    lists: Mapping[str, Options] = field(default_factory=dict)
    closed: Mapping[str, Options] = field(default_factory=dict)
    areas: Callable[[str], str | None] = _no_area
    people: Options = ()
    area_options: Options = ()
    entries: Mapping[str, Options] = field(default_factory=dict)
    entry_names: Callable[[str], str | None] = _no_entry
    roles: frozenset[str] | None = None

    def may_read(self, definition: FieldDefinition) -> bool:
        """Whether who asks may see the answer."""
        return self._is_for(definition.read)

    def may_write(self, definition: FieldDefinition) -> bool:
        """Whether who asks may give the answer."""
        return self._is_for(definition.write)

    def _is_for(self, roles: tuple[str, ...]) -> bool:
        return self.roles is None or not roles or not self.roles.isdisjoint(roles)

    def options(self, definition: FieldDefinition) -> Options:
        """The values a field may take, with their labels; empty for free text."""
        if definition.type in {"person", "area"}:
            return self.people if definition.type == "person" else self.area_options
        if definition.type == "entry":
            return self.entries.get(definition.register or "", ())
        return self.lists[definition.list] if definition.list else definition.options

    def titles(self, definition: FieldDefinition) -> dict[str, str]:
        """The labels of the values a field may take or may once have taken."""
        return {**dict(self.closed.get(definition.list or "", ())), **dict(self.options(definition))}
