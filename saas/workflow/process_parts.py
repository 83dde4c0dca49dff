"""Parts of a definition that stand for themselves: tables, dated numbers, added questions, papers, figures, pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from saas.fields.form import FieldDefinition


@dataclass(frozen=True)
class Bound:
    """An end of an interval: a number, or a parameter with something added."""

    number: int = 0
    param: str | None = None


@dataclass(frozen=True)
class Column:
    """An input of a decision table: an `int` between two numbers, an `enum` of values, or a `bool`."""

    name: str
    kind: str
    values: tuple[str, ...] = ()
    low: int = 0
    high: int = 0


@dataclass(frozen=True)
class Row:
    """A row of a decision table; a column that is not named takes any value.

    A cell is the values it takes (texts, `true`, `false`), or an interval with both ends included.
    """

    cells: Mapping[str, tuple[str, ...] | tuple[Bound, Bound]]
    then: str
    law: str | None = None


@dataclass(frozen=True)
class Decision:
    """A table that comes to one word; `hit` is `unique` (rows may not overlap) or `first`. Read as `decision.<id>`."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    hit: str = "unique"


@dataclass(frozen=True)
class Param:
    """A whole number by the day from which it holds; the day of the application chooses. Read as `params.<id>`."""

    id: str
    title: str
    values: tuple[tuple[date, int], ...]
    law: str | None = None
    verified: bool = False
    unit: str | None = None


@dataclass(frozen=True)
class ExtraField:
    """A question a city adds to a form of its line of work: on which page, after which field.

    Without a field it stands at the end of the page, after "" at its beginning.
    """

    page: str
    after: str | None
    field: FieldDefinition


@dataclass(frozen=True)
class Paper:
    """A document of the city's own: paragraphs with `{case.…}`, `{form.…}` and `{document.…}` to be filled in.

    `receipt` adds a place to sign for it; `word` stands in its number.
    """

    code: str
    title: str
    paragraphs: tuple[str, ...]
    law: str | None = None
    receipt: bool = False
    word: str | None = None


@dataclass(frozen=True)
class Figure:
    """A figure of the city's own: cases in which a step was taken, or the sum of a field of them."""

    code: str
    title: str
    event: tuple[str, ...]
    amount_field: str | None = None
    unit: str = "件"


@dataclass(frozen=True)
class PublicPage:
    """What a citizen reads before applying by the way `way`."""

    way: str
    title: str
    summary: str
    who: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()
    time: str = ""
    fee: str = ""
    place: str = ""
    law: tuple[str, ...] = ()
