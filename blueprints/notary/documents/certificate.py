"""The approval of a draft, the certificate made of it, and the receipt of who took it."""

from blueprints.notary.documents.parts import (
    RULES,
    FormSchema,
    MatterSchema,
    PersonSchema,
    about,
    agents,
    base,
    category,
    chinese_day,
    declare,
    person,
)
from saas.documents.form import Snapshot, Values, code, codes, rows, text, texts
from saas.documents.wording import day, lines

POINTS = ("true_lawful", "proven", "procedure", "format_right", "fee_right", "discussed")
NUMBER = "（{year}）{series}{kind}第{n}号"
"""（年度）简称类别证字第N号, 司法部1981年94号; each category counts by itself."""
WORDS = {
    "domestic_civil": "内民证字",
    "domestic_economic": "内经证字",
    "foreign_civil": "外民证字",
    "foreign_economic": "外经证字",
    "region": "港澳台证字",
}
"""The word of each category in the number of a certificate."""
USUAL = WORDS["domestic_civil"]


class ApprovalSchema(MatterSchema):
    """公证审批表."""

    category = text("公证书类别", most=20)
    handler = text("承办公证员", most=60)
    drafted_on = text("报批日期", most=20)
    basis = texts("审查意见", needed=True, empty=4)
    discussion = texts("集体讨论的情况", empty=0)
    wording = texts("拟证词", most=6000, needed=True, empty=8)
    points = codes("审批要点", *POINTS)
    opinion = texts("审批意见", needed=True, empty=2)
    approver = text("审批人", most=60)
    approved_on = text("批准日期", most=20, needed=True)


class CertificateSchema(FormSchema):
    """公证书: its title is the word alone; only numbers of papers, persons and doors are in figures."""

    issued_on = text("制作日期", most=20, printed=False)
    number_word = text("编号的类别代码", most=20)
    persons = rows(PersonSchema, "申请人", empty=1)
    agents = text("代理人", most=200)
    matter = text("公证事项", most=100, needed=True)
    wording = texts("公证证词", most=6000, needed=True, empty=8)
    notary = text("公证员", most=60)
    dated = text("出具日期", most=20, needed=True)


class DeliverySchema(MatterSchema):
    """送达回执."""

    issued_on = text("制作日期", most=20, printed=False)
    certificate_number = text("公证书编号", most=80, needed=True)
    copies = text("份数", most=8)
    way = code("送达方式", "counter", "post", "visit", "electronic")
    served_to = text("领取人", most=60)
    relation = text("与申请人的关系", most=40)
    served_on = text("送达日期", most=20)
    returned = texts("退还的原件", empty=2)
    served_by = text("送达人", most=60)


def approval(snapshot: Snapshot) -> Values:
    """What was examined, the text that is to be certified, and what the approver says of it."""
    approved = snapshot.taken("approve")
    entered = snapshot.entered("approve")
    return about(snapshot) | {
        "category": category(snapshot),
        "handler": snapshot.stored("handler"),
        "drafted_on": day(snapshot.taken("draft", "redraft").get("on")),
        "basis": lines(snapshot.stored("basis")),
        "discussion": lines(snapshot.stored("discussion")),
        "wording": lines(snapshot.stored("wording")),
        "points": [point for point in POINTS if entered.get(point)],
        "opinion": lines(entered.get("opinion")),
        "approver": approved.get("actor", ""),
        "approved_on": day(approved.get("on")),
    }


def certificate(snapshot: Snapshot) -> Values:
    """The certificate in its prescribed form; it is dated on the day it was approved (公证程序规则 44, from memory).

    It goes out in the name of the office that accepted the matter, whoever handled it (公证程序规则 4).
    """
    return base(snapshot) | {
        "number_word": WORDS.get(snapshot.stored("category"), USUAL),
        "persons": [person(party) | {"birth": chinese_day(party.get("birth"))} for party in snapshot.side("applicant")],
        "agents": agents(snapshot),
        "matter": snapshot.stored("kind_title"),
        "wording": lines(snapshot.stored("wording")),
        "notary": snapshot.stored("handler"),
        "dated": chinese_day(snapshot.taken("approve").get("on")),
    }


def delivery(snapshot: Snapshot) -> Values:
    """Who took the certificate, when, how many."""
    step, entered = snapshot.taken("serve"), snapshot.entered("serve")
    copies = entered.get("served_copies")
    return about(snapshot) | {
        "certificate_number": snapshot.number_of("notary.certificate"),
        "copies": "" if copies is None else str(copies),
        "way": entered.get("served_way") or "",
        "served_to": entered.get("served_to") or "",
        "relation": entered.get("served_relation") or "",
        "served_on": day(entered.get("served_on") or snapshot.stored("served_on")),
        "returned": lines(entered.get("returned")),
        "served_by": step.get("actor", ""),
    }


FORMS = (
    declare("approval", "公证审批表", ApprovalSchema, approval, word="公审字", layout="table", pages=(1, 2)),
    declare(
        "certificate",
        "公证书",
        CertificateSchema,
        certificate,
        word=USUAL,
        source="《中华人民共和国公证法》第三十二条，定式公证书格式（2011年版），编号按司法部1981年94号；版式未核对",
        pages=(1, 2),
        number_pattern=NUMBER,
        number_word="number_word",
        after=("approve",),
        undone=("draft", "redraft", "decide_correct", "decide_revoke", "withdraw_approval"),
        law="公证程序规则第四十条",
    ),
    declare("delivery", "送达回执", DeliverySchema, delivery, word="公送字", layout="table", source=RULES),
)
