"""What the forms of legal education share: the head of a form, sources, words of codes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict, Unpack

from marshmallow import Schema

from blueprints.education.documents.sample import SNAPSHOT
from saas.documents.form import Form, Level, Snapshot, Values, text
from saas.documents.wording import day, listed

LISTS = "栏目依据上海、大连、遂宁公布的普法责任清单，版式由本系统拟定"
PRACTICE = "地方普法工作通行做法，没有规定的格式，版式由本系统拟定"


class FormSchema(Schema):
    """What every form of a case has."""

    number = text("文书编号", most=80)
    unit = text("普法办（司法局）", most=100)
    issued_on = text("制作日期", most=20)


class Print(TypedDict, total=False):
    """How a form is printed, where it is not a table of one page."""

    layout: str
    template: str
    source: str
    level: Level
    pages: tuple[int, int]


def declare(
    name: str,
    title: str,
    schema: type[Schema],
    build: Callable[[Snapshot], Values],
    *,
    word: str,
    **how: Unpack[Print],
) -> Form:
    """A form of this line of work; none is prescribed, so none is verified."""
    return Form(
        code=f"education.{name}",
        title=title,
        domain="education",
        template=how.get("template", f"education/documents/{name}.html"),
        schema=schema,
        build=build,
        sample=build(SNAPSHOT),
        source=how.get("source", PRACTICE),
        verified=False,
        number_kind=word,
        pages=how.get("pages", (1, 1)),
        layout=how.get("layout", "table"),
        level=how.get("level", "house"),
    )


def base(snapshot: Snapshot) -> Values:
    """The values of :class:`FormSchema`."""
    return {
        "number": snapshot.document.get("number", ""),
        "unit": snapshot.unit["name"],
        "issued_on": day(snapshot.document.get("issued_on")),
    }


def duty_unit(snapshot: Snapshot) -> str:
    """The unit that bears the duty, holds the event or asks for the name."""
    return listed(party["name"] for party in snapshot.side("applicant"))


def titles(snapshot: Snapshot, field: str, known: Sequence[tuple[str, str]]) -> str:
    """What was chosen in a field kept with the case, in the words people saw, else in those of the declared list."""
    if field in snapshot.words:
        return snapshot.words[field]
    chosen: Any = snapshot.case.get(field) or ()
    words: Mapping[str, str] = dict(known)
    return listed(words.get(code, str(code)) for code in ((chosen,) if isinstance(chosen, str) else chosen))
