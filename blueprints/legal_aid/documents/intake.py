"""Forms of what an applicant owns, and of the papers taken in."""

import re

from marshmallow import Schema

from blueprints.legal_aid.documents.choices import CHECKS, EXEMPTIONS, GROUNDS_OF_MEANS, UNLIMITED
from blueprints.legal_aid.documents.parts import (
    FormSchema,
    actor,
    aided,
    asked_on,
    at,
    base,
    cause,
    contact,
    declare,
    issued_on,
    mark,
    parts_of,
    said,
    sum_of,
    table,
)
from saas.documents.form import Snapshot, Values, blank, code, rows, text
from saas.documents.wording import lines

DATE = re.compile(r"(19|20)\d\d\D")
ID_NUMBER = re.compile(r"\d{17}[\dXx]")
WORK = ("occupation", "workplace")
INCOME = ("wages", "business", "other")
PAPERS = ("title", "copies", "kind", "note")


PROMISE = (
    "本人承诺以上填写的内容真实、准确、完整，同意法律援助机构依法查询、核实。"
    "以欺骗或者其他不正当手段获得法律援助的，愿意承担相应的法律责任。"
)


class MemberSchema(Schema):
    """A member of the applicant's family."""

    name = text("姓名", most=40)
    relation = text("与申请人的关系", most=20)
    birth = text("出生日期", most=20)
    id_number = text("证件号码", most=30)
    occupation = text("职业", most=20)
    workplace = text("工作或者学习单位", most=60)
    wages = text("工资性收入", most=20)
    business = text("生产经营性收入", most=20)
    other = text("其他收入", most=40)


class MeansSchema(FormSchema):
    """经济困难状况说明表."""

    aided = text("申请人", most=1000, needed=True)
    id_number = text("公民身份号码", most=40)
    size = text("家庭人口", most=20)
    members = rows(MemberSchema, "家庭成员", empty=5)
    income_wage = text("每月工资性收入", most=40)
    income_business = text("每月生产经营性收入", most=40)
    income_other = text("每月其他收入", most=40)
    housing = text("房产", most=200)
    vehicles = text("汽车", most=200)
    savings = text("现金、存款和有价证券", most=40)
    expenses = text("重大支出")
    debts = text("债务")
    ground = code("经济状况的情形", *GROUNDS_OF_MEANS)
    exemption = code("免予核查的情形", *EXEMPTIONS)
    unlimited = code("不受经济困难条件限制的情形", *UNLIMITED)
    check = code("核查方式", *CHECKS)
    declared_on = text("填表日期", most=20)


class PaperSchema(Schema):
    """A paper that was handed in."""

    title = text("材料名称", most=100)
    copies = text("份数", most=20)
    kind = text("原件或者复印件", most=20)
    note = text("备注", most=100)


class ReceiptSchema(FormSchema):
    """法律援助申请材料接收凭证."""

    issued_on = text("制作日期", most=20)
    aided = text("申请人", most=1000, needed=True)
    cause = text("申请事项", most=60, needed=True)
    received_at = text("接收时间", most=40)
    papers = rows(PaperSchema, "接收的材料", empty=8)
    received_by = text("接收人", most=60)
    phone = text("联系电话", most=40)


def means(snapshot: Snapshot) -> Values:
    """What the applicant's family earns, owns, spends and owes."""
    first = next(iter(snapshot.side("applicant")), {})
    return base(snapshot) | {
        "aided": aided(snapshot),
        "id_number": str(first.get("id_number") or ""),
        "size": said(snapshot, "household_size"),
        "members": [_member(line) for line in lines(said(snapshot, "household_members"))],
        **{name: sum_of(snapshot, name) for name in ("income_wage", "income_business", "income_other", "savings")},
        **{name: said(snapshot, name) for name in ("housing", "vehicles", "debts")},
        "expenses": said(snapshot, "major_expense"),
        "ground": mark(snapshot, GROUNDS_OF_MEANS, "means_ground"),
        "exemption": mark(snapshot, EXEMPTIONS, "exempt_kind"),
        "unlimited": mark(snapshot, UNLIMITED, "unlimited_kind"),
        "check": mark(snapshot, CHECKS, "means_method"),
        "declared_on": asked_on(snapshot),
    }


def receipt(snapshot: Snapshot) -> Values:
    """Which papers an applicant handed in, and when."""
    return (
        base(snapshot)
        | contact(snapshot)
        | {
            "aided": aided(snapshot),
            "cause": cause(snapshot),
            "issued_on": issued_on(snapshot),
            "received_at": at(snapshot, "received_at"),
            "papers": table(said(snapshot, "materials"), PAPERS),
            "received_by": actor(snapshot, "receive", "receive_green"),
        }
    )


def _member(line: str) -> Values:
    """A member of the family from a line; after name and relation each part tells by its look what it is."""
    name, relation, *rest = [*parts_of(line), "", ""]
    found = blank(MemberSchema()) | {"name": name, "relation": relation}
    for part in rest:
        if place := next((place for place in _places(part) if not found[place]), ""):
            found[place] = part
    return found


def _places(part: str) -> tuple[str, ...]:
    """Where a part may stand, best first."""
    if ID_NUMBER.fullmatch(part):
        return ("id_number",)
    if DATE.match(part):
        return ("birth",)
    return INCOME if re.search(r"\d", part) else (*WORK, *INCOME)


FORMS = (
    declare(
        "means",
        "经济困难状况说明表",
        MeansSchema,
        means,
        word="援困字",
        prescribed="四",
        words={
            "promise": (
                "申请人的承诺",
                PROMISE,
            )
        },
    ),
    declare("receipt", "法律援助申请材料接收凭证", ReceiptSchema, receipt, word="援收字", prescribed="五"),
)
