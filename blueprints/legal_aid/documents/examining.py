"""Forms made while an application is examined: what is wanting, help from elsewhere, the opinions."""

from blueprints.legal_aid.documents.choices import CHECKS, EXEMPTIONS, GROUNDS_OF_MEANS, UNLIMITED
from blueprints.legal_aid.documents.parts import (
    CaseSchema,
    LetterSchema,
    PersonSchema,
    actor,
    asked_on,
    contact,
    declare,
    mark,
    of_case,
    of_letter,
    on,
    people,
    said,
    sum_of,
    taken_on,
    written,
)
from saas.documents.form import Snapshot, Values, code, rows, text, texts

JURISDICTION = ("organ", "dispute", "event", "none")
ANSWERS = ("yes", "no")
PROPOSALS = ("grant", "refuse")
DECISIONS = ("grant", "grant_urgent", "refuse")
RESULTS = ("poor", "not_poor")


class SupplementSchema(LetterSchema):
    """补充材料/说明通知书."""

    applied_on = text("申请日期", most=20)
    gaps = texts("需要补充的材料或者说明", needed=True)
    again_reason = texts("再次告知的理由", empty=0)
    supplement_by = text("补充期限", most=20)
    phone = text("联系电话", most=40)
    address = text("机构地址")


class CooperationSchema(LetterSchema):
    """法律援助协作函."""

    persons = rows(PersonSchema, "申请人")
    addressee = text("协作的法律援助机构", most=100)
    items = texts("协作事项", needed=True)
    reply_by = text("答复期限", most=20)
    clerk = text("联系人", most=60)
    phone = text("联系电话", most=40)


class ReviewSchema(CaseSchema):
    """法律援助审查表."""

    applied_on = text("申请日期", most=20)
    summary = texts("申请理由摘要", empty=0)
    jurisdiction = code("本机构受理的依据", *JURISDICTION)
    in_scope = code("属于法律援助的事项范围", *ANSWERS)
    ground = code("经济状况的情形", *GROUNDS_OF_MEANS)
    check = code("核查方式", *CHECKS)
    exemption = code("免予核查的情形", *EXEMPTIONS)
    unlimited = code("不受经济困难条件限制的情形", *UNLIMITED)
    size = text("核定的家庭人数", most=20)
    income = text("核定的家庭每月总收入", most=40)
    result = code("核查结论", *RESULTS)
    findings = texts("核查说明", empty=0)
    proposal = code("审查意见", *PROPOSALS)
    opinion = texts("审查理由", empty=0)
    reviewer = text("审查人", most=60)
    reviewed_on = text("审查日期", most=20)
    decision = code("审批结论", *DECISIONS)
    approval = texts("审批意见", empty=0)
    decider = text("负责人", most=60)
    decided_on = text("审批日期", most=20)


def supplement(snapshot: Snapshot) -> Values:
    """Everything that is wanting, told once."""
    return (
        of_letter(snapshot)
        | contact(snapshot)
        | {
            "applied_on": asked_on(snapshot),
            "gaps": written(snapshot, "gaps"),
            "again_reason": written(snapshot, "again_reason"),
            "supplement_by": on(snapshot, "supplement_by"),
            "address": str(snapshot.unit.get("address") or ""),
        }
    )


def cooperation(snapshot: Snapshot) -> Values:
    """What another agency is asked to find out."""
    return (
        of_letter(snapshot)
        | contact(snapshot)
        | {
            "persons": people(snapshot, "applicant"),
            "addressee": said(snapshot, "cooperating_agency"),
            "items": written(snapshot, "cooperation_items"),
            "reply_by": on(snapshot, "reply_by"),
            "clerk": actor(snapshot, "cooperate"),
        }
    )


def review(snapshot: Snapshot) -> Values:
    """The opinion of who examined the application, and of who decides."""
    decided = snapshot.taken(*DECISIONS).get("action") or ""
    return (
        of_case(snapshot)
        | means_of(snapshot)
        | {
            "applied_on": asked_on(snapshot),
            "summary": written(snapshot, "summary", "facts"),
            "jurisdiction": mark(snapshot, JURISDICTION, "jurisdiction"),
            "in_scope": mark(snapshot, ANSWERS, "in_scope"),
            "proposal": mark(snapshot, PROPOSALS, "proposal"),
            "opinion": written(snapshot, "review_opinion"),
            "reviewer": actor(snapshot, "review"),
            "reviewed_on": taken_on(snapshot, "review"),
            "decision": decided,
            "approval": written(snapshot, "approve_opinion"),
            "decider": actor(snapshot, *DECISIONS),
            "decided_on": taken_on(snapshot, *DECISIONS),
        }
    )


def means_of(snapshot: Snapshot) -> Values:
    """How the applicant's means were examined, and what was found."""
    return {
        "ground": mark(snapshot, GROUNDS_OF_MEANS, "means_ground"),
        "check": mark(snapshot, CHECKS, "means_method"),
        "exemption": mark(snapshot, EXEMPTIONS, "exempt_kind"),
        "unlimited": mark(snapshot, UNLIMITED, "unlimited_kind"),
        "size": said(snapshot, "checked_size"),
        "income": sum_of(snapshot, "checked_income"),
        "result": mark(snapshot, RESULTS, "means_result"),
        "findings": [*written(snapshot, "query_source"), *written(snapshot, "means_opinion")],
    }


FORMS = (
    declare(
        "supplement",
        "补充材料/说明通知书",
        SupplementSchema,
        supplement,
        word="援补字",
        prescribed="六",
        layout="letter",
        words={"closing": ("结束的话", "特此通知。")},
    ),
    declare(
        "cooperation",
        "法律援助协作函",
        CooperationSchema,
        cooperation,
        word="援协字",
        prescribed="七",
        layout="letter",
        words={"closing": ("结束的话", "请予协助为盼。")},
    ),
    declare("review", "法律援助审查表", ReviewSchema, review, word="援审字", prescribed="八"),
)
