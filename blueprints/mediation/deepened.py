"""What is checked in screening, clues, docking and subsidy by case: pure checks of facts and entries."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from saas.text import money_text
from saas.workflow.engine import Reason

Facts = Mapping[str, Any]
Values = Mapping[str, Any]

MEDICAL = "15"
MEDICAL_LAW = "医疗纠纷预防和处理条例第三十八条"
OWN = "本单位工作要求"
SUBSIDY = "本单位以案定补办法"
FEN = 100
ANSWERING = ("answering_court", "answering_others")


def suspension(facts: Facts, values: Values) -> list[Reason]:
    """In a medical dispute only the time of an appraisal does not count.

    Source: 医疗纠纷预防和处理条例 38.
    """
    if facts["case.kind"] != MEDICAL or values.get("suspend_reason") == "appraisal":
        return []
    text = "医疗纠纷的调解期限只扣除鉴定所需时间，不能因其他原因中止；需要时可以由双方约定延长期限。"
    return [Reason("suspension", text, "suspend_reason", MEDICAL_LAW)]


def coverage(facts: Facts, values: Values) -> list[Reason]:
    """What was screened is at most what had to be, and what was left out is explained.

    Source: the office's own requirement; 100 % as 北京市 demands of areas, projects and sites.
    """
    objects, covered = facts["case.objects"], int(values.get("covered") or 0)
    if covered > objects:
        return [Reason("coverage", f"应排查对象只有 {objects} 个，请核对已排查对象数。", "covered", OWN)]
    if covered < objects and not values.get("uncovered_reason"):
        text = f"还有 {objects - covered} 个对象没有排查，请补查，或者写明原因。"
        return [Reason("coverage", text, "uncovered_reason", OWN)]
    return []


def clues_named(facts: Facts, values: Values) -> list[Reason]:
    """Of the disputes found no more were settled on the spot than there are.

    Source: the office's own requirement.
    """
    del facts
    if int(values.get("prevented") or 0) <= int(values.get("found_count") or 0):
        return []
    return [Reason("found", "当场预防化解的件数不能多于发现的件数，请核对。", "prevented", OWN)]


def danger_to_police(facts: Facts, values: Values) -> list[Reason]:
    """What may become a matter of police or a crime is told to the police before it is routed elsewhere.

    Source: 人民调解法 25.
    """
    del values
    if not facts["case.danger"] or "told_police" in facts["case.told"]:
        return []
    text = "可能引起治安案件、刑事案件的，应当及时报告当地公安机关，请先办理“报告公安机关”。"
    return [Reason("danger", text, None, "人民调解法第二十五条")]


def consent(facts: Facts, values: Values) -> list[Reason]:
    """Nobody mediates against the express will of a party, whoever hands the matter over.

    Source: 人民调解法 17.
    """
    del facts
    if values.get("consent"):
        return []
    text = "当事人一方明确拒绝调解的，不得调解。请征得双方同意，或者改办“不予接收”。"
    return [Reason("consent", text, "consent", "人民调解法第十七条")]


def answer_extension(facts: Facts, values: Values) -> list[Reason]:
    """Both parties may extend the time to answer once, before it has run out.

    Source: 最高人民法院关于人民法院特邀调解的规定 27.
    """
    law = "最高人民法院关于人民法院特邀调解的规定第二十七条"
    found = []
    if not values.get("both_agree"):
        found.append(Reason("extension", "延长期限须双方当事人同意。", "both_agree", law))
    if facts["case.extended"]:
        found.append(Reason("extension", "期限已经延长过一次，不能再延长，请反馈结果。", None, law))
    elif facts["case.answer_overdue"]:
        found.append(Reason("extension", "期限已经届满，不能再延长，请反馈结果。", None, law))
    return found


def answer_dates(facts: Facts, values: Values) -> list[Reason]:
    """An answer comes after what it answers.

    Source: 最高人民法院关于人民法院特邀调解的规定 27.
    """
    law = "最高人民法院关于人民法院特邀调解的规定第二十七条"
    received, answered = facts["case.received_on"], values.get("answered_on")
    if received and answered and date.fromisoformat(str(answered)) < date.fromisoformat(str(received)):
        return [Reason("dates", "反馈日期不能早于收到日期，请核对。", "answered_on", law)]
    return []


def subsidy_due(difficulty: str, actions: tuple[str, ...], rates: Mapping[str, int]) -> int:
    """The subsidy for a case by the city's table, in fen: whole for a written agreement, half for an oral one.

    Source: the city's own table; no national rule fixes amounts.
    """
    whole = rates.get(difficulty, 0) * FEN
    if "agree_written" in actions:
        return whole
    return whole // 2 if "agree_oral" in actions else 0


def subsidy(facts: Facts, values: Values) -> list[Reason]:
    """A subsidy is what the table gives for the case.

    Source: the city's own table.
    """
    due = subsidy_due(facts["case.difficulty"], tuple(facts["case.actions"]), facts["case.rates"])
    if int(values.get("subsidy_amount") or 0) == due:
        return []
    text = f"按补贴标准，本件应当补贴 {money_text(due)} 元，请核对。"
    return [Reason("subsidy", text, "subsidy_amount", SUBSIDY)]


def facts_of(known: Mapping[str, Any]) -> dict[str, Any]:
    """What the checks above ask of a case."""
    data, settings = known["data"], known.get("settings", {})
    return {
        "case.kind": data.get("kind"),
        "case.objects": int(data.get("objects") or 0),
        "case.danger": bool(data.get("danger")),
        "case.told": known.get("flags", []),
        "case.received_on": data.get("received_on"),
        "case.extended": "extend" in known["actions"],
        "case.answer_overdue": any(known["clock_states"].get(code) == "overdue" for code in ANSWERING),
        "case.difficulty": data.get("difficulty") or "",
        "case.rates": {name: settings.get(f"mediation.subsidy_{name}", 0) for name in RATES},
    }


RATES = ("simple", "ordinary", "complex", "major")
