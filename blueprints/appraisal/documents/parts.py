"""What the appraisal forms share: who makes them, the parties, where they come from."""

from collections.abc import Callable, Mapping
from typing import TypedDict, Unpack

from marshmallow import Schema

from blueprints.appraisal.documents.sample import SNAPSHOT
from saas.documents.form import Form, Level, Snapshot, Values, text
from saas.documents.wording import day, listed

NATIONAL = "司发通〔2016〕112号《司法鉴定文书格式》"
LAYOUT = f"{NATIONAL}，版式未核对原文"
LOCAL = "地方做法，版式为本系统按规定的内容设计"
ARCHIVES = "档案管理通行做法，版式为本系统设计"
LEVELS: Mapping[str, Level] = {LOCAL: "local", ARCHIVES: "house"}
"""Who prescribes what comes from these; the nation the rest."""


class FormSchema(Schema):
    """What every form has."""

    number = text("文书编号", most=80)
    unit = text("制作单位", most=100)
    issued_on = text("制作日期", most=20)


class Print(TypedDict, total=False):
    """How a form is printed and what prescribes it, where it is not a local table form of one page."""

    layout: str
    template: str
    source: str
    verified: bool
    level: Level
    pages: tuple[int, int]
    words: Mapping[str, tuple[str, str]]
    shot: Snapshot


def declare(
    name: str,
    title: str,
    schema: type[Schema],
    build: Callable[[Snapshot], Values],
    *,
    word: str,
    **how: Unpack[Print],
) -> Form:
    """A form of this line of work with the values of the invented case as its sample.

    Args:
        name: The form's part of its code, and its template unless ``template`` names another.
        title: As printed.
        schema: Its values.
        build: Fills them from a case.
        word: Stands in its number.
        how: What differs from an unverified local table form of one page.
    """
    source = how.get("source", LOCAL)
    return Form(
        code=f"appraisal.{name}",
        title=title,
        domain="appraisal",
        template=how.get("template", f"appraisal/documents/{name}.html"),
        schema=schema,
        build=build,
        sample=build(how.get("shot", SNAPSHOT)),
        source=source,
        verified=how.get("verified", False),
        level=how.get("level", LEVELS.get(source, "national")),
        number_kind=word,
        pages=how.get("pages", (1, 1)),
        layout=how.get("layout", "table"),
        words=how.get("words", {}),
    )


def base(snapshot: Snapshot) -> Values:
    """The values of :class:`FormSchema`."""
    return {
        "number": snapshot.document.get("number", ""),
        "unit": snapshot.unit["name"],
        "issued_on": day(snapshot.document.get("issued_on")),
    }


def names(snapshot: Snapshot, side: str) -> str:
    """The names of the parties on a side."""
    return listed(party["name"] for party in snapshot.side(side))


def of_party(snapshot: Snapshot, side: str, column: str) -> str:
    """A column of the first party on a side."""
    return next((str(party.get(column) or "") for party in snapshot.side(side)), "")


def words(snapshot: Snapshot, name: str) -> str:
    """What was chosen for a field kept with the case, in words."""
    return snapshot.words.get(name, "")


def appraisers(snapshot: Snapshot) -> str:
    """The appraisers of a case, the first one first."""
    others = [name for name in snapshot.stored("other_appraisers").split("、") if name]
    return listed(name for name in (snapshot.stored("handler"), words(snapshot, "second_appraiser"), *others) if name)
