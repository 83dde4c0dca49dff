"""Forms of screening, clues and docking, the report at the end of a case and its page in the book."""

from collections.abc import Mapping

from blueprints.mediation.codes import CHANNELS, SCOPES
from blueprints.mediation.documents.parts import (
    FormSchema,
    PersonSchema,
    base,
    both_sides,
    declare,
    mediators,
    names,
)
from saas.documents.form import Snapshot, Values, code, rows, text, texts
from saas.documents.wording import day, lines, yuan

HOUSE = "本系统格式，没有规定的格式"
EVENT = "综治基础数据中矛盾纠纷排查登记的项目，版式由本系统拟定"
REPORT = "地方人民调解案卷填写说明中的结案报告表，版式由本系统拟定"
SCALES = {"under_50": "50人以下", "to_100": "50至100人", "to_500": "100至500人", "over_500": "500人以上"}


class ScreeningSchema(FormSchema):
    """矛盾纠纷排查情况表."""

    screening_unit = text("承担单位", most=100)
    scope = text("排查范围和频次", most=40)
    place_name = text("地区、项目或者现场", most=100)
    period = text("重点时期", most=60)
    begins_on = text("本轮开始日期", most=20)
    screened_on = text("排查日期", most=20)
    screener = text("排查人", most=60)
    objects = text("应排查对象数", most=12)
    covered = text("已排查对象数", most=12)
    share = text("覆盖率", most=12)
    uncovered_reason = texts("没有全部排查的原因", empty=0)
    zero = code("零报告", "yes")
    found_count = text("发现纠纷件数", most=12)
    prevented = text("当场预防化解", most=12)
    found_text = texts("发现的纠纷和处理意见")


class ClueSchema(FormSchema):
    """矛盾纠纷排查登记表."""

    event_number = text("事件编号", most=60)
    event_name = text("事件名称", needed=True, most=80)
    happened_on = text("发生日期", most=20)
    area = text("所在地区", most=100)
    place_name = text("发生地点", most=200)
    scale = text("事件规模", most=30)
    kind_title = text("事件类别", most=40)
    people = text("涉及人数", most=12)
    units = text("涉及单位", most=200)
    facts = texts("事件简述", needed=True)
    parties = rows(PersonSchema, "主要当事人", empty=2)


class DockingSchema(FormSchema):
    """对接移送单."""

    channel = text("对接渠道", most=40)
    origin_unit = text("移送机关", most=80)
    origin_number = text("移送文号", most=60)
    transferred_on = text("移送日期", most=20)
    received_on = text("接收材料日期", most=20)
    accepted_on = text("确认接收日期", most=20)
    receiver = text("接收人", most=50)
    due_on = text("反馈期限", most=20)
    kind_title = text("案由", most=40)
    parties = rows(PersonSchema, "双方当事人", empty=2)
    facts = texts("纠纷简要情况", needed=True)
    consent = code("双方同意", "yes")


class AnswerSchema(FormSchema):
    """对接移送结果反馈单."""

    origin_unit = text("移送机关", needed=True, most=80)
    origin_number = text("移送文号", most=60)
    received_on = text("收到日期", most=20)
    party_names = text("当事人", needed=True, most=1000)
    kind_title = text("案由", most=40)
    result = code("调解结果", "agreed", "failed", "withdrawn")
    agreement_number = text("调解协议编号", most=80)
    result_text = texts("结果说明", needed=True)
    answered_on = text("反馈日期", most=20)


class ClosingSchema(FormSchema):
    """人民调解结案报告表."""

    case_number = text("卷号", most=60)
    filled_on = text("填表时间", most=20)
    handler = text("承办人", most=100)
    opened_on = text("受案时间", most=20)
    closed_on = text("结案时间", most=20)
    source_title = text("案件来源", most=40)
    kind_title = text("纠纷类型", most=40)
    parties = rows(PersonSchema, "当事人", empty=2)
    facts = texts("纠纷简要事实", needed=True)
    outcome_text = texts("处理结果", needed=True)
    remark = text("备注", most=500)


class LogbookSchema(FormSchema):
    """人民调解登记簿."""

    case_number = text("编号", most=60)
    opened_on = text("登记日期", most=20)
    party_names = text("当事人", needed=True, most=1000)
    kind_title = text("纠纷类型", most=40)
    source_title = text("来源", most=40)
    mediators = text("人民调解员", most=200)
    outcome = text("调解结果", most=40)
    agreement_number = text("协议编号", most=80)
    amount = text("涉及金额", most=80)
    performed = text("履行情况", most=60)
    revisited_on = text("回访日期", most=20)


def screening(snapshot: Snapshot) -> Values:
    """What a round came to; a round in which nothing was found says so."""
    objects, covered = snapshot.case.get("objects"), snapshot.case.get("covered")
    found = snapshot.entered("report_found") or snapshot.case
    zero = bool(snapshot.taken("report_zero"))
    return base(snapshot) | {
        "screening_unit": names(snapshot, "applicant"),
        "scope": snapshot.stored("kind_title") if snapshot.stored("kind") in dict(SCOPES) else SCOPES[0][1],
        "place_name": snapshot.stored("place"),
        "period": snapshot.stored("period"),
        "begins_on": day(snapshot.stored("begins_on")),
        "screened_on": day(snapshot.stored("screened_on")),
        "screener": snapshot.stored("screener"),
        "objects": _number(objects),
        "covered": _number(covered),
        "share": f"{100 * covered / objects:.2f}%" if objects and covered is not None else "",
        "uncovered_reason": lines(snapshot.stored("uncovered_reason")),
        "zero": "yes" if zero else "",
        "found_count": "0" if zero else _number(found.get("found_count")),
        "prevented": "0" if zero else _number(found.get("prevented")),
        "found_text": [] if zero else lines(found.get("found_text")),
    }


def clue(snapshot: Snapshot) -> Values:
    """What happened, to whom, how large it is."""
    return base(snapshot) | {
        "event_number": snapshot.stored("number"),
        "event_name": snapshot.stored("event_name"),
        "happened_on": day(snapshot.stored("happened_on")),
        "area": snapshot.stored("area_name"),
        "place_name": snapshot.stored("place"),
        "scale": SCALES.get(snapshot.stored("scale"), ""),
        "kind_title": snapshot.stored("kind_title"),
        "people": _number(snapshot.case.get("people")),
        "units": snapshot.stored("units"),
        "facts": lines(snapshot.stored("facts")),
        "parties": both_sides(snapshot),
    }


def docking(snapshot: Snapshot) -> Values:
    """What another body handed over, and until when it is answered."""
    due = next((row["due_on"] for row in snapshot.clocks if row["code"].startswith("answering")), None)
    return base(snapshot) | {
        "channel": dict(CHANNELS).get(snapshot.stored("channel"), ""),
        "origin_unit": snapshot.stored("origin_unit"),
        "origin_number": snapshot.stored("origin_number"),
        "transferred_on": day(snapshot.stored("transferred_on")),
        "received_on": day(snapshot.stored("received_on")),
        "accepted_on": day(snapshot.stored("accepted_on")),
        "receiver": snapshot.stored("receiver"),
        "due_on": day(due),
        "kind_title": snapshot.stored("kind_title"),
        "parties": both_sides(snapshot),
        "facts": lines(snapshot.stored("facts")),
        "consent": "yes" if snapshot.case.get("consent") else "",
    }


def answer(snapshot: Snapshot) -> Values:
    """What became of it."""
    return base(snapshot) | {
        "origin_unit": snapshot.stored("origin_unit"),
        "origin_number": snapshot.stored("origin_number"),
        "received_on": day(snapshot.stored("received_on")),
        "party_names": names(snapshot),
        "kind_title": snapshot.stored("kind_title"),
        "result": snapshot.stored("result"),
        "agreement_number": snapshot.stored("agreement_number"),
        "result_text": lines(snapshot.stored("result_text")),
        "answered_on": day(snapshot.stored("answered_on")),
    }


def closing_report(snapshot: Snapshot) -> Values:
    """How a dispute came, went and ended."""
    entered = snapshot.entered("close_report")
    return base(snapshot) | {
        "case_number": snapshot.stored("number"),
        "filled_on": day(entered.get("filled_on")),
        "handler": mediators(snapshot),
        "opened_on": day(snapshot.stored("opened_on")),
        "closed_on": day(_ended_on(snapshot)),
        "source_title": snapshot.stored("source_title"),
        "kind_title": snapshot.stored("kind_title"),
        "parties": both_sides(snapshot),
        "facts": lines(snapshot.stored("facts")),
        "outcome_text": lines(entered.get("outcome_text")),
        "remark": entered.get("remark") or "",
    }


def logbook(snapshot: Snapshot) -> Values:
    """The entry of a dispute in the committee's book."""
    performed, revisit = snapshot.stored("performed_on"), snapshot.entered("revisit")
    return base(snapshot) | {
        "case_number": snapshot.stored("number"),
        "opened_on": day(snapshot.stored("opened_on")),
        "party_names": names(snapshot),
        "kind_title": snapshot.stored("kind_title"),
        "source_title": snapshot.stored("source_title"),
        "mediators": mediators(snapshot),
        "outcome": OUTCOMES.get(snapshot.stored("outcome"), ""),
        "agreement_number": snapshot.number_of("mediation.agreement", "mediation.oral_agreement"),
        "amount": yuan(snapshot.case.get("agreed_amount")),
        "performed": f"{day(performed)}履行" if performed else "",
        "revisited_on": day(revisit.get("revisited_on")),
    }


def _number(value: object) -> str:
    return "" if value is None else str(value)


def _ended_on(snapshot: Snapshot) -> str:
    ended: str = snapshot.taken("agree_written", "agree_oral", "end").get("on", "")
    return ended


OUTCOMES: Mapping[str, str] = {"succeeded": "达成协议", "ended": "终止调解"}
FORMS = (
    declare(
        "screening_register",
        "矛盾纠纷排查情况表",
        ScreeningSchema,
        screening,
        word="人调排字",
        source=HOUSE,
        verified=False,
        level="house",
    ),
    declare(
        "clue_register",
        "矛盾纠纷排查登记表",
        ClueSchema,
        clue,
        word="人调线字",
        source=EVENT,
        verified=False,
        level="local",
    ),
    declare(
        "docking_slip",
        "对接移送单",
        DockingSchema,
        docking,
        word="人调接字",
        source=HOUSE,
        verified=False,
        level="house",
    ),
    declare(
        "docking_answer",
        "对接移送结果反馈单",
        AnswerSchema,
        answer,
        word="人调馈字",
        layout="letter",
        source=HOUSE,
        verified=False,
        level="house",
    ),
    declare(
        "closing_report",
        "人民调解结案报告表",
        ClosingSchema,
        closing_report,
        word="人调结字",
        source=REPORT,
        verified=False,
        level="local",
        pages=(1, 2),
    ),
    declare(
        "logbook",
        "人民调解登记簿",
        LogbookSchema,
        logbook,
        word="人调簿字",
        source=f"{HOUSE}，登记簿名称见地方案卷要求",
        verified=False,
        level="local",
    ),
)
