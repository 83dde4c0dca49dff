"""What the law forbids in licences, grades and proficiency tests: pure checks, each with its article."""

from datetime import date, timedelta

from blueprints.appraisal.lists import RENEWALS
from blueprints.appraisal.reasons import Facts, Values, day, unticked, years_later
from saas.workflow.engine import Reason

LICENCE_YEARS = 5
GRADING = "司法鉴定机构诚信等级评估办法（试行）"
HALF_YEAR = 6


def licence_complete(facts: Facts, values: Values) -> list[Reason]:
    """Only a complete application in legal form is accepted.

    Source: 行政许可法 32.
    """
    del facts
    text = "材料不齐全或者不符合法定形式的，请一次告知需要补正的全部内容，补齐后再受理。"
    return unticked("complete", values, {"complete": (text, "行政许可法第三十二条")})


def renewal_in_time(facts: Facts, values: Values) -> list[Reason]:
    """A licence is renewed before it ends; afterwards it is applied for anew.

    Source: 北京市司法鉴定管理条例 13, 14.
    """
    del values
    received, expires = day(facts["case.received_on"]), day(facts["case.expires_on"])
    if facts["case.kind"] not in RENEWALS or not received or (expires and received <= expires):
        return []
    text = (
        "有效期已经届满，不能延续，应当重新申请登记。" if expires else "延续申请应当填写现有证件的有效期，请退回补正。"
    )
    return [Reason("renewal", text, None, "北京市司法鉴定管理条例第十三条、第十四条")]


def expert_passed(facts: Facts, values: Values) -> list[Reason]:
    """Who did not pass the experts is not registered.

    Source: 北京市司法鉴定管理条例 10, 11.
    """
    del values
    if facts["case.expert_result"] != "failed":
        return []
    text = "专家评审没有通过，不能准予登记。请办理“不予登记”并书面说明理由。"
    return [Reason("experts", text, None, "北京市司法鉴定管理条例第十条、第十一条")]


def licence_term(facts: Facts, values: Values) -> list[Reason]:
    """A licence is valid for five years from its day.

    Source: 北京市司法鉴定管理条例 13.
    """
    del facts
    start, end = day(values.get("valid_from")), day(values.get("valid_until"))
    if not start or not end or end == last_valid(start):
        return []
    text = f"许可证、执业证有效期五年，自{start:%Y年%m月%d日}起应当到{last_valid(start):%Y年%m月%d日}，请核对。"
    return [Reason("licence_term", text, "valid_until", "北京市司法鉴定管理条例第十三条")]


def last_valid(start: date) -> date:
    """The last day of a licence that begins on a day."""
    return years_later(start, LICENCE_YEARS) - timedelta(days=1)


def grading_first_half(facts: Facts, values: Values) -> list[Reason]:
    """The yearly grade is finished in the first half of its year.

    Source: 黑龙江省司法鉴定机构诚信等级评估实施细则.
    """
    del facts
    end, year = day(values.get("finish_by")), values.get("year")
    if values.get("kind") != "e1" or not end or (end.year == year and end.month <= HALF_YEAR):
        return []
    text = f"年度诚信等级评估每年一次，应当在评估年度的上半年完成，请填写{year}年6月30日以前的日期。"
    return [Reason("first_half", text, "finish_by", GRADING)]


def first_round_elsewhere(facts: Facts, values: Values) -> list[Reason]:
    """No district grades its own institutions in the first round, unless two do it together.

    Source: the practice of 大兴区 and 房山区.
    """
    del facts
    own, other = (str(values.get(name) or "").strip() for name in ("own_district", "review_district"))
    if own != other or values.get("joint"):
        return []
    text = "初评应当由机构所在区以外的区承担，或者两区联合初评。请改选初评的区，或者勾选“两区联合初评”。"
    return [Reason("first_round", text, "review_district", f"{GRADING}、本市诚信等级评估工作要求")]


def objection_in_time(facts: Facts, values: Values) -> list[Reason]:
    """Objections are raised while the grade is on notice.

    Source: 司法鉴定机构诚信等级评估办法（试行）, the article not read.
    """
    raised, due = day(values.get("objected_on")), facts["case.publicity_due"]
    if raised and due and raised > due:
        return [Reason("objection", f"公示期已于{due:%Y年%m月%d日}届满，不能再提出异议。", "objected_on", GRADING)]
    return []


def notice_over(facts: Facts, values: Values) -> list[Reason]:
    """A grade is published when its notice has run out.

    Source: 司法鉴定机构诚信等级评估办法（试行）, the article not read.
    """
    published, due = day(values.get("published_on")), facts["case.publicity_due"]
    if published and due and published <= due:
        text = f"公示期到{due:%Y年%m月%d日}届满，届满后才能公布等级。"
        return [Reason("notice_over", text, "published_on", GRADING)]
    return []


def reported_after(facts: Facts, values: Values) -> list[Reason]:
    """What is reported was tested before.

    Source: the test's own instructions.
    """
    reported, sampled = day(values.get("reported_on")), day(facts["case.sampled_on"])
    if reported and sampled and reported < sampled:
        return [Reason("dates", "回报日期不能早于领取样品日期，请核对。", "reported_on", "能力验证项目的作业指导书")]
    return []


def inspectors_apart(facts: Facts, values: Values) -> list[Reason]:
    """Two people inspect, and neither has anything to do with whom they inspect.

    Source: 北京市司法鉴定管理条例 28; 行政处罚法 42, 43.
    """
    del facts
    one, two = (str(values.get(name) or "").strip() for name in ("inspector_one", "inspector_two"))
    found = []
    if not two or one == two:
        text = "检查人员不得少于二人，请填写另一名检查人员。"
        found.append(Reason("inspectors", text, "inspector_two", "行政处罚法第四十二条"))
    recused = {"no_interest": ("检查人员与检查对象有利害关系的应当回避，请重新抽取检查人员。", "行政处罚法第四十三条")}
    return found + unticked("recusal", values, recused)


def as_drawn(facts: Facts, values: Values) -> list[Reason]:
    """Who inspects whom is what was drawn: all three stand on one line of the result.

    Source: 北京市司法鉴定管理条例 28.
    """
    lines = str(facts["case.drawn"] or "").splitlines()
    about, *people = (str(values.get(name) or "").strip() for name in ("object_name", "inspector_one", "inspector_two"))
    if not lines or any(_stands(line, about, people) for line in lines):
        return []
    text = "登记的抽取结果中没有这个对象和这两名检查人员，请按抽取结果填写；因回避改抽的，请先更正抽取结果。"
    return [Reason("as_drawn", text, "inspector_one", "北京市司法鉴定管理条例第二十八条")]


def _stands(line: str, about: str, people: list[str]) -> bool:
    """Whether a line of the result names an inspector's pair, and the object in full or in short."""
    drawn, _, names = line.partition("——")
    apart = {one.strip() for one in names.split("、")}
    short = drawn.strip()
    return bool(short) and (short in about or about in short) and set(people) <= apart


def drawn_before(facts: Facts, values: Values) -> list[Reason]:
    """Objects and inspectors are drawn some days before the inspection.

    Source: the practice of the bureaus; the days are a setting of the city.
    """
    planned, earliest = day(values.get("check_on")), facts["case.lead_due"]
    if planned and earliest and planned < earliest:
        text = f"抽取以后要间隔规定的天数再检查，最早可以在{earliest:%Y年%m月%d日}检查，请改检查日期。"
        return [Reason("drawn_before", text, "check_on", "本市双随机抽查工作要求")]
    return []


ITEMS = ("item_procedure", "item_ethics", "item_management", "item_means", "item_other")
"""北京市司法鉴定管理条例 28."""


def check_found(facts: Facts, values: Values) -> list[Reason]:
    """What is found wrong is written down, and a problem makes the result more than qualified.

    Source: 北京市司法鉴定管理条例 28, 32.
    """
    del facts
    bad, law = any(values.get(item) == "bad" for item in ITEMS), "北京市司法鉴定管理条例第二十八条、第三十二条"
    if bad and not values.get("problems"):
        return [Reason("problems", "发现问题的，请逐项写明。", "problems", law)]
    if bad == (values.get("check_result") == "qualified"):
        text = "发现问题的，结果应当认定为责令整改或者立案查处；没有发现问题的，应当认定为合格。"
        return [Reason("check_result", text, "check_result", law)]
    return []


def check_to_mend(facts: Facts, values: Values) -> list[Reason]:
    """Who is told to mend something was found to have to.

    Source: 北京市司法鉴定管理条例 32.
    """
    del values
    if facts["case.check_result"] in {"rectify", "filed"}:
        return []
    return [Reason("rectification", "检查结果是合格，不需要整改。", None, "北京市司法鉴定管理条例第三十二条")]


def check_mended(facts: Facts, values: Values) -> list[Reason]:
    """Who was told to mend something is looked at again before the file is closed.

    Source: 北京市司法鉴定管理条例 32.
    """
    del values
    if facts["case.check_result"] != "rectify" or "rectified" in facts["case.actions"]:
        return []
    text = "检查结果是责令整改，请先办理“责令整改”和“登记整改复查”，再立卷。"
    return [Reason("rectification", text, None, "北京市司法鉴定管理条例第三十二条")]


RULES = (
    *(licence_complete, renewal_in_time, expert_passed, licence_term, grading_first_half, first_round_elsewhere),
    *(objection_in_time, notice_over, reported_after, inspectors_apart, drawn_before, check_found, check_to_mend),
    *(as_drawn, check_mended),
)
