"""What the forms of legal education share: the head of a form, sources, words of codes."""

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import Schema

from blueprints.education.documents.sample import SNAPSHOT
from saas.documents.declaring import Declaring
from saas.documents.form import Snapshot, Values, text
from saas.documents.wording import day, listed

LISTS = "栏目依据上海、大连、遂宁公布的普法责任清单，版式由本系统拟定"
PRACTICE = "地方普法工作通行做法，没有规定的格式，版式由本系统拟定"


class FormSchema(Schema):
    """What every form of a case has."""

    number = text("文书编号", most=80)
    unit = text("普法办（司法局）", most=100)
    issued_on = text("制作日期", most=20)


declare = Declaring("education", SNAPSHOT, PRACTICE, level="house")


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
