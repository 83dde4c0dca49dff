"""Forms by which the quality of the work is looked after: at the hearing, with the authority, with the person aided."""

from blueprints.legal_aid.documents.deciding import kind
from blueprints.legal_aid.documents.parts import (
    CaseSchema,
    actor,
    at,
    contact,
    declare,
    issued_on,
    lawyer,
    mark,
    of_case,
    on,
    said,
    written,
)
from saas.documents.form import Snapshot, Values, code, text, texts

GRADES = ("good", "fair", "ordinary", "poor")
HEARD = ("prepared", "evidence_work", "argument", "manners")
MODES = ("visit", "phone", "other")
SATISFIED = ("satisfied", "basically", "dissatisfied")
ANSWERS = ("yes", "no")


class WorkSchema(CaseSchema):
    """What these forms say of the work that is looked at."""

    firm = text("承办单位", most=100)
    lawyer = text("承办人", most=100)


class HearingVisitSchema(WorkSchema):
    """庭审旁听情况记录表."""

    issued_on = text("记录日期", most=20)
    organ = text("审理机关", most=100)
    organ_number = text("案号", most=80)
    heard_at = text("开庭时间", most=40)
    court_room = text("开庭地点", most=100)
    judge = text("审判人员", most=60)
    visitors = text("旁听人", most=100)
    prepared = code("庭前准备", *GRADES)
    evidence_work = code("举证质证", *GRADES)
    argument = code("辩论、辩护意见", *GRADES)
    manners = code("庭审礼仪和纪律", *GRADES)
    opinion = texts("旁听意见", empty=0)


class OpinionRequestSchema(WorkSchema):
    """征询办案机关意见函."""

    issued_on = text("制作日期", most=20)
    addressee = text("办案机关", most=100, needed=True)
    officer = text("办案人员", most=60)
    organ_number = text("案号", most=80)
    kind = code("承办人的身份", "agency", "defence")
    items = texts("征询的内容", needed=True, empty=1)
    reply_by = text("回复期限", most=20)
    clerk = text("联系人", most=60)
    phone = text("联系电话", most=40)


class RevisitSchema(WorkSchema):
    """受援人回访记录表."""

    case_number = text("案件编号", most=60)
    phone = text("受援人联系电话", most=40)
    revisited_on = text("回访日期", most=20)
    mode = code("回访方式", *MODES)
    satisfaction = code("满意程度", *SATISFIED)
    took_fees = code("有无收取财物", *ANSWERS)
    comment = texts("对服务的评价", empty=0)
    suggestion = texts("意见和建议", empty=0)
    visitor = text("回访人", most=60)


def hearing_visit(snapshot: Snapshot) -> Values:
    """How the lawyer did at a hearing."""
    return _work(snapshot) | {
        "issued_on": issued_on(snapshot),
        "organ": said(snapshot, "letter_to", "organ_name"),
        "organ_number": said(snapshot, "organ_number"),
        "heard_at": at(snapshot, "heard_at"),
        **{name: said(snapshot, name) for name in ("court_room", "judge", "visitors")},
        **{name: mark(snapshot, GRADES, name) for name in HEARD},
        "opinion": written(snapshot, "hearing_opinion"),
    }


def opinion_request(snapshot: Snapshot) -> Values:
    """What the authority that had the case is asked about the lawyer's work."""
    return (
        _work(snapshot)
        | contact(snapshot)
        | {
            "issued_on": issued_on(snapshot),
            "addressee": said(snapshot, "asked_organ"),
            "officer": said(snapshot, "asked_person"),
            "organ_number": said(snapshot, "organ_number"),
            "kind": kind(snapshot),
            "items": written(snapshot, "asked_items"),
            "reply_by": on(snapshot, "opinion_by"),
            "clerk": actor(snapshot, "ask_opinion"),
        }
    )


def revisit(snapshot: Snapshot) -> Values:
    """What the person aided says some time afterwards."""
    return _work(snapshot) | {
        "case_number": snapshot.stored("number"),
        "phone": next((str(party.get("phone") or "") for party in snapshot.side("applicant")), ""),
        "revisited_on": on(snapshot, "revisited_on"),
        "mode": mark(snapshot, MODES, "revisit_mode"),
        "satisfaction": mark(snapshot, SATISFIED, "satisfaction"),
        "took_fees": mark(snapshot, ANSWERS, "took_fees"),
        "comment": written(snapshot, "service_comment"),
        "suggestion": written(snapshot, "suggestion"),
        "visitor": said(snapshot, "visitor"),
    }


def _work(snapshot: Snapshot) -> Values:
    return of_case(snapshot) | {"firm": said(snapshot, "provider_name"), "lawyer": lawyer(snapshot)}


FORMS = (
    declare("hearing_visit", "庭审旁听情况记录表", HearingVisitSchema, hearing_visit, word="援听字", prescribed="三十"),
    declare(
        "opinion_request",
        "征询办案机关意见函",
        OpinionRequestSchema,
        opinion_request,
        word="援询字",
        prescribed="三十一",
        layout="letter",
        pages=(2, 2),
    ),
    declare("revisit", "受援人回访记录表", RevisitSchema, revisit, word="援访字", prescribed="三十二"),
)
