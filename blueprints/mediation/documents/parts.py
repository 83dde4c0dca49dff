"""What the mediation forms share: parties, the committee, sources."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import Schema

from blueprints.mediation.documents.sample import SNAPSHOT
from saas.documents.form import Form, Snapshot, Values, text
from saas.documents.wording import day, lines, listed
from saas.text import chinese_number

NATIONAL = "司发通〔2010〕239号《人民调解文书格式和统计报表》"
PERSON_COLUMNS = (
    "kind name gender ethnicity age birth occupation phone address id_number representative agent_for".split()
)
OWN_NUMBER = re.compile(r"^\s*(?:[（(]?[0-9０-９一二三四五六七八九十]{1,3}[)）、.．]|[①-⑳])\s*")


class PersonSchema(Schema):
    """A party as printed; ``role`` is what the form calls it."""

    role = text("称谓", most=80)
    kind = text("类型", most=10)
    name = text("姓名或名称", most=100)
    gender = text("性别", most=4)
    ethnicity = text("民族", most=20)
    age = text("年龄", most=8)
    birth = text("出生日期", most=20)
    occupation = text("职业或职务", most=50)
    phone = text("联系方式", most=40)
    address = text("单位或住址")
    id_number = text("证件号码", most=40)
    representative = text("法定代表人", most=50)
    agent_for = text("代理谁", most=100)


class FormSchema(Schema):
    """What every form of a case has."""

    number = text("文书编号", most=80)
    committee = text("人民调解委员会", most=100)
    issued_on = text("制作日期", most=20)


def declare(
    name: str,
    title: str,
    schema: type[Schema],
    build: Callable[[Snapshot], Values],
    *,
    word: str,
    layout: str = "table",
    template: str | None = None,
    source: str = NATIONAL,
    verified: bool = True,
    pages: tuple[int, int] = (1, 1),
) -> Form:
    """A form of this line of work with the values of the invented case as its sample.

    Args:
        name: The form's part of its code.
        title: As printed.
        schema: Its values.
        build: Fills them from a case.
        word: Stands in its number.
        layout: The sheet of styles.
        template: The file, where it is not named like the form.
        source: What prescribes it.
        verified: Whether that was read in an official text or a published copy of the form.
        pages: Fewest and most pages of the sample.
    """
    return Form(
        code=f"mediation.{name}",
        title=title,
        domain="mediation",
        template=f"mediation/documents/{template or name}.html",
        schema=schema,
        build=build,
        sample=build(SNAPSHOT),
        source=source,
        verified=verified,
        number_kind=word,
        pages=pages,
        layout=layout,
    )


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
    """The lines of a text without the numbers a person put before them: the form numbers them itself."""
    return [OWN_NUMBER.sub("", line) or line for line in lines(value)]
