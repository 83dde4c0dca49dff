"""Whom it is about, whether they came in time, and who stands by them (社区矫正法 20 to 25)."""

from datetime import date

from blueprints.corrections.facts import Facts, Values, day, entries, is_minor, later, setting
from blueprints.corrections.measures import lateness
from saas.workflow.engine import Reason

RECEIVED = "社区矫正法第二十二条"
REPORTING = "社区矫正法第二十一条"
REPORT_CLOCKS = ("report", "escort", "move_in")
SEX_BY_PARITY = {0: "female", 1: "male"}


def identity_agrees(facts: Facts, values: Values) -> list[Reason]:
    """Sex and day of birth are those of the ID number.

    Source: 社区矫正法 22; GB 11643.
    """
    del facts
    number, birth = str(values.get("subject_id") or ""), day(values.get("birth"))
    if not number:
        return []
    found = []
    if birth and f"{birth:%Y%m%d}" != number[6:14]:
        found.append(Reason("identity", "出生日期和身份证号不一致，请核对。", "birth", RECEIVED))
    if values.get("gender") and values["gender"] != SEX_BY_PARITY[int(number[16]) % 2]:
        found.append(Reason("identity", "性别和身份证号不一致，请核对。", "gender", RECEIVED))
    return found


def documents_dates(facts: Facts, values: Values) -> list[Reason]:
    """Notice and papers do not come before what they tell of was decided.

    Source: 社区矫正法 20.
    """
    judged = day(facts["data"].get("judged_on"))
    return [
        Reason("dates", "收到日期不能早于判决日期，请核对。", name, "社区矫正法第二十条")
        for name in ("notified_on", "documents_received_on")
        if judged and (got := day(values.get(name))) and got < judged
    ]


def documents_here(facts: Facts, values: Values) -> list[Reason]:
    """A receipt is sent for papers that came.

    Source: 社区矫正法 22.
    """
    del values
    if entries(facts, "documents_in", "documents_later"):
        return []
    return [Reason("documents", "还没有登记收到法律文书，请先登记，再送达回执。", None, RECEIVED)]


def reported_in_time(facts: Facts, values: Values) -> list[Reason]:
    """Whoever came after the last day is received as late.

    Source: 社区矫正法 21.
    """
    due, came = _due(facts), day(values.get("reported_on"))
    if not due or not came or came <= due:
        return []
    proposed = lateness(due, came)
    text = (
        f"报到的最后一日是{due:%Y年%m月%d日}，已经超过{(came - due).days}日，请改办“登记逾期报到”。"
        f"按规定可以提出：{proposed.title}，由有权机关决定。"
    )
    return [Reason("late", text, "reported_on", f"{REPORTING}、{proposed.law}")]


def reported_late(facts: Facts, values: Values) -> list[Reason]:
    """Whoever came in time is not received as late, and a late one says why.

    Source: 社区矫正法 21; 社区矫正法实施办法 34, 35, 46.
    """
    due, came = _due(facts), day(values.get("reported_on"))
    if due and came and came <= due:
        text = f"报到的最后一日是{due:%Y年%m月%d日}，没有逾期，请改办“登记按时报到”。"
        return [Reason("in_time", text, "reported_on", REPORTING)]
    if not values.get("late_reason"):
        return [Reason("late", "请写明没有按时报到的原因。", "late_reason", REPORTING)]
    return []


def report_overdue(facts: Facts, values: Values) -> list[Reason]:
    """Nobody is searched for before the last day to report has passed.

    Source: 社区矫正法 30.
    """
    del values
    due = _due(facts)
    if due and facts["today"] <= due:
        text = f"报到的最后一日是{due:%Y年%m月%d日}，还没有逾期，不能按失去联系组织查找。"
        return [Reason("search", text, None, "社区矫正法第三十条")]
    return []


def absent_over_month(facts: Facts, values: Values) -> list[Reason]:
    """Only an absence of more than a month leads to a proposal to revoke.

    Source: 社区矫正法实施办法 46, 47.
    """
    del values
    due = _due(facts)
    if due and facts["today"] <= later(due, 1):
        text = f"未报到超过一个月（{later(due, 1):%Y年%m月%d日}之后）才可以转入提请，请继续查找。"
        return [Reason("absent", text, None, "社区矫正法实施办法第四十六条、第四十七条")]
    return []


def term_dates(facts: Facts, values: Values) -> list[Reason]:
    """The term ends after it begins, and the summary is due so many days before its end.

    Source: 社区矫正法 44; 社区矫正法实施办法 53.
    """
    begins, ends, summary = (day(values.get(name)) for name in ("term_from", "term_until", "summary_by"))
    found = []
    if begins and ends and ends <= begins:
        found.append(Reason("term", "矫正期限的止日应当晚于起日，请核对。", "term_until", "社区矫正法第四十四条"))
    ahead = setting(facts, "summary_days")
    if ends and summary and (ends - summary).days < ahead:
        text = f"个人总结应当在期满{ahead}日以前提交，请把最后一日提前。"
        found.append(Reason("term", text, "summary_by", "社区矫正法实施办法第五十三条（未核对）"))
    return found


def group_members(facts: Facts, values: Values) -> list[Reason]:
    """A woman has a woman in her group, a minor a guardian and somebody who knows minors.

    Source: 社区矫正法 25, 52, 53.
    """
    data, kinds = facts["data"], values.get("group_kinds") or ()
    found = []
    if data.get("gender") == "female" and not values.get("has_woman"):
        text = "社区矫正对象为女性的，矫正小组中应当有女性成员。"
        found.append(Reason("woman", text, "has_woman", "社区矫正法第二十五条"))
    if not is_minor(data.get("birth"), facts["today"]):
        return found
    if "guardian" not in kinds:
        text = "社区矫正对象为未成年人的，监护人应当参加矫正小组，履行监护责任。"
        found.append(Reason("guardian", text, "group_kinds", "社区矫正法第五十三条"))
    if not values.get("knows_minors"):
        text = "未成年社区矫正对象的矫正小组，应当有熟悉未成年人身心特点的人员。"
        found.append(Reason("specialist", text, "knows_minors", "社区矫正法第五十二条"))
    return found


def _due(facts: Facts) -> date | None:
    """The last day to report, whichever way somebody came."""
    return next((facts["due"][code] for code in REPORT_CLOCKS if code in facts["due"]), None)
