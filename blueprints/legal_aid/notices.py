"""Checks of notified defence and of lawyers on duty: pure, each with its article."""

from blueprints.legal_aid.facts import Facts, Values, day, stored
from saas.workflow.engine import Reason


def notice_received(facts: Facts, values: Values) -> list[Reason]:
    """A notice is received after its ground was found.

    Source: 法律援助法 36.
    """
    found, received = day(stored(facts, "found_on")), day(values.get("received_on"))
    if found and received and received < found:
        text = "收到通知书的日期不能早于办案机关发现情形的日期，请核对。"
        return [Reason("dates", text, "received_on", "法律援助法第三十六条")]
    return []


def lawyer_only(facts: Facts, values: Values) -> list[Reason]:
    """A defender is a lawyer.

    Source: 法律援助法 25.
    """
    del facts
    if values.get("provider_kind") != "grassroots":
        return []
    text = "刑事辩护应当指派律师担任辩护人，不能指派基层法律服务工作者。"
    return [Reason("lawyer", text, "provider_kind", "法律援助法第二十五条")]


def notice_filed(facts: Facts, values: Values) -> list[Reason]:
    """The file of a notified defence holds the notice.

    Source: 法律援助法 36.
    """
    del values
    if "notice" in facts["case.file_categories"]:
        return []
    text = "卷内缺少“办案机关通知书”。请先在“材料”中上传，再归档。"
    return [Reason("volume", text, None, "法律援助法第三十六条")]


def help_dates(facts: Facts, values: Values) -> list[Reason]:
    """Help is given after it was asked for.

    Source: 法律援助法 37.
    """
    asked, held = stored(facts, "requested_at"), values.get("held_at")
    if asked and held and str(held) < str(asked):
        text = "提供帮助的时间不能早于提出申请的时间，请核对。"
        return [Reason("dates", text, "held_at", "法律援助法第三十七条")]
    return []


def forward_wanted(facts: Facts, values: Values) -> list[Reason]:
    """An application is handed on for who wants to apply.

    Source: 法律援助法 39.
    """
    del values
    if _waits(facts):
        return []
    return [Reason("forward", "本人没有申请法律援助，或者申请已经转交，不需要再转交。", None, "法律援助法第三十九条")]


def forwarded(facts: Facts, values: Values) -> list[Reason]:
    """Help is not put away before the application was handed on.

    Source: 法律援助法 39.
    """
    del values
    if not _waits(facts):
        return []
    text = "本人要申请法律援助，值班律师应当在二十四小时内转交，请先登记转交。"
    return [Reason("forward", text, None, "法律援助法第三十九条")]


def _waits(facts: Facts) -> bool:
    """Whether somebody asked for aid at a meeting, and it was not handed on since."""
    told = [
        entry.action
        for entry in facts["case.log"]
        if entry.action == "forward" or (entry.action == "provide" and entry.values.get("wants_aid") == "yes")
    ]
    return bool(told) and told[-1] == "provide"
