"""Forms as plain frozen values: what is asked, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# fmt: off
TYPES = (
    "text", "longtext", "integer", "money", "date", "datetime", "birth", "choice", "radio",
    "multichoice", "boolean", "id_number", "phone", "uscc", "address", "area", "person", "entry", "file",
)
# fmt: on
CHOICES = frozenset({"choice", "radio", "multichoice"})


@dataclass(frozen=True)
class FieldDefinition:
    """One question. `minimum` and `maximum` are numbers, fen, `now`, days or `today±N`, as the type has it.

    `read` and `write` name the roles that may see the answer and give it; without any, everybody may. A `sensitive`
    answer is in no list, figure or export. `documents` are the codes of the documents it is printed on: without, those
    of the step that asks, of a sensitive one none.
    """

    id: str
    label: str
    type: str
    required: bool = False
    hint: str | None = None
    minimum: int | str | None = None
    maximum: int | str | None = None
    max_length: int | None = None
    options: tuple[tuple[str, str], ...] = ()
    list: str | None = None
    show_if: Mapping[str, tuple[str, ...]] | None = None
    mask: str | None = None
    party: str | None = None
    attr: str | None = None
    store: str = "step"
    autocomplete: str | None = None
    default: Any = None
    unit: str | None = None
    read: tuple[str, ...] = ()
    write: tuple[str, ...] = ()
    sensitive: bool = False
    documents: tuple[str, ...] | None = None
    register: str | None = None
    """Of which register an answer of type entry is an active entry."""


@dataclass(frozen=True)
class PageDefinition:
    """One screen of a form."""

    id: str
    title: str
    fields: tuple[FieldDefinition, ...]
    intro: str | None = None


@dataclass(frozen=True)
class FormDefinition:
    """One form: what a step asks for, page by page."""

    key: str
    title: str
    pages: tuple[PageDefinition, ...]
    intro: str | None = None

    @property
    def fields(self) -> tuple[FieldDefinition, ...]:
        """All fields in the order they are asked."""
        return tuple(field for page in self.pages for field in page.fields)

    @property
    def field_ids(self) -> tuple[str, ...]:
        """The ids of all fields in the order they are asked."""
        return tuple(field.id for field in self.fields)

    def page(self, page_id: str) -> PageDefinition:
        """The page of this id; a KeyError if there is none."""
        for page in self.pages:
            if page.id == page_id:
                return page
        raise KeyError(page_id)

    def on(self, page_id: str | None) -> tuple[FieldDefinition, ...]:
        """The fields of one page, or of the whole form without one."""
        return self.fields if page_id is None else self.page(page_id).fields


def condition_text(value: object) -> str:
    """A plain value as a browser would send it, so that conditions compare text with text."""
    return str(value).lower() if isinstance(value, bool) else str(value)
