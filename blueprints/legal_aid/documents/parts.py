"""What the legal aid forms share: the people, what was answered, sources."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Unpack

from marshmallow import Schema

from blueprints.legal_aid.documents.sample import SNAPSHOT
from saas.documents.declaring import Declaring, Print
from saas.documents.form import Form, Snapshot, Values, text
from saas.documents.wording import day, lines, listed, moment
from saas.text import money_text

NATIONAL = "司法部2023年11月10日《法律援助文书格式》文书"
UNREAD = "（名称已核对，版式未核对）"
LOCAL = "地方通行做法，没有统一的规定"
EMPTY: tuple[object, ...] = (None, "", [])
# A comma between digits belongs to a sum.
BETWEEN = re.compile(r"(?:[，、;；\t|｜]|,(?!\d))\s*")


class FormSchema(Schema):
    """What every form of a case has."""

    number = text("文书编号", most=80)
    agency = text("法律援助机构", most=100)


class CaseSchema(FormSchema):
    """What a form of an aided case has besides."""

    aided = text("受援人", most=1000, needed=True)
    cause = text("案由", needed=True)


class LetterSchema(CaseSchema):
    """What a paper has that the agency sends out under its seal."""

    issued_on = text("制作日期", most=20)


class PersonSchema(Schema):
    """Who asks for aid, and who asks for another; each form prints what it has a place for."""

    name = text("姓名", most=100)
    gender = text("性别", most=4, printed=False)
    ethnicity = text("民族", most=20, printed=False)
    birth = text("出生日期", most=20, printed=False)
    age = text("年龄", most=8, printed=False)
    id_number = text("公民身份号码", most=40, printed=False)
    occupation = text("职业", most=50, printed=False)
    phone = text("联系电话", most=40, printed=False)
    address = text("住所地", printed=False)


PERSON_COLUMNS = tuple(PersonSchema().fields)


_declare = Declaring("legal_aid", SNAPSHOT, LOCAL)


def declare(
    name: str,
    title: str,
    schema: type[Schema],
    build: Callable[[Snapshot], Values],
    *,
    word: str,
    prescribed: str = "",
    **how: Unpack[Print],
) -> Form:
    """A form of this line of work, see :class:`Declaring`.

    Args:
        name: The form's part of its code.
        title: As printed.
        schema: Its values.
        build: Fills them from a case.
        word: Stands in its number.
        prescribed: Its number among the forms of the ministry; empty for a form of local practice.
        how: What differs from a table form of one page.
    """
    if prescribed:
        how.setdefault("source", f"{NATIONAL}{prescribed}{'' if how.get('verified') else UNREAD}")
    how["level"] = "national" if prescribed else "local"
    return _declare(name, title, schema, build, word=word, **how)


def base(snapshot: Snapshot) -> Values:
    """The values of :class:`FormSchema`."""
    return {
        "number": snapshot.document.get("number", ""),
        "agency": snapshot.unit["name"],
    }


def of_case(snapshot: Snapshot) -> Values:
    """The values of :class:`CaseSchema`."""
    return base(snapshot) | {"aided": aided(snapshot), "cause": cause(snapshot)}


def of_letter(snapshot: Snapshot) -> Values:
    """The values of :class:`LetterSchema`."""
    return of_case(snapshot) | {"issued_on": issued_on(snapshot)}


def issued_on(snapshot: Snapshot) -> str:
    """The day the paper bears."""
    return day(snapshot.document.get("issued_on"))


def aided(snapshot: Snapshot) -> str:
    """The names of those who ask for aid."""
    return names(snapshot, "applicant")


def cause(snapshot: Snapshot) -> str:
    """What the case is about: the offence somebody is suspected of, else the kind of matter."""
    return said(snapshot, "charge") or snapshot.stored("kind_title")


def person(party: Mapping[str, Any]) -> Values:
    """A party's values."""
    return {column: str(party.get(column) or "") for column in PERSON_COLUMNS} | {"birth": day(party.get("birth"))}


def people(snapshot: Snapshot, side: str) -> list[Values]:
    """The parties of a side."""
    return [person(party) for party in snapshot.side(side)]


def given(snapshot: Snapshot, *names: str) -> Any:  # noqa: ANN401 - an answer is whatever its question takes
    """The latest answer to one of these questions as it was entered: that of the asking step first, then the case's."""
    steps = [*([snapshot.step] if snapshot.step else []), *reversed(snapshot.steps), {"input": snapshot.case}]
    found = (step["input"].get(name) for step in steps for name in names)
    return next((value for value in found if value not in EMPTY), None)


def said(snapshot: Snapshot, *names: str) -> str:
    """The same in the words people saw."""
    steps = [*([snapshot.step] if snapshot.step else []), *reversed(snapshot.steps)]
    for step in steps:
        for name in names:
            if step["input"].get(name) not in EMPTY:
                return str(step["answers"].get(name) or step["input"][name])
    return next((found for name in names if (found := snapshot.words.get(name) or snapshot.stored(name))), "")


def on(snapshot: Snapshot, *names: str) -> str:
    """The latest answer that is a day, as it is printed."""
    return day(given(snapshot, *names))


def at(snapshot: Snapshot, *names: str) -> str:
    """The latest answer that is a moment, as it is printed."""
    return moment(given(snapshot, *names))


def written(snapshot: Snapshot, *names: str) -> list[str]:
    """The lines of the latest answer."""
    return lines(said(snapshot, *names))


def sum_of(snapshot: Snapshot, name: str) -> str:
    """The latest answer that is money, in figures."""
    fen = given(snapshot, name)
    return "" if fen is None else f"{money_text(fen)}元"


def asked_on(snapshot: Snapshot) -> str:
    """The day of the application: that on which the agency had it, else that on which it was entered."""
    return on(snapshot, "received_on") or day(snapshot.stored("opened_on"))


def lawyer(snapshot: Snapshot) -> str:
    """Who handles the case: named at a step, so that nobody else who has it at the time is taken for the lawyer."""
    steps = [*([snapshot.step] if snapshot.step else []), *reversed(snapshot.steps)]
    return next((str(step["answers"].get("handler") or "") for step in steps if step["input"].get("handler")), "")


def actor(snapshot: Snapshot, *actions: str) -> str:
    """Who took the latest of these steps."""
    return str(snapshot.taken(*actions).get("actor") or "")


def taken_on(snapshot: Snapshot, *actions: str) -> str:
    """The day of the latest of these steps."""
    return day(snapshot.taken(*actions).get("on"))


def bureau(snapshot: Snapshot) -> str:
    """The justice department that set the agency up, to which objections go."""
    return str(snapshot.unit.get("bureau") or "")


def contact(snapshot: Snapshot) -> Values:
    """How the agency is reached."""
    return {"phone": str(snapshot.unit.get("phone") or "")}


def parts_of(line: str, most: int = 0) -> list[str]:
    """The parts of a line between commas, cut at most so many times; 0 cuts at each."""
    return BETWEEN.split(line.strip(), most)


def table(lined: str, columns: tuple[str, ...]) -> list[Values]:
    """Rows out of lines whose parts are kept apart by commas; what is over stands in the last column."""
    found = [parts_of(line, len(columns) - 1) for line in lines(lined)]
    return [dict(zip(columns, [*parts, *[""] * (len(columns) - len(parts))], strict=True)) for parts in found]


def marks(snapshot: Snapshot, choices: Iterable[str], *names: str) -> list[str]:
    """Of a question with several answers those the form has a box for."""
    answer = given(snapshot, *names) or ()
    chosen = (answer,) if isinstance(answer, str) else answer
    return [choice for choice in choices if choice in chosen]


def mark(snapshot: Snapshot, choices: Iterable[str], *names: str) -> str:
    """Of a question with one answer that one, if the form has a box for it."""
    answer = given(snapshot, *names)
    return answer if answer in tuple(choices) else ""


def names(snapshot: Snapshot, side: str) -> str:
    """The names of the parties of a side."""
    return listed(party["name"] for party in snapshot.side(side))
