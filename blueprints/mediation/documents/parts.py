"""What the mediation forms share: parties, the committee, sources."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import Schema

from blueprints.mediation.documents.sample import SNAPSHOT
from saas.documents.declaring import Declaring
from saas.documents.form import Snapshot, Values, text
from saas.documents.wording import day, lines, listed
from saas.text import chinese_number, halfwidth

NATIONAL = "司发通〔2010〕239号《人民调解文书格式和统计报表》"
NAMED_ONLY = f"{NATIONAL}，名称已核对，版式为通行做法"
DEADLINES = "法律对仲裁、起诉的期限有规定的，请注意在期限内提出。"
# A point between digits belongs to a sum or a date, not to a number before the line.
OWN_NUMBER = re.compile(
    r"^\s*(?:[（(]?([0-9０-９一二三四五六七八九十]{1,3})(?:[)）、]|[.．](?![0-9０-９]))|([①-⑳]))\s*"
)
CIRCLED_ONE = ord("①")


class PersonSchema(Schema):
    """A party; each form prints what it has a place for. ``role`` is what the form calls the party."""

    role = text("称谓", most=80, printed=False)
    kind = text("类型", most=10, printed=False)
    name = text("姓名或名称", most=100)
    gender = text("性别", most=4, printed=False)
    ethnicity = text("民族", most=20, printed=False)
    age = text("年龄", most=8, printed=False)
    occupation = text("职业或职务", most=50, printed=False)
    phone = text("联系方式", most=40, printed=False)
    address = text("单位或住址", printed=False)
    id_number = text("证件号码", most=40, printed=False)
    representative = text("法定代表人", most=50, printed=False)
    agent_for = text("代理谁", most=100, printed=False)


PERSON_COLUMNS = tuple(name for name in PersonSchema().fields if name != "role")


class FormSchema(Schema):
    """What every form of a case has."""

    number = text("文书编号", most=80)
    committee = text("人民调解委员会", most=100)
    issued_on = text("制作日期", most=20)


declare = Declaring("mediation", SNAPSHOT, NATIONAL, verified=True)


def base(snapshot: Snapshot) -> Values:
    """The values of :class:`FormSchema`."""
    return {
        "number": snapshot.document.get("number", ""),
        "committee": snapshot.unit["name"],
        "issued_on": day(snapshot.document.get("issued_on")),
    }


def person(party: Mapping[str, Any], role: str) -> Values:
    """A party's values under what the form calls it."""
    return {"role": role} | {column: str(party.get(column) or "") for column in PERSON_COLUMNS}


def people(snapshot: Snapshot, side: str, role: str) -> list[Values]:
    """The parties of a side; where there are several their roles are counted."""
    found = snapshot.side(side)
    if len(found) == 1:
        return [person(found[0], role)]
    return [person(party, f"{role}{chinese_number(place)}") for place, party in enumerate(found, 1)]


def agents(snapshot: Snapshot) -> list[Values]:
    """The agents, in fewer words than parties."""
    return [person(party, "代理人") | {"kind": "agent"} for party in snapshot.side("agent")]


def both_sides(snapshot: Snapshot) -> list[Values]:
    """The parties as 甲方 and 乙方, then their agents."""
    return [*people(snapshot, "applicant", "甲方"), *people(snapshot, "respondent", "乙方"), *agents(snapshot)]


def names(snapshot: Snapshot, *sides: str) -> str:
    """The names of the parties of some sides; of all parties but agents where none is given."""
    return listed(party["name"] for party in snapshot.side(*(sides or ("applicant", "respondent"))))


def mediators(snapshot: Snapshot) -> str:
    """The mediators of the case."""
    return listed(snapshot.case["mediators"])


def items(value: str | None) -> list[str]:
    """The lines of a text without the numbers a person put before them: the form numbers them itself.

    Only a number in its turn is one: ``5、6号楼`` at the head of the first line stays as it is.
    """
    found: list[str] = []
    turn = 1
    for line in lines(value):
        own = OWN_NUMBER.match(line)
        in_turn = own is not None and _numeral(own) in {str(turn), chinese_number(turn)}
        turn += in_turn
        found.append((line[own.end() :] if own and in_turn else line) or line)
    return found


def _numeral(own: re.Match[str]) -> str:
    return halfwidth(own[1]) if own[1] else str(ord(own[2]) - CIRCLED_ONE + 1)
