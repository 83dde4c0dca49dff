"""What the law forbids in the handling of a complaint: pure checks, each with its article."""

from collections.abc import Mapping

from blueprints.appraisal.reasons import Facts, Values, day, filed, ticked, unticked, years_later
from saas.workflow.engine import Reason

LAW = "司法鉴定执业活动投诉处理办法"
YEARS = 3
GROUNDS: Mapping[str, str] = {
    "settled_before": "已经处理或者经行政复议、行政诉讼结案，且没有提出新的事实和证据的，不予受理。",
    "only_opinion": "对程序规则、技术标准的规定或者是否采信有异议，或者仅对鉴定意见有异议的，不予受理。",
    "adopted": "鉴定意见已被生效法律文书作为证据采纳的，不予受理。",
    "outside_duty": "不属于司法行政部门职责或者不属于司法鉴定管理范围的，不予受理。",
}


def complaint_period(facts: Facts, values: Values) -> list[Reason]:
    """Who complains does so within three years of knowing or having had to know.

    Source: 司法鉴定执业活动投诉处理办法 4; 民法典 200 to 203.
    """
    del values
    knew, received = day(facts["case.knew_on"]), day(facts["case.received_on"]) or facts["case.opened_on"]
    if not knew or not received or received <= years_later(knew, YEARS):
        return []
    last = years_later(knew, YEARS)
    text = (
        f"应当自知道或者应当知道之日起三年内投诉，最后一日是{last:%Y年%m月%d日}，已经超过，不能受理。请改办“不予受理”。"
    )
    return [Reason("complaint_period", text, None, f"{LAW}第四条")]


def complaint_grounds(facts: Facts, values: Values) -> list[Reason]:
    """The grounds on which a complaint is not accepted; each one that holds is named.

    Source: 司法鉴定执业活动投诉处理办法, the article not read.
    """
    del facts
    return _grounds(values, LAW)


def complaint_grounds_beijing(facts: Facts, values: Values) -> list[Reason]:
    """The same by the city's ordinance.

    Source: 北京市司法鉴定管理条例 31.
    """
    del facts
    return _grounds(values, "北京市司法鉴定管理条例第三十一条")


def _grounds(values: Values, law: str) -> list[Reason]:
    told = {field: f"{text}请改办“不予受理”，书面告知投诉人。" for field, text in GROUNDS.items()}
    return ticked("complaint_grounds", values, told, law)


def two_investigators(facts: Facts, values: Values) -> list[Reason]:
    """Two people at least look into a complaint.

    Source: 行政处罚法 42 (two officers in an inquiry).
    """
    del facts
    first, second = values.get("handler"), values.get("second_investigator")
    if second and second != first:
        return []
    text = "调查人员不得少于二人，请选择另一名协办调查人。"
    return [Reason("two_investigators", text, "second_investigator", f"{LAW}、行政处罚法第四十二条")]


def complaint_extension(facts: Facts, values: Values) -> list[Reason]:
    """The limit is extended once, before it has run out.

    Source: 司法鉴定执业活动投诉处理办法, the article not read.
    """
    del values
    if "extend" in facts["case.actions"]:
        return [Reason("extension", "处理期限已经延长过一次，不能再延长。", None, LAW)]
    if facts["case.handling_state"] == "overdue":
        return [Reason("extension", "处理期限已经届满，不能再延长。", None, LAW)]
    return []


def investigated(facts: Facts, values: Values) -> list[Reason]:
    """Nothing is decided that nobody has looked into.

    Source: 司法鉴定执业活动投诉处理办法, the article not read.
    """
    del values
    if "investigate" in facts["case.actions"]:
        return []
    return [Reason("investigated", "还没有调查记录，请先登记调查记录，再作出处理。", None, LAW)]


def measures_fit(facts: Facts, values: Values) -> list[Reason]:
    """A complaint that was borne out is followed by a measure, an unfounded one by none.

    Source: 北京市司法鉴定管理条例 32.
    """
    del facts
    measures, law = set(values.get("measures") or ()), "北京市司法鉴定管理条例第三十二条"
    proven = values.get("substantiated") in {"proven", "partly"}
    if proven and measures <= {"m9"}:
        return [Reason("measures", "投诉查实或者部分查实的，应当选择处理措施。", "measures", law)]
    if "m9" in measures and len(measures) > 1:
        return [Reason("measures", "选择了“不采取措施”的，不能同时选择其他措施。", "measures", law)]
    return []


def rectification_decided(facts: Facts, values: Values) -> list[Reason]:
    """Who is told to mend something was found to have to.

    Source: 北京市司法鉴定管理条例 32.
    """
    del values
    if "m2" in (facts["case.measures"] or ()):
        return []
    text = "处理措施中没有“要求整改”，不能发整改通知。"
    return [Reason("rectification", text, None, "北京市司法鉴定管理条例第三十二条")]


def answer_told(facts: Facts, values: Values) -> list[Reason]:
    """Both sides are told in writing, with what they can do against the result.

    Source: 司法鉴定执业活动投诉处理办法 (as quoted by the bureau of Shenzhen).
    """
    del facts
    return unticked(
        "answer",
        values,
        {
            "both_told": ("处理结果应当书面告知投诉人和被投诉人，请送达双方后再登记。", LAW),
            "remedy_told": ("书面告知应当写明不服处理结果的救济途径和期限。", LAW),
        },
    )


def complaint_volume(facts: Facts, values: Values) -> list[Reason]:
    """A file is archived with the complainant's identity in it.

    Source: the practice of the bureaus.
    """
    del values
    return filed("volume", facts, ("identity", "投诉人身份证明"), LAW)


RULES = (
    *(complaint_period, complaint_grounds, complaint_grounds_beijing, two_investigators, complaint_extension),
    *(investigated, measures_fit, rectification_decided, answer_told, complaint_volume),
)
