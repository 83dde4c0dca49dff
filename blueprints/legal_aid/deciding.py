"""Checks from the receipt of an application to the decision and the objection to it: pure, each with its article."""

from datetime import timedelta

from blueprints.legal_aid.codes import WAGES, WORK_INJURY
from blueprints.legal_aid.facts import Facts, Values, day, setting, stored
from blueprints.legal_aid.means import is_poor, per_head, yuan
from saas.workflow.engine import Reason

REASONED = 10
URGENT_DAYS = 7
MEANS = {"verify", "exempt", "unlimited"}
RUNNING = {"running", "warning", "due_today"}


def transfer_dates(facts: Facts, values: Values) -> list[Reason]:
    """Nothing is received before it was asked for.

    Source: 法律援助法 39.
    """
    del facts
    asked, received = day(values.get("requested_at")), day(values.get("received_on"))
    if asked and received and received < asked:
        text = "收到申请的日期不能早于本人提出申请的时间，请核对。"
        return [Reason("dates", text, "received_on", "法律援助法第三十九条")]
    return []


def receipt_dates(facts: Facts, values: Values) -> list[Reason]:
    """What somebody in custody asked for is received after it was asked for.

    Source: 法律援助法 39.
    """
    asked, received = stored(facts, "requested_at"), values.get("received_at")
    if asked and received and str(received) < str(asked):
        text = "收到材料的时间不能早于本人提出申请的时间，请核对。"
        return [Reason("dates", text, "received_at", "法律援助法第三十九条")]
    return []


def green_channel(facts: Facts, values: Values) -> list[Reason]:
    """The green channel is for migrant workers who claim wages or compensation for an injury at work.

    Source: 法律援助法 42; 保障农民工工资支付条例 45.
    """
    del values
    is_migrant = "migrant" in (stored(facts, "categories") or ()) or stored(facts, "exempt_kind") == "migrant"
    if is_migrant and stored(facts, "kind") in {WAGES, WORK_INJURY}:
        return []
    text = "绿色通道适用于农民工申请支付劳动报酬、工伤赔偿的案件；其他申请请办理“接收申请材料”。"
    return [Reason("green_channel", text, None, "保障农民工工资支付条例第四十五条")]


def agent_named(facts: Facts, values: Values) -> list[Reason]:
    """A power of attorney is for an application that an agent brought.

    Source: 法律援助法 40.
    """
    del values
    if stored(facts, "on_behalf") == "agent":
        return []
    return [Reason("agent", "本件由申请人本人提出，没有代理人，不需要授权委托书。", None, "法律援助法第四十条")]


def supplement_once(facts: Facts, values: Values) -> list[Reason]:
    """Gaps are told at once; a second notice needs what has come up since the first.

    Source: 法律援助法 43.
    """
    told = "told_gaps" in facts["case.flags"]
    if not told or len(str(values.get("again_reason") or "").strip()) >= REASONED:
        return []
    text = f"需要补充的内容应当一次性告知，本件已经告知过。确需再次告知的，请写明理由（不少于 {REASONED} 个字）。"
    return [Reason("once", text, "again_reason", "法律援助法第四十三条")]


def lapsed(facts: Facts, values: Values) -> list[Reason]:
    """An application lapses only when the day for the missing papers is over.

    Source: 法律援助法 43.
    """
    del values
    due, today = facts["case.due"].get("supplement"), facts["case.today"]
    if due and today and today > due:
        return []
    text = f"补充材料的期限到{due:%Y年%m月%d日}，届满以后仍未补充的，才能视为撤回。" if due else "还没有告知补充材料。"
    return [Reason("lapse", text, None, "法律援助法第四十三条")]


def means(facts: Facts, values: Values) -> list[Reason]:
    """What is found of the means agrees with the province's standard, or says what else it rests on.

    Source: 法律援助法 34, 41.
    """
    size, income = int(values.get("checked_size") or 1), int(values.get("checked_income") or 0)
    threshold, law = setting(facts, "means_threshold_fen"), "法律援助法第三十四条、第四十一条"
    told = f"家庭人均月收入{yuan(per_head(income, size))}，经济困难标准是{yuan(threshold)}。"
    poor = is_poor(income, size, threshold)
    if values.get("means_result") == "poor" and not poor:
        return [Reason("means", f"{told}高于标准，不能认定为经济困难。", "means_result", law)]
    if (
        values.get("means_result") == "not_poor"
        and poor
        and len(str(values.get("means_opinion") or "").strip()) < REASONED
    ):
        text = f"{told}没有高于标准；因为财产等原因认定不符合的，请在核查说明中写明。"
        return [Reason("means", text, "means_opinion", law)]
    return []


def exemption(facts: Facts, values: Values) -> list[Reason]:
    """Migrant workers are exempt for wages and injuries at work only.

    Source: 法律援助法 42.
    """
    if values.get("exempt_kind") != "migrant" or stored(facts, "kind") in {WAGES, WORK_INJURY}:
        return []
    text = "进城务工人员申请支付劳动报酬或者请求工伤事故人身损害赔偿的，才免予核查经济困难状况。"
    return [Reason("exemption", text, "exempt_kind", "法律援助法第四十二条")]


def jurisdiction(facts: Facts, values: Values) -> list[Reason]:
    """Aid is given where the authority, the body that settles the dispute, or the event is.

    Source: 法律援助法 38.
    """
    del facts
    if values.get("proposal") == "grant" and values.get("jurisdiction") == "none":
        text = "不属本机构受理的，不能建议给予法律援助；请退回后办理“告知不属本机构受理”，或者建议不予。"
        return [Reason("jurisdiction", text, "jurisdiction", "法律援助法第三十八条")]
    return []


def scope(facts: Facts, values: Values) -> list[Reason]:
    """Aid is given for the matters of the law.

    Source: 法律援助法 31, 32.
    """
    del facts
    if values.get("proposal") == "grant" and values.get("in_scope") == "no":
        text = "不属于法律援助事项范围的，不能建议给予法律援助。"
        return [Reason("scope", text, "in_scope", "法律援助法第三十一条、第三十二条")]
    return []


def eligible(facts: Facts, values: Values) -> list[Reason]:
    """Who was found not to be in hardship is not given aid, unless a higher authority ordered it.

    Source: 法律援助法 34, 43, 49.
    """
    del values
    if "correct_refusal" in facts["case.actions"]:
        return []
    # What the reviewer did last counts, not what the applicant claimed.
    looked = next((step for step in reversed(facts["case.actions"]) if step in MEANS), None)
    if looked == "verify" and stored(facts, "means_result") == "not_poor":
        text = "核查结论是不符合经济困难标准，不能给予法律援助；结论有误的，请退回审查。"
        return [Reason("means", text, None, "法律援助法第三十四条、第四十三条")]
    if stored(facts, "proposal") == "refuse":
        text = "审查意见是不予法律援助；不同意审查意见的，请退回审查。"
        return [Reason("proposal", text, None, "法律援助法第四十三条")]
    return []


def refusal_reasoned(facts: Facts, values: Values) -> list[Reason]:
    """A refusal says why, in writing.

    Source: 法律援助法 43.
    """
    del facts
    if len(str(values.get("refuse_detail") or "").strip()) >= REASONED:
        return []
    text = f"不予法律援助的，应当书面告知申请人并说明理由，请写明理由（不少于 {REASONED} 个字）。"
    return [Reason("reasoned", text, "refuse_detail", "法律援助法第四十三条")]


def urgent(facts: Facts, values: Values) -> list[Reason]:
    """Aid comes first and papers later where less than seven days of a limitation are left.

    Source: 法律援助法 44.
    """
    ends, today, law = day(values.get("limitation_on")), facts["case.today"], "法律援助法第四十四条"
    if values.get("urgent_ground") != "limitation" or ends is None:
        return []
    if ends < today:
        return [Reason("urgent", "时效或者期限已经届满，请核对日期。", "limitation_on", law)]
    if ends >= today + timedelta(days=URGENT_DAYS):
        text = f"距届满还有{(ends - today).days}日；不足七日的才可以先行提供，请按通常程序审查。"
        return [Reason("urgent", text, "limitation_on", law)]
    return []


def objection_in_time(facts: Facts, values: Values) -> list[Reason]:
    """Where a city's rules give a period to object, it has not run out.

    Source: 法律援助法 49; 北京市法律援助条例 24.
    """
    del values
    due, today = facts["case.due"].get("objection_right"), facts["case.today"]
    if due and today and today > due:
        text = f"提出异议的期限到{due:%Y年%m月%d日}，已经超过。"
        return [Reason("objection", text, None, "北京市法律援助条例第二十四条")]
    return []


def objection_over(facts: Facts, values: Values) -> list[Reason]:
    """A case is not put away while somebody may still object.

    Source: 法律援助法 49; 北京市法律援助条例 24.
    """
    del values
    if facts["case.clock_states"].get("objection_right") not in RUNNING:
        return []
    due = facts["case.due"]["objection_right"]
    text = f"提出异议的期限到{due:%Y年%m月%d日}，届满以后才能办结。"
    return [Reason("objection", text, None, "北京市法律援助条例第二十四条")]
