"""What the law forbids in notarial work: pure checks of facts and entries, each with its article."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from saas.workflow.engine import Reason

Facts = Mapping[str, Any]
Values = Mapping[str, Any]

IN_PERSON = {"06": "遗嘱", "11": "收养关系", "13": "生存"}
"""Matters that nobody may apply for through an agent, by the codes of ``notary.kind``."""
FREE_OF_PLACE = {"03", "04", "05", "06"}
"""Mandate, declaration, gift and will: where a building is matters less (公证法 25)."""
CONDITIONS = {
    "interested": "申请人应当与申请公证的事项有利害关系",
    "undisputed": "申请人之间对申请公证的事项应当没有争议",
    "in_scope": "申请公证的事项应当属于公证法第十一条规定的范围",
    "in_area": "申请公证的事项应当属于本公证机构的执业区域",
}
POINTS = {
    "true_lawful": "申请公证的事项及其文书真实、合法",
    "proven": "证明材料充分、可靠",
    "procedure": "办证程序符合规定",
    "format_right": "公证书的格式和证词正确",
    "fee_right": "收费符合规定",
    "discussed": "重大、复杂的事项已经集体讨论",
}
LISTED = {"ten", "five", "three", "urgent", "same_day"}
TWO = 2
EXPLAINED = 5
# Numbers of persons, bodies and papers, of doors and of articles' own numbering stay in figures; the others are words.
KEPT_FIGURES = re.compile(
    r"[0-9A-Za-z]*[A-Za-z][0-9A-Za-z-]*|\d{11,}|\d{15,17}[\dXx]|\d+(?:[-—－]\d+)*(?:号楼|号院|号|室|单元|栋|幢|楼|层|座)"
)
FIGURES = re.compile(r"\d+(?:[.,]\d+)*")


def acceptance(facts: Facts, values: Values) -> list[Reason]:
    """A matter is accepted on four conditions.

    Source: 公证程序规则 19 (from memory; the conditions as published by 石家庄市 for its offices).
    """
    del facts
    return [
        Reason("acceptance", f"{text}；不符合的，请改办“不予受理”。", field, "公证程序规则第十九条")
        for field, text in CONDITIONS.items()
        if not values.get(field)
    ]


def in_person(facts: Facts, values: Values) -> list[Reason]:
    """A will, survival and adoption are applied for by the person.

    Source: 公证法 26.
    """
    del facts
    name = IN_PERSON.get(str(values.get("kind") or ""))
    if name and values.get("on_behalf") == "agent":
        text = f"申请办理{name}公证，应当由本人办理，不能由代理人申请。"
        return [Reason("in_person", text, "on_behalf", "公证法第二十六条")]
    return []


def jurisdiction(facts: Facts, values: Values) -> list[Reason]:
    """What concerns a building belongs to the office of its place, but for mandate, declaration, gift and will.

    Source: 公证法 25.
    """
    del facts
    bound = values.get("real_estate") and values.get("kind") not in FREE_OF_PLACE
    if bound and values.get("jurisdiction") != "property":
        text = "涉及不动产的公证，应当向不动产所在地的公证机构提出；委托、声明、赠与、遗嘱除外。"
        return [Reason("jurisdiction", text, "jurisdiction", "公证法第二十五条")]
    if not values.get("real_estate") and values.get("jurisdiction") == "property":
        text = "不涉及不动产的，请选择住所地、经常居住地、行为地或者事实发生地。"
        return [Reason("jurisdiction", text, "jurisdiction", "公证法第二十五条")]
    return []


def term(facts: Facts, values: Values) -> list[Reason]:
    """A shorter limit than fifteen working days is for simple and proven matters.

    Source: 关于压缩公证办理期限的指导意见 (2024).
    """
    del facts
    if values.get("term") in LISTED and not values.get("simple"):
        text = "法律关系简单、事实清楚、材料充分的，才能按更短的期限办理；否则请选择 15 个工作日。"
        return [Reason("term", text, "simple", "关于压缩公证办理期限的指导意见（2024年）")]
    return []


def reduction(facts: Facts, values: Values) -> list[Reason]:
    """No more is reduced than is owed, and reduction is decided once.

    Source: 公证法 34.
    """
    found = []
    if int(values.get("reduced_amount") or 0) > int(values.get("fee_due") or 0):
        text = "减免的金额不能超过应收的公证费。"
        found.append(Reason("reduction", text, "reduced_amount", "公证法第三十四条"))
    if "reduced" in facts["case.flags"]:
        found.append(Reason("reduction", "本件已经批准过减免。", "reduced_amount", "公证法第三十四条"))
    return found


def informed(facts: Facts, values: Values) -> list[Reason]:
    """The parties are told what the matter means in law before it is examined.

    Source: 公证法 27.
    """
    del facts
    if values.get("informed"):
        return []
    text = "应当告知当事人申请公证的事项的法律意义和可能产生的法律后果，并记录存档。"
    return [Reason("informed", text, "informed", "公证法第二十七条")]


def fees(facts: Facts, values: Values) -> list[Reason]:
    """What was owed is paid, but for what was reduced.

    Source: 公证法 34, 31 (9).
    """
    due, paid = int(values.get("fee_due") or 0), int(values.get("fee_paid") or 0)
    reduced = int(facts["case.reduced_amount"] or 0) if "reduced" in facts["case.flags"] else 0
    law = "公证法第三十四条"
    if paid > due:
        return [Reason("fees", "实收的公证费不能超过应收的公证费。", "fee_paid", law)]
    if paid < due - reduced:
        text = "公证费没有交足，也没有批准相应的减免。请先收费或者申请减免；当事人拒绝交费的，请报批不予办理。"
        return [Reason("fees", text, "fee_paid", "公证法第三十一条第九项、第三十四条")]
    return []


def told_once(facts: Facts, values: Values) -> list[Reason]:
    """What is missing is told at one time; a second notice says why.

    Source: 关于优化公证服务更好利企便民的意见 (一次性告知).
    """
    again = "ask_more" in facts["case.actions"]
    if again and len(str(values.get("again_reason") or "").strip()) < EXPLAINED:
        text = "需要补充的材料应当一次性告知。再次通知的，请写明理由（不少于 5 个字）。"
        return [Reason("told_once", text, "again_reason", "关于优化公证服务更好利企便民的意见")]
    return []


def verified_by_two(facts: Facts, values: Values) -> list[Reason]:
    """Two people verify on the spot.

    Source: 公证程序规则 27 (from memory).
    """
    del facts
    if values.get("verified_way") == "site" and len(people(values.get("verified_by"))) < TWO:
        text = "实地核实应当由两人进行，请写明两名核实人。"
        return [Reason("two", text, "verified_by", "公证程序规则第二十七条")]
    return []


def visit_staff(facts: Facts, values: Values) -> list[Reason]:
    """Two people go to a home.

    Source: the office's own rule of home visits.
    """
    del facts
    if len(people(values.get("visit_staff"))) >= TWO:
        return []
    return [Reason("two", "上门办证应当由两人进行，请写明两名办证人员。", "visit_staff", "本公证机构的上门办证规定")]


def visit_done(facts: Facts, values: Values) -> list[Reason]:
    """Two people went, looked at who it was, recorded it, and arrived after they had left.

    Source: 公证法 28 (身份); the office's own rule of home visits.
    """
    del facts
    law = "本公证机构的上门办证规定"
    found = []
    if len(people(values.get("visited_by"))) < TWO:
        found.append(Reason("two", "上门办证应当由两人进行，请写明两名办证人员。", "visited_by", law))
    if not values.get("visit_identity"):
        found.append(Reason("visit", "应当当场核验申请人的身份。", "visit_identity", "公证法第二十八条"))
    if not values.get("visit_recorded"):
        found.append(Reason("visit", "上门办证应当全程录音录像。", "visit_recorded", law))
    left, arrived = _moment(values.get("left_at")), _moment(values.get("arrived_at"))
    if left and arrived and arrived < left:
        found.append(Reason("visit", "到达时间不能早于出发时间，请核对。", "arrived_at", law))
    return found


def nothing_open(facts: Facts, values: Values) -> list[Reason]:
    """A text is drafted after the parties were told, and when neither a pause nor a visit is open.

    Source: 公证法 27, 30, 6.
    """
    del values
    open_ = {
        "suspended": ("本件已经中止计时，请先恢复计时再报批。", "公证法第三十条"),
        "visit_due": ("上门办证已经批准，还没有登记，请先登记上门服务。", "公证法第六条"),
    }
    found = [Reason("open", text, None, law) for flag, (text, law) in open_.items() if flag in facts["case.flags"]]
    if "inform" not in facts["case.actions"]:
        found.append(Reason("open", "还没有告知当事人法律意义和后果。", None, "公证法第二十七条"))
    return found


def draft_whole(facts: Facts, values: Values) -> list[Reason]:
    """A grave or complicated matter was talked over by several.

    Source: 公证程序规则 40 (from memory).
    """
    del facts
    if values.get("major") and len(str(values.get("discussion") or "").strip()) < EXPLAINED:
        text = "重大、复杂的公证事项应当集体讨论，请写明讨论的时间、参加人和结论。"
        return [Reason("discussion", text, "discussion", "公证程序规则第四十条")]
    return []


def numerals(facts: Facts, values: Values) -> list[Reason]:
    """In a certificate only numbers of papers and persons and doors are in figures.

    Source: 定式公证书格式 (2011) as explained by 山东省公证协会.
    """
    del facts
    text = str(values.get("wording") or "")
    figures = FIGURES.findall(KEPT_FIGURES.sub(" ", text))
    if not figures:
        return []
    told = "、".join(f"“{one}”" for one in dict.fromkeys(figures))
    sentence = f"公证书中除编号、身份证号和门牌号外，数字用汉字。请改写：{told}。"
    return [Reason("numerals", sentence, "wording", "定式公证书格式（2011年版）")]


def approval_points(facts: Facts, values: Values) -> list[Reason]:
    """Who approves answers for six points; where one fails, the draft goes back.

    Source: 公证程序规则 40 (from memory).
    """
    del facts
    return [
        Reason("approval", f"审批要点“{text}”没有通过，请办理“退回修改”。", field, "公证程序规则第四十条")
        for field, text in POINTS.items()
        if not values.get(field)
    ]


def approved_text(facts: Facts, values: Values) -> list[Reason]:
    """A certificate is made of the text that was approved last, never of one drafted since.

    Source: 公证法 32; 公证程序规则 40 (from memory).
    """
    del values
    actions = list(facts["case.actions"])
    drafted = max((place for place, one in enumerate(actions) if one in {"draft", "redraft"}), default=-1)
    approved = max((place for place, one in enumerate(actions) if one == "approve"), default=-1)
    if approved > drafted >= 0:
        return []
    text = "公证书的证词还没有经审批人审批，不能编号、出具或者打印公证书。"
    return [Reason("approval", text, None, "公证程序规则第四十条")]


def served_date(facts: Facts, values: Values) -> list[Reason]:
    """Nothing is served before it was issued, and no more copies than were made.

    Source: 公证法 30, 32.
    """
    found = []
    served, issued = _day(values.get("served_on")), facts["case.issued_on"]
    if served and issued and served < issued:
        found.append(Reason("dates", "送达日期不能早于出具日期，请核对。", "served_on", "公证法第三十二条"))
    if int(values.get("served_copies") or 0) > int(facts["case.copies"] or 0):
        found.append(Reason("copies", "送达的份数不能超过制作的份数。", "served_copies", "公证法第三十条"))
    return found


def termination(facts: Facts, values: Values) -> list[Reason]:
    """The ground of six months needs that they have passed.

    Source: 公证程序规则 50 (from memory).
    """
    due = facts["case.inactivity_due"]
    if values.get("end_reason") == "six_months" and due and facts["case.today"] <= due:
        text = f"因当事人的原因在规定的期限内不能办结的，才能终止；最后一日是{due:%Y年%m月%d日}，还没有届满。"
        return [Reason("termination", text, "end_reason", "公证程序规则第五十条")]
    return []


def review_period(facts: Facts, values: Values) -> list[Reason]:
    """A party asks within a year of the certificate, another within a year of knowing, nobody after twenty years.

    Source: 公证法 39; 公证程序规则 61 (from memory; both periods are settings).
    """
    law = "公证程序规则第六十一条"
    # Who applies online names no day: what is sent in is received at once.
    received, last = _day(values.get("review_received_on")) or facts["case.today"], facts["case.review_last"]
    if received and last and received > last:
        return [Reason("period", f"申请复查的最长期限到{last:%Y年%m月%d日}，已经超过。", "review_received_on", law)]
    served, due = facts["case.served_on"], facts["case.review_due"]
    if received and served and due and values.get("reviewer_kind") == "party" and received > due:
        text = f"当事人申请复查的最后一日是{due:%Y年%m月%d日}，已经超过。"
        return [Reason("period", text, "review_received_on", law)]
    known = _day(values.get("known_on"))
    if received and known and known > received:
        text = "知道公证书的日期不能晚于收到复查申请的日期，请核对。"
        return [Reason("period", text, "known_on", law)]
    if received and known and served and due and (received - known) > (due - served):
        text = "利害关系人应当自知道该公证书之日起一年内申请复查，已经超过。"
        return [Reason("period", text, "known_on", law)]
    return []


def review_extension(facts: Facts, values: Values) -> list[Reason]:
    """The limit of a review is made longer once, before it has run out.

    Source: 公证程序规则 63 (from memory).
    """
    del values
    law = "公证程序规则第六十三条"
    if facts["case.actions"] and facts["case.review_extended"]:
        return [Reason("extension", "复查期限已经延长过一次，不能再延长。", "extra_days", law)]
    if facts["case.review_state"] == "overdue":
        return [Reason("extension", "复查期限已经届满，不能再延长，请作出复查处理决定。", "extra_days", law)]
    return []


def volume_complete(facts: Facts, values: Values) -> list[Reason]:
    """A file is archived with who applied in it, and with the copy that was kept of a certificate.

    Source: 公证法 35.
    """
    del values
    needed = {"identity": "申请人身份证明"} | (
        {"signed": "公证书签字存档本"} if "issued" in facts["case.flags"] else {}
    )
    return [
        Reason("volume", f"卷内缺少“{title}”。请先在“材料”中上传，再归档。", None, "公证法第三十五条")
        for category, title in needed.items()
        if category not in facts["case.file_categories"]
    ]


def facts_of(case: Mapping[str, Any] | None, values: Values) -> dict[str, Any]:
    """What the checks ask of a case; ``case`` is None while one is being opened."""
    del values
    known: Mapping[str, Any] = case or {}
    data, due, actions = known.get("data", {}), known.get("due", {}), list(known.get("actions", ()))
    last_review = max((place for place, one in enumerate(actions) if one == "apply_review"), default=0)
    kept = ("reduced_amount", "copies", "backlog_count", "handed_count", "done_count", "team_from")
    return {f"case.{name}": data.get(name) for name in kept} | {
        "case.actions": actions,
        "case.today": known.get("today"),
        "case.unit": known.get("unit", ""),
        "case.office": data.get("helping_office"),
        "case.issued_on": known.get("days", {}).get("issue"),
        "case.served_on": _day(data.get("served_on")),
        "case.inactivity_due": due.get("inactivity"),
        "case.review_due": due.get("review_right"),
        "case.review_last": due.get("review_limit"),
        "case.review_state": known.get("clock_states", {}).get("review"),
        "case.review_extended": "extend_review" in actions[last_review:],
        "case.file_categories": known.get("file_categories", ()),
        "case.flags": known.get("flags", ()),
    }


def people(text: object) -> list[str]:
    """The different names in a text, between 、 or commas."""
    return list(dict.fromkeys(name.strip() for name in re.split(r"[、，,;；\s]+", str(text or "")) if name.strip()))


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


def _moment(value: object) -> datetime | None:
    return datetime.fromisoformat(str(value)) if value else None
