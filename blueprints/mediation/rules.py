"""What the law forbids in a mediation: pure checks of facts and entries, each with its article."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from blueprints.mediation import deepened
from saas.workflow.engine import Reason

Facts = Mapping[str, Any]
Values = Mapping[str, Any]

# Grounds on which a court refuses to take up a joint application (民诉法解释 355).
NOT_ACCEPTED = {
    "outside_court": "不属于人民法院受理范围",
    "wrong_court": "不属于收到申请的人民法院管辖",
    "status_relation": "申请确认婚姻关系、亲子关系、收养关系等身份关系无效、有效或者解除",
    "special_procedure": "涉及适用其他特别程序、公示催告程序、破产程序审理",
    "right_confirmation": "调解协议内容涉及物权、知识产权确权",
}
# Grounds on which a court dismisses it (民诉法解释 358).
DISMISSED = {
    "violates_law": "违反法律强制性规定",
    "harms_others": "损害国家利益、社会公共利益、他人合法权益",
    "violates_morals": "违背公序良俗",
    "not_voluntary": "违反自愿原则",
    "unclear_content": "内容不明确",
}


def acceptance(facts: Facts, values: Values) -> list[Reason]:
    """Accepting needs a civil dispute, no party's express refusal, and nobody else seized of it.

    Source: 人民调解法 2, 17, 18.
    """
    del facts
    needed = {
        "is_civil": (
            "人民调解只调解民间纠纷。不属于民间纠纷的，请改办“不予受理”并出具告知引导书。",
            "人民调解法第二条",
        ),
        "both_agree": (
            "当事人一方明确拒绝调解的，不得调解。请征得双方同意，或者改办“不予受理”。",
            "人民调解法第十七条",
        ),
        "not_taken": (
            "已由人民法院或者其他机关受理的，请改办“不予受理”，告知当事人向受理机关反映。",
            "人民调解法第十八条",
        ),
    }
    return [Reason("acceptance", text, field, law) for field, (text, law) in needed.items() if not values.get(field)]


def session_held(facts: Facts, values: Values) -> list[Reason]:
    """An agreement needs a recorded session before it.

    Source: 人民调解法 22, 27.
    """
    del values
    if "session" in facts["case.actions"]:
        return []
    return [Reason("session", "还没有调解记录，请先登记调解记录，再登记协议。", None, "人民调解法第二十七条")]


def oral_allowed(facts: Facts, values: Values) -> list[Reason]:
    """An oral agreement is for parties who see no need for a written one.

    Source: 人民调解法 28.
    """
    del facts
    if values.get("parties_waive_writing"):
        return []
    text = "只有当事人认为无需制作调解协议书的，才可以采取口头协议方式；否则请办理“达成书面协议”。"
    return [Reason("oral", text, "parties_waive_writing", "人民调解法第二十八条")]


def agreement_dates(facts: Facts, values: Values) -> list[Reason]:
    """Performance cannot be due before the agreement takes effect, nor the agreement precede acceptance.

    Source: 人民调解法 29, 30.
    """
    found = []
    effective, due = _day(values.get("effective_on")), _day(values.get("perform_by"))
    accepted: date | None = facts["case.accepted_on"]
    if effective and due and due < effective:
        found.append(Reason("dates", "履行期限不能早于协议生效日期，请核对。", "perform_by", "人民调解法第二十九条"))
    if effective and accepted and effective < accepted:
        found.append(Reason("dates", "协议生效日期不能早于受理日期，请核对。", "effective_on", "人民调解法第二十九条"))
    return found


def performance_dates(facts: Facts, values: Values) -> list[Reason]:
    """Nothing can be performed before the agreement takes effect.

    Source: 人民调解法 29, 31.
    """
    performed, effective = _day(values.get("performed_on")), _day(facts["case.effective_on"])
    if performed and effective and performed < effective:
        return [Reason("dates", "履行日期不能早于协议生效日期，请核对。", "performed_on", "人民调解法第三十一条")]
    return []


def confirmation_period(facts: Facts, values: Values) -> list[Reason]:
    """Both parties must apply together within thirty days from the day the agreement takes effect.

    Source: 人民调解法 33; 民事诉讼法 205.
    """
    law = "人民调解法第三十三条、民事诉讼法第二百零五条"
    found = []
    due, applied = facts["case.confirmation_due"], _day(values.get("applied_on"))
    effective = _day(facts["case.effective_on"])
    if applied and effective and applied < effective:
        found.append(Reason("period", "申请日期不能早于协议生效日期，请核对。", "applied_on", law))
    if due and applied and applied > due:
        text = (
            f"申请司法确认应当自调解协议生效之日起三十日内提出，最后一日是{due:%Y年%m月%d日}，已经超过。"
            "当事人可以就协议的履行向人民法院起诉。"
        )
        found.append(Reason("period", text, "applied_on", law))
    if not values.get("jointly"):
        found.append(Reason("jointly", "司法确认应当由双方当事人共同申请。", "jointly", law))
    return found


def court_dates(facts: Facts, values: Values) -> list[Reason]:
    """The court files after it was applied to, and rules after it has filed.

    Source: 民事诉讼法 187, 206.
    """
    applied, filed = _day(facts["case.applied_on"]), _day(values.get("filed_on")) or _day(facts["case.filed_on"])
    ruled = _day(values.get("ruled_on"))
    found = []
    if filed and applied and filed < applied:
        text = "立案日期不能早于申请司法确认的日期，请核对。"
        found.append(Reason("dates", text, "filed_on", "民事诉讼法第一百八十七条"))
    if ruled and any(day and ruled < day for day in (applied, filed)):
        text = "法院作出结果的日期不能早于申请和立案的日期，请核对。"
        found.append(Reason("dates", text, "ruled_on", "民事诉讼法第二百零六条"))
    return found


def extension(facts: Facts, values: Values) -> list[Reason]:
    """The parties may extend the limit once, before it has run out: a court's, a medical dispute's or the general one.

    Source: 最高人民法院关于人民法院特邀调解的规定 27; 医疗纠纷预防和处理条例 38; 《全国人民调解工作规范》.
    """
    del values
    if "extend" in facts["case.actions"]:
        return [Reason("extension", "调解期限已经延长过一次，不能再延长。调解不成的，请办理“终止调解”。")]
    if facts["case.limit_overdue"]:
        return [Reason("extension", "调解期限已经届满，不能再延长。调解不成的，请办理“终止调解”。")]
    return []


def revisit_date(facts: Facts, values: Values) -> list[Reason]:
    """Nobody visits about a performance that is still to come.

    Source: 人民调解法 31.
    """
    visited, performed = _day(values.get("revisited_on")), _day(facts["case.performed_on"])
    if visited and performed and visited < performed:
        return [Reason("dates", "回访日期不能早于履行日期，请核对。", "revisited_on", "人民调解法第三十一条")]
    return []


def confirmation_precheck(facts: Facts, values: Values) -> list[Reason]:
    """The grounds on which a court refuses or dismisses; each one that holds is named.

    Source: 民诉法解释 355, 358.
    """
    del facts
    refused = [
        Reason("precheck", f"{ground}的，人民法院不予受理，不能申请司法确认。", field, "民诉法解释第三百五十五条")
        for field, ground in NOT_ACCEPTED.items()
        if values.get(field)
    ]
    dismissed = [
        Reason(
            "precheck", f"{ground}的，人民法院裁定驳回申请。请先通过调解变更协议。", field, "民诉法解释第三百五十八条"
        )
        for field, ground in DISMISSED.items()
        if values.get(field)
    ]
    return refused + dismissed


def referral(facts: Facts, values: Values) -> list[Reason]:
    """An unconfirmed agreement is sued upon, a confirmed one enforced.

    Source: 人民调解法 32, 33.
    """
    confirmed = "court_confirmed" in facts["case.flags"]
    wanted = "enforce" if confirmed else "sue"
    if values.get("referred_to") == wanted:
        return []
    text = (
        "协议已经司法确认，应当申请强制执行。"
        if confirmed
        else "协议未经司法确认，不能直接申请强制执行，应当向人民法院起诉。"
    )
    return [Reason("referral", text, "referred_to", "人民调解法第三十二条、第三十三条")]


def volume_complete(facts: Facts, values: Values) -> list[Reason]:
    """A file is archived with an ID copy of the parties in it, as the catalogue of 239号 requires.

    Source: 人民调解法 27; 司发通〔2010〕239号.
    """
    del values
    if "identity" in facts["case.file_categories"]:
        return []
    text = "卷内缺少“当事人身份证明”。请先在“材料”中上传，再归档。"
    return [Reason("volume", text, None, "人民调解法第二十七条、司发通〔2010〕239号")]


def review_scores(facts: Facts, values: Values) -> list[Reason]:
    """Seven criteria add up to one hundred at most; a score under sixty says why.

    Source: the city's own review rules.
    """
    del facts
    total = sum(int(values.get(name) or 0) for name in REVIEW_CRITERIA)
    if total < PASSING_SCORE and len(str(values.get("opinion") or "")) < EXPLAINED:
        text = f"总分 {total} 分，不足 {PASSING_SCORE} 分的，请在评查意见中写明扣分原因（不少于 {EXPLAINED} 个字）。"
        return [Reason("score", text, "opinion", "人民调解案件评查工作要求")]
    return []


REVIEW_CRITERIA = (
    "lawful_acceptance",
    "complete_materials",
    "standard_documents",
    "proper_evidence",
    "correct_law",
    "timely_revisit",
    "proper_binding",
)
PASSING_SCORE = 60
EXPLAINED = 20
EXTENDED = ("mediation", "medical", "entrusted", "entrusted_ordinary", "entrusted_summary")
DATES = ("effective_on", "applied_on", "filed_on", "performed_on")


def facts_of(case: Mapping[str, Any] | None, values: Values) -> dict[str, Any]:
    """What the checks above ask of a case; ``case`` is None while one is being opened."""
    del values
    known = case or {"actions": [], "days": {}, "data": {}, "due": {}, "clock_states": {}, "file_categories": []}
    dates = {f"case.{name}": known["data"].get(name) for name in DATES}
    return (
        dates
        | deepened.facts_of(known)
        | {
            "case.actions": known["actions"],
            "case.accepted_on": known["days"].get("accept"),
            "case.confirmation_due": known["due"].get("confirmation"),
            "case.limit_overdue": any(known["clock_states"].get(code) == "overdue" for code in EXTENDED),
            "case.file_categories": known["file_categories"],
        }
    )


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None
