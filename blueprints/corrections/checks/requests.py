"""What somebody may be allowed while serving, by whom and for how long (社区矫正法 27; 实施办法 24 to 31)."""

from collections.abc import Callable
from datetime import date

from blueprints.corrections.facts import Facts, Values, day, entries, later, latest, setting, since
from saas.workflow.counting import Entry
from saas.workflow.engine import Reason

LEAVE = "社区矫正法第二十七条、社区矫正法实施办法第二十七条（未核对）"
ASKING = ("apply_leave", "apply_place", "apply_meeting", "apply_travel", "apply_move", "apply_medical")
GRANTING = ("grant_office", "grant_leave", "grant_upper")
TITLES = {
    "apply_leave": "外出",
    "apply_place": "进入特定区域、场所",
    "apply_meeting": "会客",
    "apply_travel": "经常性跨市县活动",
    "apply_move": "执行地变更",
    "apply_medical": "病情复查延期",
}
WINDOW = 2  # months in which leaves are added up


def length(begins: date, ends: date) -> int:
    """Days of a leave, the first and the last included."""
    return (ends - begins).days + 1


def leave_request(facts: Facts, values: Values) -> list[Reason]:
    """A leave ends after it begins and is asked for some days ahead, unless it could not be foreseen.

    Source: 社区矫正法 27; 社区矫正法实施办法 27.
    """
    begins, ends = day(values.get("from_on")), day(values.get("until_on"))
    if not begins or not ends:
        return []
    if ends < begins:
        return [Reason("leave", "返回日期不能早于外出日期，请核对。", "until_on", LEAVE)]
    ahead = setting(facts, "leave_ahead_days")
    if (begins - facts["today"]).days < ahead and not values.get("urgent"):
        text = f"外出应当提前{ahead}日申请；情况紧急没有提前的，请勾选“情况紧急”并写明。"
        return [Reason("leave", text, "from_on", LEAVE)]
    return []


def office_may_grant(facts: Facts, values: Values) -> list[Reason]:
    """The office grants short leaves; longer ones go to the county, whatever else goes there always.

    Source: 社区矫正法 27; 社区矫正法实施办法 27.
    """
    found = asked("apply_leave")(facts, values)
    if found:
        return found
    limit, days = setting(facts, "leave_office_days"), _days(values)
    if days > limit:
        text = f"外出{days}日，超过{limit}日的，由县级社区矫正机构批准。请办理“报县级社区矫正机构”。"
        return [Reason("level", text, "granted_until", LEAVE)]
    return _over(facts, values)


def county_may_grant(facts: Facts, values: Values) -> list[Reason]:
    """The county grants leaves up to a month, those of the last two months added up.

    Source: 社区矫正法实施办法 27.
    """
    return asked("apply_leave")(facts, values) or _over(facts, values)


def granted_days(facts: Facts, values: Values) -> list[Reason]:
    """What is granted lies within what was asked for.

    Source: 社区矫正法 27.
    """
    request = latest(facts, "apply_leave")
    begins, ends = day(values.get("granted_from")), day(values.get("granted_until"))
    if request is None or not begins or not ends:
        return []
    first, last = day(request.values.get("from_on")), day(request.values.get("until_on"))
    if ends < begins or (first and begins < first) or (last and ends > last):
        return [Reason("leave", "准予外出的期间应当在申请的期间之内，请核对。", "granted_until", LEAVE)]
    return []


def back_from_leave(facts: Facts, values: Values) -> list[Reason]:
    """Who comes back had been allowed to go.

    Source: 社区矫正法 27.
    """
    granted = latest(facts, *GRANTING)
    if granted is None or any(entry.action == "back" for entry in since(facts, *GRANTING)):
        return [Reason("leave", "没有已经批准、尚未销假的外出。", None, LEAVE)]
    back, first = day(values.get("back_on")), day(granted.values.get("granted_from"))
    if back and first and back < first:
        return [Reason("leave", "返回日期不能早于外出日期，请核对。", "back_on", LEAVE)]
    return []


def asked(action: str) -> Callable[[Facts, Values], list[Reason]]:
    """A check that the request waiting is one of this kind."""

    def check(facts: Facts, values: Values) -> list[Reason]:
        del values
        request = latest(facts, *ASKING)
        if request is not None and request.action == action:
            return []
        waiting = TITLES[request.action] if request else "没有申请"
        text = f"待批的事项是“{waiting}”，不是“{TITLES[action]}”，请办理对应的审批。"
        return [Reason("request", text, None, "社区矫正法第二十七条")]

    return check


def move_consulted(facts: Facts, values: Values) -> list[Reason]:
    """The other county answers what it was asked.

    Source: 社区矫正法 27.
    """
    return asked("apply_move")(facts, values) or _needs(
        facts, "consult_move", "还没有征求新执行地意见。", "社区矫正法第二十七条"
    )


def move_answered(facts: Facts, values: Values) -> list[Reason]:
    """A move is granted where the other county agreed to take over.

    Source: 社区矫正法 27; 社区矫正法实施办法 30.
    """
    found = asked("apply_move")(facts, values)
    answer = next((entry for entry in reversed(since(facts, "apply_move")) if entry.action == "answer_move"), None)
    if not found and (answer is None or answer.values.get("answer") != "agree"):
        text = "新执行地还没有回复同意接收，不能批准执行地变更。"
        found = [Reason("move", text, None, "社区矫正法第二十七条、社区矫正法实施办法第三十条（未核对）")]
    return found


def only_outside_prison(facts: Facts, values: Values) -> list[Reason]:
    """Medical checks are for those who serve outside prison.

    Source: 刑事诉讼法 265; 社区矫正法实施办法 24.
    """
    del values
    if facts["data"].get("kind") == "outside":
        return []
    return [Reason("medical", "病情复查只适用于暂予监外执行的社区矫正对象。", None, "刑事诉讼法第二百六十五条")]


def restraint_known(facts: Facts, values: Values) -> list[Reason]:
    """A notice is of a restraint on record.

    Source: 社区矫正法实施办法 41.
    """
    del values
    return _needs(facts, "restrained", "还没有登记被限制人身自由。", "社区矫正法实施办法第四十一条（未核对）")


def _needs(facts: Facts, action: str, sentence: str, law: str) -> list[Reason]:
    return [] if entries(facts, action) else [Reason("missing", f"{sentence}请先登记。", None, law)]


def _days(values: Values) -> int:
    begins, ends = day(values.get("granted_from")), day(values.get("granted_until"))
    return length(begins, ends) if begins and ends else 0


def _over(facts: Facts, values: Values) -> list[Reason]:
    """Whether a leave, or the leaves of two months with it, are for the level above."""
    limit, days, ends = setting(facts, "leave_county_days"), _days(values), day(values.get("granted_until"))
    earlier = sum(_counted(entry, later(ends, -WINDOW)) for entry in entries(facts, *GRANTING)) if ends else 0
    if days + earlier <= limit:
        return []
    text = (
        f"本次外出{days}日，两个月内已经批准{earlier}日，合计超过{limit}日，应当由上一级社区矫正机构批准。请逐级上报。"
    )
    return [Reason("level", text, "granted_until", LEAVE)]


def _counted(entry: Entry, first: date) -> int:
    begins, ends = day(entry.values.get("granted_from")), day(entry.values.get("granted_until"))
    return length(max(begins, first), ends) if begins and ends and ends >= first else 0
