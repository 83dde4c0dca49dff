"""Forms with which a case ends: the objection decided, the report, service, the subsidy."""

from marshmallow import Schema

from blueprints.legal_aid.documents.choices import OUTCOMES
from blueprints.legal_aid.documents.deciding import provider
from blueprints.legal_aid.documents.parts import (
    CaseSchema,
    LetterSchema,
    at,
    bureau,
    declare,
    given,
    lawyer,
    mark,
    of_case,
    of_letter,
    on,
    said,
    table,
    taken_on,
    written,
)
from saas.documents.form import Snapshot, Values, code, rows, text, texts
from saas.documents.wording import yuan

OBJECTED = ("refusal", "termination")
RULINGS = ("uphold", "correct")
ADOPTED = ("full", "part", "none")
COUNTS = ("meetings", "readings", "inquiries", "hearings")
SERVED = ("direct", "left", "post", "electronic", "entrusted", "announced")
PAPERS = ("title", "number", "copies")


class ObjectionSchema(LetterSchema):
    """法律援助异议审查决定书."""

    supervisor = text("司法行政部门", most=100)
    objected = code("有异议的决定", *OBJECTED)
    decision_number = text("有异议的决定书编号", most=80)
    decided_on = text("有异议的决定日期", most=20)
    objected_on = text("收到异议日期", most=20)
    reasons = texts("异议的理由", empty=2)
    findings = texts("查明的情况", needed=True)
    grounds = texts("决定的理由和依据", needed=True)
    ruling = code("审查决定", *RULINGS)


class ClosingSchema(CaseSchema):
    """结案报告表."""

    case_number = text("案件编号", most=60)
    organ = text("办案机关", most=100)
    organ_number = text("案号", most=80)
    firm = text("承办单位", most=100)
    lawyer = text("承办人", most=100)
    assigned_on = text("指派日期", most=20)
    finished_on = text("结案日期", most=20)
    meetings = text("会见、约见", most=20)
    readings = text("阅卷", most=20)
    inquiries = text("调查取证", most=20)
    hearings = text("开庭", most=20)
    process = texts("办理过程", empty=0)
    outcome = code("办结方式", *OUTCOMES)
    result = texts("办理结果", needed=True, empty=0)
    adopted = code("意见采纳情况", *ADOPTED)
    recovered = text("挽回损失或者取得利益", most=80)
    report = texts("承办小结", most=5000, empty=0)
    file_pages = text("案卷页数", most=20)
    examined = texts("审核意见", empty=0)
    subsidy = text("补贴金额", most=80)


class PaperSchema(Schema):
    """A paper that is served."""

    title = text("文书名称", most=100)
    number = text("文号", most=80)
    copies = text("份数", most=40)


class ServiceSchema(CaseSchema):
    """送达回证."""

    recipient = text("受送达人", most=1000)
    papers = rows(PaperSchema, "送达文书", empty=4)
    place_name = text("送达地点", most=200)
    way = code("送达方式", *SERVED)
    served_at = text("送达时间", most=40)
    received_by = text("签收人", most=100)
    remark = texts("备注", most=500, empty=0)


class SubsidySchema(CaseSchema):
    """补贴审批表."""

    case_number = text("案件编号", most=60)
    firm = text("承办单位", most=100)
    lawyer = text("承办人", most=100)
    stage = text("所处阶段", most=40)
    finished_on = text("结案日期", most=20)
    submitted_on = text("提交立卷材料日期", most=20)
    kind = text("补贴类别", most=80)
    count = text("数量", most=20)
    reason = texts("增减的理由", empty=0)
    amount = text("补贴金额", most=80)
    examined = texts("审核意见", empty=0)


def objection(snapshot: Snapshot) -> Values:
    """What the justice department decides on an objection."""
    decision = snapshot.taken("refuse", "terminate")
    objected = {"refuse": "refusal", "terminate": "termination"}.get(decision.get("action", ""), "")
    taken = snapshot.taken("uphold_refusal", "uphold_termination", "correct_refusal", "correct_termination")
    return of_letter(snapshot) | {
        "supervisor": bureau(snapshot),
        "objected": objected,
        "decision_number": snapshot.number_of(f"legal_aid.{objected}"),
        "decided_on": taken_on(snapshot, "refuse", "terminate"),
        "objected_on": taken_on(snapshot, "object_refusal", "object_termination"),
        "reasons": written(snapshot, "objection_reason"),
        "findings": written(snapshot, "objection_findings"),
        "grounds": written(snapshot, "objection_grounds"),
        "ruling": str(taken.get("action") or "").partition("_")[0],
    }


def closing(snapshot: Snapshot) -> Values:
    """What the lawyer did, and what came of it."""
    return (
        of_case(snapshot)
        | {name: said(snapshot, name) for name in COUNTS}
        | {
            "case_number": snapshot.stored("number"),
            "organ": said(snapshot, "letter_to", "organ_name"),
            "organ_number": said(snapshot, "organ_number"),
            "firm": provider(snapshot)["firm"],
            "lawyer": lawyer(snapshot),
            "assigned_on": taken_on(snapshot, "assign", "change"),
            "finished_on": on(snapshot, "finished_on"),
            "process": written(snapshot, "process_detail"),
            "outcome": mark(snapshot, OUTCOMES, "outcome_kind"),
            "result": written(snapshot, "outcome_detail"),
            "adopted": mark(snapshot, ADOPTED, "adopted"),
            "recovered": yuan(given(snapshot, "recovered_amount")),
            "report": written(snapshot, "closing_report"),
            "file_pages": said(snapshot, "file_pages"),
            "examined": written(snapshot, "file_opinion"),
            "subsidy": yuan(given(snapshot, "subsidy_amount")),
        }
    )


def service(snapshot: Snapshot) -> Values:
    """How papers reached whom they are for."""
    values = of_case(snapshot)
    return values | {
        "recipient": said(snapshot, "served_to") or values["aided"],
        "papers": table(said(snapshot, "served_items"), PAPERS),
        "place_name": said(snapshot, "served_place"),
        "way": mark(snapshot, SERVED, "serve_mode"),
        "served_at": at(snapshot, "served_at"),
        "received_by": said(snapshot, "received_by"),
        "remark": written(snapshot, "serve_note"),
    }


def subsidy(snapshot: Snapshot) -> Values:
    """What is paid for the case by the city's table."""
    return of_case(snapshot) | {
        "case_number": snapshot.stored("number"),
        "firm": said(snapshot, "provider_name"),
        "lawyer": lawyer(snapshot),
        "stage": said(snapshot, "procedure_stage", "stage"),
        "finished_on": on(snapshot, "finished_on"),
        "submitted_on": on(snapshot, "submitted_on"),
        "kind": said(snapshot, "subsidy_kind"),
        "count": said(snapshot, "subsidy_count"),
        "reason": written(snapshot, "subsidy_reason"),
        "amount": yuan(given(snapshot, "subsidy_amount")),
        "examined": written(snapshot, "file_opinion"),
    }


FORMS = (
    declare(
        "objection",
        "法律援助异议审查决定书",
        ObjectionSchema,
        objection,
        word="援异字",
        prescribed="二十",
        layout="letter",
        pages=(1, 2),
    ),
    declare("closing", "结案报告表", ClosingSchema, closing, word="援结字", prescribed="二十一"),
    declare(
        "service_receipt", "送达回证", ServiceSchema, service, word="援送字", prescribed="二十二", layout="receipt"
    ),
    declare(
        "subsidy",
        "法律援助补贴审批表",
        SubsidySchema,
        subsidy,
        word="援贴字",
        source="各地补贴发放的通行做法，标准由各地规定（法律援助法第五十二条）",
    ),
)
