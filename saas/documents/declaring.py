"""How a line of work declares its forms: what most of them have in common once, and of each what differs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypedDict, Unpack

from marshmallow import Schema

from saas.documents.form import Form, Level, Snapshot, Values


class Print(TypedDict, total=False):
    """How a form is printed and what prescribes it, see :class:`Form`; ``case`` is the invented case of its sample."""

    layout: str
    template: str
    source: str
    verified: bool
    level: Level
    pages: tuple[int, int]
    words: Mapping[str, tuple[str, str]]
    number_pattern: str
    number_word: str
    after: tuple[str, ...]
    undone: tuple[str, ...]
    law: str
    case: Snapshot


@dataclass(frozen=True)
class Declaring:
    """The forms of a line of work.

    Attributes:
        line: Its name.
        sample: The invented case whose values fill a form's sample.
        source: What prescribes a form that names nothing else.
        verified: Whether that was read in an official text, layouts included.
        level: Who prescribes a form.
        levels: The same by source, where one is known for it.
        layout: Which sheet of styles prints a form.
    """

    line: str
    sample: Snapshot
    source: str
    verified: bool = False
    level: Level = "national"
    levels: Mapping[str, Level] = field(default_factory=dict)
    layout: str = "table"

    def __call__(
        self,
        name: str,
        title: str,
        schema: type[Schema],
        build: Callable[[Snapshot], Values],
        *,
        word: str,
        **how: Unpack[Print],
    ) -> Form:
        """A form with the values of the invented case as its sample.

        Args:
            name: The form's part of its code, and its template unless ``template`` names another.
            title: As printed.
            schema: Its values.
            build: Fills them from a case.
            word: Stands in its number.
            how: What differs from a form of one page as the line prints most.
        """
        source = how.get("source", self.source)
        return Form(
            code=f"{self.line}.{name}",
            title=title,
            domain=self.line,
            template=how.get("template", f"{self.line}/documents/{name}.html"),
            schema=schema,
            build=build,
            sample=build(how.get("case", self.sample)),
            source=source,
            verified=how.get("verified", self.verified),
            number_kind=word,
            pages=how.get("pages", (1, 1)),
            layout=how.get("layout", self.layout),
            number_pattern=how.get("number_pattern", ""),
            number_word=how.get("number_word", ""),
            after=how.get("after", ()),
            undone=how.get("undone", ()),
            law=how.get("law", ""),
            words=how.get("words", {}),
            level=how.get("level", self.levels.get(source, self.level)),
        )
