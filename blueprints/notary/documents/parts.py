"""What the forms of notarial work share: applicants, the office, sources, days in words."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Unpack

from marshmallow import Schema

from blueprints.notary import lists
from blueprints.notary.documents.sample import SNAPSHOT
from saas.documents.declaring import Declaring, Print
from saas.documents.form import Form, Snapshot, Values, text
from saas.documents.wording import day, listed
from saas.text import chinese_number

RULES = "《公证程序规则》规定的内容，条文未核对，版式为通行做法"
HOUSE = "本公证机构通行做法，没有统一的规定"
LAW = "《中华人民共和国公证法》"
DIGITS = "〇一二三四五六七八九"
PERSON_COLUMNS = (*("kind", "name", "gender", "birth", "phone", "address", "id_number", "representative", "agent_for"),)


class PersonSchema(Schema):
    """An applicant; each form prints what it has a place for."""

    kind = text("类型", most=10, printed=False)
    name = text("姓名或名称", most=100)
    gender = text("性别", most=4, printed=False)
    birth = text("出生日期", most=20, printed=False)
    phone = text("联系电话", most=40, printed=False)
    address = text("住址或住所", printed=False)
    id_number = text("证件号码", most=40, printed=False)
    representative = text("法定代表人", most=50, printed=False)
    agent_for = text("代理谁", most=100, printed=False)


class FormSchema(Schema):
    """What every form of a matter has."""

    number = text("文书编号", most=80)
    office = text("公证机构", most=100)
    issued_on = text("制作日期", most=20)


class MatterSchema(FormSchema):
    """What most forms say of the matter."""

    applicants = text("申请人", most=1000, needed=True)
    matter = text("公证事项", most=200, needed=True)
    case_number = text("受理编号", most=60)


_declare = Declaring("notary", SNAPSHOT, RULES, levels={HOUSE: "house"}, layout="letter")


def declare(
    name: str,
    title: str,
    schema: type[Schema],
    build: Callable[[Snapshot], Values],
    *,
    word: str,
    **how: Unpack[Print],
) -> Form:
    """A form of this line of work, a letter of one page unless it says otherwise; see :class:`Declaring`."""
    how["case"] = _numbered(how.get("number_pattern", ""), word)
    return _declare(name, title, schema, build, word=word, **how)


def _numbered(pattern: str, word: str) -> Snapshot:
    """The invented matter with the number of a form whose numbers are prescribed; any will do for the others."""
    if not pattern:
        return SNAPSHOT
    number = pattern.format(year=2026, series=SNAPSHOT.unit["short_name"], kind=word, n=123)
    return SNAPSHOT.numbered(number, SNAPSHOT.document["issued_on"], SNAPSHOT.document["issued_by"])


def base(snapshot: Snapshot) -> Values:
    """The values of :class:`FormSchema`."""
    return {
        "number": snapshot.document.get("number", ""),
        "office": snapshot.unit["name"],
        "issued_on": day(snapshot.document.get("issued_on")),
    }


def about(snapshot: Snapshot) -> Values:
    """The values of :class:`MatterSchema`."""
    return base(snapshot) | {
        "applicants": names(snapshot),
        "matter": matter(snapshot),
        "case_number": snapshot.stored("number"),
    }


def names(snapshot: Snapshot, side: str = "applicant") -> str:
    """The names of the parties of a side."""
    return listed(party["name"] for party in snapshot.side(side))


def agents(snapshot: Snapshot) -> str:
    """Who acts for the applicants: a party, or whoever was named when an appointment became an application."""
    return names(snapshot, "agent") or snapshot.stored("agent_name")


def matter(snapshot: Snapshot) -> str:
    """What is certified, in the words of the application where it has come in already."""
    kind, own = snapshot.stored("kind_title"), snapshot.stored("matter")
    return f"{kind}（{own}）" if kind and own and own != kind else own or kind


def person(party: Mapping[str, Any]) -> Values:
    """A party's values."""
    plain = {column: str(party.get(column) or "") for column in PERSON_COLUMNS}
    return plain | {"birth": day(plain["birth"])}


def titled(codes: tuple[tuple[str, str], ...], code: str) -> str:
    """The title of a code, empty where there is none."""
    return dict(codes).get(code, "")


def category(snapshot: Snapshot) -> str:
    """The category of the certificate in words."""
    return titled(lists.CATEGORIES, snapshot.stored("category"))


def chinese_day(value: str | None) -> str:
    """``2026-11-22`` as ``二〇二六年十一月二十二日``, as certificates have it; nothing stays empty."""
    if not value:
        return ""
    when = date.fromisoformat(value[:10])
    year = "".join(DIGITS[int(digit)] for digit in str(when.year))
    return f"{year}年{chinese_number(when.month)}月{chinese_number(when.day)}日"
