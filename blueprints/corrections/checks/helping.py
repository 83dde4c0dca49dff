"""Placement and help after release (监狱法 2026 58 to 62)."""

from blueprints.corrections.facts import Facts, Values, day
from saas.workflow.engine import Reason

MEETING = "监狱法第五十九条"
AHEAD = 30  # days before release by which a prison tells the place someone goes back to


def notice_ahead(facts: Facts, values: Values) -> list[Reason]:
    """Whether a prison told in time is what the days say.

    Source: 司法部1999年3月5日通知; 上海市安置帮教工作规定 7.
    """
    del facts
    told, freed = day(values.get("notified_on")), day(values.get("released_on"))
    if not told or not freed:
        return []
    right = "in_time" if (freed - told).days >= AHEAD else "late"
    if values.get("ahead") == right:
        return []
    title = "释放三十日以前通知" if right == "in_time" else "不足三十日"
    text = f"收到通知到释放共{(freed - told).days}日，请改选“{title}”。"
    return [Reason("ahead", text, "ahead", "司法部1999年3月5日通知、上海市安置帮教工作规定第七条")]


def met_after_release(facts: Facts, values: Values) -> list[Reason]:
    """Nobody is met before being free.

    Source: 监狱法 59.
    """
    freed, met = day(facts["data"].get("released_on")), day(values.get("met_on"))
    if freed and met and met < freed:
        return [Reason("dates", "衔接日期不能早于释放日期，请核对。", "met_on", MEETING)]
    return []


def key_person_fetched(facts: Facts, values: Values) -> list[Reason]:
    """Whoever is to be watched over first is fetched.

    Source: 监狱法 59 (必送必接 is the practice of the bureaus).
    """
    if facts["data"].get("key_person") and values.get("meet_way") == "self":
        return [Reason("fetch", "重点帮教对象必送必接，不能登记为自行报到。", "meet_way", MEETING)]
    return []


def grade_grounded(facts: Facts, values: Values) -> list[Reason]:
    """A high risk, or one whom the prison named, is helped first.

    Source: the bureaus' practice of grading.
    """
    first = values.get("risk") == "high" or facts["data"].get("key_person")
    if first and values.get("grade") != "key":
        text = "评估为高风险或者通知列为重点的，应当定为重点帮教对象。"
        return [Reason("grade", text, "grade", "本单位工作要求")]
    return []


def help_over(facts: Facts, values: Values) -> list[Reason]:
    """Help ends when its period has run, not before.

    Source: 监狱法 60; the city's setting of the period.
    """
    ends, freed = facts["due"].get("help"), day(values.get("freed_on"))
    if ends and freed and freed < ends:
        text = f"帮教期限到{ends:%Y年%m月%d日}，不能提前解除；有法定情形的，请办理“终止帮教”。"
        return [Reason("term", text, "freed_on", "监狱法第六十条、本市设置的帮教期限")]
    return []
