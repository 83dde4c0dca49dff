"""Forms of what the parties agreed, and of its confirmation by the court."""

from marshmallow import Schema

from blueprints.mediation.documents.parts import (
    NAMED_ONLY,
    FormSchema,
    PersonSchema,
    base,
    both_sides,
    declare,
    items,
    person,
)
from saas.documents.form import Form, Snapshot, Values, rows, text, texts
from saas.documents.wording import day, lines, yuan
from saas.text import chinese_number


class OralAgreementSchema(FormSchema):
    """人民调解口头协议登记表."""

    parties = rows(PersonSchema, "当事人", empty=2)
    agreed_facts = texts("纠纷主要事实", most=5000, needed=True)
    terms = texts("协议内容", most=5000, needed=True)
    performance_mode = text("履行方式", needed=True)
    perform_by = text("履行期限", most=20, needed=True)
    amount = text("协议涉及金额", most=80)
    effective_on = text("达成日期", most=20)


class AgreementSchema(FormSchema):
    """人民调解协议书: what article 29 of 人民调解法 wants may not be empty."""

    parties = rows(PersonSchema, "当事人", empty=2)
    agreed_facts = texts("纠纷主要事实、争议事项和各方责任", most=5000, needed=True, empty=4)
    terms = texts("协议内容", most=5000, needed=True)
    performance_mode = text("履行方式", needed=True)
    perform_by = text("履行期限", most=20, needed=True)
    amount = text("协议涉及金额", most=80)
    copies = text("协议份数", most=8)
    effective_on = text("协议生效日期", most=20)


class ConfirmationSchema(FormSchema):
    """司法确认申请书, between persons."""

    individuals = rows(PersonSchema, "申请人", empty=2)
    units = rows(PersonSchema, "申请单位", empty=0)
    agreement_number = text("调解协议编号", most=80)
    agreed_on = text("协议生效日期", most=20, needed=True)
    matter = text("纠纷名称", needed=True)
    court_name = text("人民法院", needed=True)
    applied_on = text("申请日期", most=20)


class UnitConfirmationSchema(ConfirmationSchema):
    """司法确认申请书, between persons and units."""

    individuals = rows(PersonSchema, "申请人", empty=1)
    units = rows(PersonSchema, "申请单位", empty=1)


def agreement(snapshot: Snapshot) -> Values:
    """The written agreement of the parties."""
    copies = snapshot.case.get("copies")
    effective = day(snapshot.stored("effective_on"))
    return _agreed(snapshot) | {"copies": chinese_number(copies) if copies else "", "effective_on": effective}


def oral_agreement(snapshot: Snapshot) -> Values:
    """What the parties agreed by word of mouth."""
    return _agreed(snapshot) | {"effective_on": day(snapshot.stored("effective_on"))}


def confirmation(snapshot: Snapshot) -> Values:
    """The joint request that the court confirm the agreement."""
    parties = snapshot.side("applicant", "respondent")
    return base(snapshot) | {
        "individuals": [person(party, "申请人") for party in parties if party["kind"] != "legal"],
        "units": [person(party, "申请人") for party in parties if party["kind"] == "legal"],
        "agreement_number": snapshot.number_of("mediation.agreement", "mediation.oral_agreement"),
        "agreed_on": day(snapshot.stored("effective_on")),
        "matter": snapshot.stored("title"),
        "court_name": snapshot.stored("court_name"),
        "applied_on": day(snapshot.stored("applied_on")),
    }


def _agreed(snapshot: Snapshot) -> Values:
    amount = snapshot.case.get("agreed_amount")
    return base(snapshot) | {
        "parties": both_sides(snapshot),
        "agreed_facts": lines(snapshot.stored("agreed_facts")),
        "terms": items(snapshot.stored("terms")),
        "performance_mode": snapshot.stored("performance_mode"),
        "perform_by": day(snapshot.stored("perform_by")),
        "amount": yuan(amount),
    }


def _confirmation(name: str, schema: type[Schema]) -> Form:
    return declare(
        name,
        "司法确认申请书",
        schema,
        confirmation,
        word="人调确字",
        layout="letter",
        template="mediation/documents/confirmation.html",
        source="民事诉讼法司法解释关于申请确认调解协议所需材料的规定，版式为通行做法",
        verified=False,
        pages=(2, 3),
    )


FORMS = (
    declare(
        "agreement",
        "人民调解协议书",
        AgreementSchema,
        agreement,
        word="人调字",
        source=NAMED_ONLY,
        verified=False,
        layout="letter",
        pages=(2, 3),
        words={"copies": ("份数之后的话", "当事人、人民调解委员会各持一份。")},
    ),
    declare(
        "oral_agreement", "人民调解口头协议登记表", OralAgreementSchema, oral_agreement, word="人调口字", pages=(1, 2)
    ),
    _confirmation("confirmation", ConfirmationSchema),
    _confirmation("confirmation_unit", UnitConfirmationSchema),
)
