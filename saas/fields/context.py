"""What the fields of a form need to know of the day, the city and its people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from saas.fields.definition import FieldDefinition

Options = Sequence[tuple[str, str]]


def _no_area(_code: str) -> str | None:
    return None


@dataclass(frozen=True)
class FieldContext:
    """The day, code lists by key, the name of an area by its code, who and where can be chosen."""

    today: date
    demo: bool = False
    lists: Mapping[str, Options] = field(default_factory=dict)
    areas: Callable[[str], str | None] = _no_area
    people: Options = ()
    area_options: Options = ()

    def options(self, definition: FieldDefinition) -> Options:
        """The values a field may take, with their labels; empty for free text."""
        if definition.type in {"person", "area"}:
            return self.people if definition.type == "person" else self.area_options
        return self.lists[definition.list] if definition.list else definition.options
