"""Forms of visits at home: who allowed one, and what was done there."""

from blueprints.notary.documents.parts import HOUSE, MatterSchema, about, declare
from saas.documents.form import Snapshot, Values, code, text, texts
from saas.documents.wording import day, lines, moment

GROUNDS = ("disabled", "hospital", "aged", "project", "other")


class ApprovalSchema(MatterSchema):
    """上门办证审批单."""

    phone = text("联系电话", most=40)
    ground = code("原因", *GROUNDS)
    address = text("地点")
    visit_at = text("约定时间", most=40)
    staff = text("办证人员", most=60, needed=True)
    content = texts("上门办理的内容", empty=2)
    handler = text("承办公证员", most=60)
    opinion = texts("审批意见", empty=2)
    approver = text("审批人", most=60)
    approved_on = text("审批日期", most=20)


class VisitSchema(MatterSchema):
    """上门服务登记."""

    ground = code("原因", *GROUNDS)
    address = text("地点")
    left_at = text("出发时间", most=40)
    arrived_at = text("到达时间", most=40)
    staff = text("办证人员", most=60, needed=True)
    identity = code("核验身份", "yes", "no")
    recorded = code("录音录像", "yes", "no")
    materials = texts("现场收取的材料", empty=2)
    result = texts("办理结果", needed=True, empty=3)
    satisfaction = code("服务评价", "satisfied", "basically", "dissatisfied")


def visit_approval(snapshot: Snapshot) -> Values:
    """That two people may go to a home, when and why."""
    granted = snapshot.taken("grant_visit")
    return about(snapshot) | {
        "phone": next((str(party.get("phone") or "") for party in snapshot.side("applicant")), ""),
        "ground": snapshot.stored("visit_ground"),
        "address": snapshot.stored("visit_address"),
        "visit_at": moment(snapshot.case.get("visit_at")),
        "staff": snapshot.stored("visit_staff"),
        "content": lines(snapshot.stored("visit_matter")),
        "handler": snapshot.stored("handler"),
        "opinion": lines((granted.get("input") or {}).get("opinion")),
        "approver": granted.get("actor", ""),
        "approved_on": day(granted.get("on")),
    }


def visit(snapshot: Snapshot) -> Values:
    """What two people did at a home."""
    entered = snapshot.entered("visit")
    return about(snapshot) | {
        "ground": snapshot.stored("visit_ground"),
        "address": snapshot.stored("visit_address"),
        "left_at": moment(entered.get("left_at")),
        "arrived_at": moment(entered.get("arrived_at")),
        "staff": entered.get("visited_by") or "",
        "identity": _said(entered.get("visit_identity")),
        "recorded": _said(entered.get("visit_recorded")),
        "materials": lines(entered.get("visit_materials")),
        "result": lines(entered.get("visit_result")),
        "satisfaction": entered.get("satisfaction") or "",
    }


def _said(value: object) -> str:
    return "" if value is None else "yes" if value else "no"


FORMS = (
    declare(
        "visit_approval",
        "上门办证审批单",
        ApprovalSchema,
        visit_approval,
        word="公上审字",
        layout="table",
        source=HOUSE,
    ),
    declare("visit", "上门服务登记", VisitSchema, visit, word="公上字", layout="table", source=HOUSE),
)
