"""What a page of the wizard is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from saas.fields.views import FieldView
from saas.web.admin.beginning.sent import Sent
from saas.workflow.sketch.beginning import Body


@dataclass(frozen=True)
class City:
    """What the pages need to know of the city: its roles, and how its other processes number their cases."""

    roles: Mapping[str, str]
    numbers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    """Questions that belong together, under a title or none; in a `row` beside one another where there is room."""

    title: str | None
    fields: Sequence[FieldView]
    intro: str | None = None
    row: bool = False


@dataclass(frozen=True)
class Page:
    """One page: ``ask`` draws it from a body, ``take`` is the body with what was sent.

    ``take`` raises InvalidInputError with a sentence for each field; ``what`` is how the draft's history calls it.
    """

    id: str
    title: str
    lead: str
    what: str
    ask: Callable[[Body, City], list[Group]]
    take: Callable[[Body, City, Sent], Body]


def line(name: str, label: str, value: str, hint: str | None = None, longest: int = 30) -> FieldView:
    """A line of text that has to be filled in."""
    return FieldView(name, name, label, "text", value, hint=hint, required=True, maxlength=longest)


def long(name: str, label: str, value: str, hint: str | None = None, rows: int = 4) -> FieldView:
    """A longer text that may stay empty."""
    return FieldView(name, name, label, "longtext", value, hint=hint, rows=rows, maxlength=2000)


def tick(name: str, label: str, value: bool) -> FieldView:  # noqa: FBT001 - the state of a box
    """A box to tick."""
    return FieldView(name, name, label, "boolean", "true" if value else "", required=True)


def ticks(name: str, label: str, options: Mapping[str, str], value: Sequence[str]) -> FieldView:
    """Several of a list."""
    return FieldView(name, name, label, "multichoice", [*value], options=[*options.items()], required=True)


def radio(name: str, label: str, options: Mapping[str, str], value: str, hint: str | None = None) -> FieldView:
    """One of a list."""
    return FieldView(name, name, label, "radio", value, hint=hint, options=[*options.items()], required=True)
