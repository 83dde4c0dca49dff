"""Forms of the decision and of who is to help: granted or refused, assigned, agreed, told to the authority."""

from blueprints.legal_aid.documents.choices import WAYS
from blueprints.legal_aid.documents.parts import (
    CaseSchema,
    LetterSchema,
    PersonSchema,
    asked_on,
    bureau,
    contact,
    declare,
    given,
    lawyer,
    mark,
    names,
    of_case,
    of_letter,
    on,
    people,
    said,
    taken_on,
    written,
)
from saas.documents.form import Snapshot, Values, code, rows, text, texts
from saas.documents.wording import day

GRANTING = ("grant", "grant_urgent")
KINDS = ("agency", "defence")
CIVIL_WAYS = ("representation", "labour")
POWERS = ("general", "special", "defence")
GRAVE = ("life", "death", "death_review")
EXPERIENCED = "承办律师应当具有三年以上相关执业经历（《中华人民共和国法律援助法》第二十六条）。"
FOR_MINORS = "承办律师应当熟悉未成年人身心特点（《中华人民共和国未成年人保护法》第一百零四条）。"


class GrantSchema(LetterSchema):
    """给予法律援助决定书."""

    applied_on = text("申请日期", most=20)
    basis = text("依据的条款", needed=True)
    way = code("法律援助形式", *WAYS)
    urgent = code("先行提供法律援助", "yes")
    urgent_ground = text("先行提供的情形")
    papers_by = text("补办手续的期限", most=20)
    phone = text("联系电话", most=40)


class RefusalSchema(LetterSchema):
    """不予法律援助决定书."""

    applied_on = text("申请日期", most=20)
    reason = text("不予的原因")
    details = texts("不予法律援助的理由", needed=True)
    basis = text("依据的条款", needed=True)
    supervisor = text("司法行政部门", most=100)
    object_by = text("提出异议的期限", most=20)


class AssignmentSchema(LetterSchema):
    """指派通知书."""

    firm = text("承办单位", most=100, needed=True)
    lawyer = text("承办人", most=100)
    opponent = text("对方当事人", most=1000)
    matter = text("事项大类", most=60)
    organ = text("办案机关", most=100)
    stage = text("所处阶段", most=40)
    organ_number = text("案号", most=80)
    notice_number = text("通知书文号", most=80)
    aided_phone = text("受援人联系电话", most=40)
    custody = text("羁押场所", most=100)
    demands = texts("对承办的要求", empty=1)
    phone = text("联系电话", most=40)


class AgreementSchema(CaseSchema):
    """委托代理/辩护协议."""

    persons = rows(PersonSchema, "甲方")
    firm = text("乙方", most=100)
    lawyer = text("承办人", most=100)
    lawyer_phone = text("承办人联系电话", most=40)
    organ = text("办案机关", most=100)
    stage = text("代理、辩护阶段", most=40)
    power = code("委托的权限", *POWERS)
    special = text("特别授权的事项")
    assignment_number = text("指派通知书编号", most=80)
    signed_on = text("签订日期", most=20)


class AuthorityLetterSchema(LetterSchema):
    """法律援助公函."""

    addressee = text("办案机关", most=100)
    stage = text("所处阶段", most=40)
    organ_number = text("案号", most=80)
    firm = text("承办单位", most=100)
    lawyer = text("承办人", most=100)
    lawyer_phone = text("承办人联系电话", most=40)
    kind = code("承办人的身份", *KINDS)
    notice_number = text("通知书文号", most=80)
    granted_on = text("决定日期", most=20)


def grant(snapshot: Snapshot) -> Values:
    """That aid is given, in which way, and on which ground."""
    urgent = snapshot.taken(*GRANTING).get("action") == "grant_urgent"
    return (
        of_letter(snapshot)
        | contact(snapshot)
        | {
            "applied_on": asked_on(snapshot),
            "basis": _basis(snapshot, *GRANTING),
            "way": mark(snapshot, WAYS, "aid_form"),
            "urgent": "yes" if urgent else "",
            "urgent_ground": said(snapshot, "urgent_ground") if urgent else "",
            "papers_by": on(snapshot, "papers_by") if urgent else "",
        }
    )


def refusal(snapshot: Snapshot) -> Values:
    """That no aid is given, why, and who can be asked to look at it again."""
    return of_letter(snapshot) | {
        "applied_on": asked_on(snapshot),
        "reason": said(snapshot, "refuse_reason"),
        "details": written(snapshot, "refuse_detail"),
        "basis": _basis(snapshot, "refuse"),
        "supervisor": bureau(snapshot),
        "object_by": object_by(snapshot),
    }


def assignment(snapshot: Snapshot) -> Values:
    """Which firm is to help, and what the lawyer must bring."""
    return (
        of_letter(snapshot)
        | contact(snapshot)
        | {
            "firm": said(snapshot, "provider_name"),
            "lawyer": lawyer(snapshot),
            "opponent": names(snapshot, "respondent"),
            "matter": said(snapshot, "matter_class"),
            "organ": said(snapshot, "organ_name"),
            "stage": said(snapshot, "stage"),
            "organ_number": said(snapshot, "organ_number"),
            "notice_number": said(snapshot, "notice_number"),
            "aided_phone": next((str(party.get("phone") or "") for party in snapshot.side("applicant")), ""),
            "custody": said(snapshot, "detained_at"),
            "demands": _demands(snapshot),
        }
    )


def agreement(snapshot: Snapshot) -> Values:
    """What the person aided and the firm agree on."""
    return of_case(snapshot) | {
        "persons": people(snapshot, "applicant"),
        **provider(snapshot),
        "organ": said(snapshot, "letter_to", "organ_name"),
        "stage": said(snapshot, "procedure_stage", "stage"),
        "power": mark(snapshot, POWERS, "authority"),
        "special": said(snapshot, "authority_detail"),
        "assignment_number": snapshot.number_of("legal_aid.assignment"),
        "signed_on": on(snapshot, "agreed_on"),
    }


def letter(snapshot: Snapshot) -> Values:
    """Who speaks for the person aided, told to the authority that has the case."""
    return of_letter(snapshot) | {
        "addressee": said(snapshot, "letter_to", "organ_name"),
        "stage": said(snapshot, "procedure_stage", "stage"),
        "organ_number": said(snapshot, "organ_number"),
        **provider(snapshot),
        "kind": kind(snapshot),
        "notice_number": said(snapshot, "notice_number"),
        "granted_on": taken_on(snapshot, *GRANTING),
    }


def provider(snapshot: Snapshot) -> Values:
    """Who handles the case, and from which firm."""
    return {
        "firm": said(snapshot, "provider_name"),
        "lawyer": lawyer(snapshot),
        "lawyer_phone": said(snapshot, "handler_phone"),
    }


def kind(snapshot: Snapshot) -> str:
    """Whether a defence or another mandate is meant; open before either is known."""
    if agreed := given(snapshot, "authority"):
        return "defence" if agreed == "defence" else "agency"
    if situation := given(snapshot, "situation"):
        return "agency" if situation == "medical" else "defence"
    return "agency" if given(snapshot, "aid_form") in CIVIL_WAYS else ""


def object_by(snapshot: Snapshot) -> str:
    """The last day to object, where the city's rule sets one."""
    return next((day(clock["due_on"]) for clock in snapshot.clocks if clock["code"] == "objection_right"), "")


def _basis(snapshot: Snapshot, *actions: str) -> str:
    """What a decision rests on: each kind of decision asks for it under the same name."""
    return str(snapshot.entered(*actions).get("decision_basis") or "")


def _demands(snapshot: Snapshot) -> list[str]:
    grave = [EXPERIENCED] if given(snapshot, "gravest") in GRAVE else []
    young = [FOR_MINORS] if "minor" in (given(snapshot, "categories") or ()) else []
    return [*grave, *young, *written(snapshot, "assign_note")]


FORMS = (
    declare("grant", "给予法律援助决定书", GrantSchema, grant, word="援给字", prescribed="九", layout="letter"),
    declare("refusal", "不予法律援助决定书", RefusalSchema, refusal, word="援拒字", prescribed="十", layout="letter"),
    declare(
        "assignment",
        "指派通知书",
        AssignmentSchema,
        assignment,
        word="援指字",
        prescribed="十一",
        layout="letter",
        words={"closing": ("结束的话", "特此通知。")},
    ),
    declare(
        "agreement",
        "委托代理/辩护协议",
        AgreementSchema,
        agreement,
        word="援议字",
        prescribed="十二",
        layout="letter",
        pages=(2, 2),
    ),
    declare(
        "letter",
        "法律援助公函",
        AuthorityLetterSchema,
        letter,
        word="援函字",
        prescribed="十三",
        layout="letter",
        words={"closing": ("结束的话", "特此函告。")},
    ),
)
