"""Forms made while the mediators work: records taken down, and the report of a dispute that escalates."""

from blueprints.mediation.documents.parts import NAMED_ONLY, FormSchema, base, declare, mediators, names
from saas.documents.form import Snapshot, Values, code, text, texts
from saas.documents.wording import lines, moment


class InvestigationSchema(FormSchema):
    """人民调解调查记录."""

    held_at = text("时间", most=40, needed=True)
    place_name = text("地点", needed=True)
    interviewee = text("被调查人", needed=True)
    interviewee_detail = text("被调查人基本情况")
    participants = text("参加人")
    investigators = text("调查人")
    recorder = text("记录人", most=60)
    content = texts("调查内容", most=8000, needed=True, empty=9)


class RecordSchema(FormSchema):
    """人民调解记录."""

    held_at = text("时间", most=40, needed=True)
    place_name = text("地点", needed=True)
    mode = code("方式", "onsite", "video")
    party_names = text("当事人", most=1000, needed=True)
    invited = text("参加人")
    mediators = text("人民调解员")
    recorder = text("记录人", most=60)
    informed = code("已告知权利义务", "yes")
    content = texts("调解过程和各方意见", most=8000, needed=True, empty=7)
    result = texts("调解结果", needed=True, empty=2)


class WarningSchema(FormSchema):
    """纠纷激化报告单."""

    reported_to = text("接受报告单位", needed=True)
    reported_at = text("报告时间", most=40)
    matter = text("纠纷名称", needed=True)
    party_names = text("当事人", most=1000, needed=True)
    colour = code("预警等级", "red", "orange", "yellow", "blue")
    danger = texts("激化情况", needed=True)
    measures = texts("已采取的措施", needed=True)
    phone = text("联系电话", most=40)


def investigation(snapshot: Snapshot) -> Values:
    """What somebody told those who looked into the dispute."""
    entered = snapshot.entered("investigate")
    return base(snapshot) | {
        "held_at": moment(entered.get("held_at")),
        "place_name": entered.get("place") or "",
        "interviewee": entered.get("interviewee") or "",
        "interviewee_detail": entered.get("interviewee_detail") or "",
        "participants": entered.get("participants") or "",
        "investigators": mediators(snapshot),
        "recorder": entered.get("recorder") or "",
        "content": lines(entered.get("content")),
    }


def record(snapshot: Snapshot) -> Values:
    """What was said at a mediation, and what came of it."""
    entered = snapshot.entered("session")
    return base(snapshot) | {
        "held_at": moment(entered.get("held_at")),
        "place_name": entered.get("place") or "",
        "mode": entered.get("mode") or "",
        "party_names": names(snapshot, "applicant", "respondent", "agent"),
        "invited": entered.get("invited") or "",
        "mediators": mediators(snapshot),
        "recorder": entered.get("recorder") or "",
        "informed": "yes" if entered.get("informed") else "",
        "content": lines(entered.get("content")),
        "result": lines(entered.get("result")),
    }


def warning(snapshot: Snapshot) -> Values:
    """What may come of the dispute, told to the police or another body."""
    entered = snapshot.entered("warn")
    return base(snapshot) | {
        "reported_to": entered.get("reported_to") or "",
        "reported_at": moment(entered.get("reported_at")),
        "matter": snapshot.stored("title"),
        "party_names": names(snapshot),
        "colour": entered.get("colour") or snapshot.stored("colour"),
        "danger": lines(entered.get("danger")),
        "measures": lines(entered.get("measures")),
        "phone": snapshot.unit.get("phone") or "",
    }


FORMS = (
    declare(
        "investigation",
        "人民调解调查记录",
        InvestigationSchema,
        investigation,
        word="人调查字",
        source=NAMED_ONLY,
        verified=False,
        layout="record",
        pages=(1, 2),
        words={
            "opening": ("开头告知的话", "调查人已经表明身份，说明来意，告知被调查人应当如实陈述。"),
            "closing": ("核对的话", "以上记录已经被调查人核对（或者已向被调查人宣读），与所述相符。"),
        },
    ),
    declare(
        "record",
        "人民调解记录",
        RecordSchema,
        record,
        word="人调记字",
        source=NAMED_ONLY,
        verified=False,
        layout="record",
        pages=(1, 2),
        words={"closing": ("核对的话", "以上记录已经当事人核对（或者已向当事人宣读），无误。")},
    ),
    declare(
        "warning",
        "纠纷激化报告单",
        WarningSchema,
        warning,
        word="人调警字",
        source="《中华人民共和国人民调解法》第二十五条",
        verified=False,
        level="house",
    ),
)
