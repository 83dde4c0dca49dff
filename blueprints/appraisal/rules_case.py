"""What the law forbids in an appraisal of an institution: pure checks, each with its article."""

from datetime import timedelta

from blueprints.appraisal.reasons import Facts, Values, day, filed, unticked
from saas.workflow.engine import Reason

INTAKE = "司法鉴定程序通则第十五条"
TWO = "司法鉴定程序通则第十九条、北京市司法鉴定管理条例第十九条"
COURT = "北京市司法鉴定管理条例第二十三条"
COURT_DAYS = 3
"""Days before the hearing on which the court has told the institution in writing at the latest."""
EXPERTS = 3


def again_elsewhere_only(facts: Facts, values: Values) -> list[Reason]:
    """A commission to appraise again names why it is allowed and who appraised before.

    Source: 北京市司法鉴定管理条例 26; 司法鉴定程序通则 31.
    """
    del facts
    if values.get("again") != "again" or values.get("again_ground"):
        return []
    text = "重新鉴定应当符合法定情形，请选择重新鉴定的情形；没有法定情形的，不能接受重新鉴定的委托。"
    law = "司法鉴定程序通则第三十一条、北京市司法鉴定管理条例第二十六条"
    return [Reason("again_ground", text, "again_ground", law)]


def intake(facts: Facts, values: Values) -> list[Reason]:
    """Accepting needs all six points of the examination.

    Source: 司法鉴定程序通则 15.
    """
    del facts
    refuse = "请改办“不予受理”，向委托人说明理由并退还材料。"
    points = {
        "within_scope": "委托鉴定事项超出本机构业务范围的，不得受理。",
        "materials_sound": "鉴定材料不真实、不完整、不充分或者取得方式不合法的，不得受理。",
        "lawful_purpose": "鉴定用途不合法或者违背社会公德的，不得受理。",
        "rules_met": "鉴定要求不符合执业规则或者技术规范的，不得受理。",
        "capable": "鉴定要求超出本机构技术条件或者鉴定能力的，不得受理。",
        "not_elsewhere": "委托人就同一鉴定事项同时委托其他司法鉴定机构的，不得受理。",
    }
    return unticked("intake", values, {field: (text + refuse, INTAKE) for field, text in points.items()})


def two_appraisers(facts: Facts, values: Values) -> list[Reason]:
    """At least two appraisers, qualified for the matter, who have signed their promise.

    Source: 司法鉴定程序通则 19, 20; 北京市司法鉴定管理条例 19.
    """
    del facts
    first, second = _chosen(values.get("handler")), _chosen(values.get("second_appraiser"))
    found = []
    if not second:
        text = "同一鉴定事项应当指定至少二名司法鉴定人，请选择第二鉴定人。"
        found.append(Reason("two_appraisers", text, "second_appraiser", TWO))
    elif first == second:
        text = "两名司法鉴定人不能是同一个人，请另选第二鉴定人。"
        found.append(Reason("two_appraisers", text, "second_appraiser", TWO))
    return found + unticked(
        "appraisers",
        values,
        {
            "qualified": (
                "鉴定人应当具有该鉴定事项的执业资格，并且没有应当回避的情形。请核对或者更换鉴定人。",
                "司法鉴定程序通则第十八条、第二十条",
            ),
            "committed": ("被指定的司法鉴定人应当签署承诺书，请签署后再登记。", "北京市司法鉴定管理条例第十九条"),
        },
    )


def _chosen(value: object) -> str:
    return str(value[0]) if isinstance(value, list) and value else str(value or "")


def senior_appraiser(facts: Facts, values: Values) -> list[Reason]:
    """Appraising again needs at least one appraiser with a senior title.

    Source: 司法鉴定程序通则 32.
    """
    if facts["case.again"] != "again" or values.get("senior"):
        return []
    text = "接受重新鉴定委托的，至少一名鉴定人应当具有相关专业高级专业技术职称，请更换鉴定人。"
    return [Reason("senior", text, "senior", "司法鉴定程序通则第三十二条")]


def agreed_time(facts: Facts, values: Values) -> list[Reason]:
    """An agreed day of completion lies after the day the commission takes effect.

    Source: 司法鉴定程序通则 28.
    """
    effective, by, received = (
        day(values.get("effective_on")),
        day(values.get("agreed_by")),
        day(facts["case.received_on"]),
    )
    law = "司法鉴定程序通则第二十八条"
    found = []
    if effective and by and by < effective:
        found.append(Reason("dates", "约定完成的日期不能早于委托书生效日期，请核对。", "agreed_by", law))
    if effective and received and effective < received:
        found.append(Reason("dates", "委托书生效日期不能早于收到委托日期，请核对。", "effective_on", law))
    return found


def extension(facts: Facts, values: Values) -> list[Reason]:
    """The head of the institution extends once, before the limit has run out, and tells the client.

    Source: 司法鉴定程序通则 28.
    """
    law = "司法鉴定程序通则第二十八条"
    found = []
    if facts["case.completion_state"] == "overdue":
        found.append(Reason("extension", "鉴定时限已经届满，不能再延长。", None, law))
    if facts["case.actions"].count("extend") > facts["case.actions"].count("supplement"):
        text = "鉴定时限已经延长过一次，不能再延长；需要中止或者终止的，请办理相应步骤。"
        found.append(Reason("extension", text, "extra_days", law))
    needed = {"informed": ("延长鉴定时限应当及时告知委托人，请告知后再登记。", law)}
    return found + unticked("extension", values, needed)


def materials_there(facts: Facts, values: Values) -> list[Reason]:
    """Nothing is concluded while materials asked for are still missing.

    Source: 司法鉴定程序通则 28.
    """
    del values
    if "materials" not in facts["case.flags"]:
        return []
    text = "要求补充的材料还没有收到，请先登记收到，或者终止鉴定。"
    return [Reason("materials", text, None, "司法鉴定程序通则第二十八条")]


def examined_after(facts: Facts, values: Values) -> list[Reason]:
    """Nothing is examined before the commission has taken effect.

    Source: 司法鉴定程序通则 16.
    """
    examined, effective = day(values.get("examined_on")), day(facts["case.effective_on"])
    if examined and effective and examined < effective:
        text = "鉴定日期不能早于委托书生效日期，请核对。"
        return [Reason("dates", text, "examined_on", "司法鉴定程序通则第十六条")]
    return []


def review_experts(facts: Facts, values: Values) -> list[Reason]:
    """A hard matter is reviewed with at least three experts.

    Source: 司法鉴定程序通则 35, from memory.
    """
    del facts
    if not values.get("hard") or int(values.get("expert_count") or 0) >= EXPERTS:
        return []
    text = "涉及复杂、疑难、特殊技术问题或者重新鉴定的，应当组织三名以上专家复核，请填写专家和人数。"
    return [Reason("experts", text, "expert_count", "司法鉴定程序通则第三十五条")]


def correction_only(facts: Facts, values: Values) -> list[Reason]:
    """A correction does not change what the opinion says.

    Source: 司法鉴定程序通则 41.
    """
    del facts
    text = "补正不得改变司法鉴定意见的原意；需要改变的，请办理补充鉴定或者由委托人另行委托重新鉴定。"
    return unticked("correction", values, {"unchanged": (text, "司法鉴定程序通则第四十一条")})


def another_institution(facts: Facts, values: Values) -> list[Reason]:
    """Another ground than dislike is needed for appraising again, and another institution does it.

    Source: 司法鉴定程序通则 31, 32.
    """
    previous = str(facts["case.original_institution"] or "").strip()
    if previous and str(values.get("again_by") or "").strip() == previous:
        text = "重新鉴定应当委托原司法鉴定机构以外的其他机构进行，请核对受托机构。"
        return [Reason("again_by", text, "again_by", "司法鉴定程序通则第三十二条")]
    return []


def court_notice(facts: Facts, values: Values) -> list[Reason]:
    """The court tells three days before the hearing, unless the appraiser comes all the same.

    Source: 北京市司法鉴定管理条例 23.
    """
    del facts
    told, hearing = day(values.get("notified_on")), day(values.get("hearing_on"))
    if not told or not hearing:
        return []
    if hearing < told:
        return [Reason("court_notice", "开庭日期不能早于收到通知日期，请核对。", "hearing_on", COURT)]
    if hearing - told >= timedelta(days=COURT_DAYS) or values.get("consents"):
        return []
    text = (
        "人民法院应当在开庭审理三日前书面通知。通知不足三日的，可以请人民法院另定日期；鉴定人同意按期出庭的，请勾选。"
    )
    return [Reason("court_notice", text, "hearing_on", COURT)]


def court_mode(facts: Facts, values: Values) -> list[Reason]:
    """Who does not come to the hearing needs the court's leave.

    Source: 北京市司法鉴定管理条例 23.
    """
    del facts
    if values.get("court_mode") == "person" or values.get("permitted"):
        return []
    text = "经人民法院通知，司法鉴定人应当出庭作证；以其他方式作证的，应当经人民法院许可。"
    return [Reason("court_mode", text, "permitted", COURT)]


def retention(facts: Facts, values: Values) -> list[Reason]:
    """A file with an opinion in it is kept for thirty years at least.

    Source: 广东省司法鉴定管理条例 51, taken over by practice.
    """
    if "issue" not in facts["case.actions"] or values.get("retention") in {"permanent", "y30"}:
        return []
    text = "含有司法鉴定意见的档案，保管期限不少于三十年，请选择“30 年”或者“永久”。"
    return [Reason("retention", text, "retention", "参照广东省司法鉴定管理条例第五十一条")]


def case_volume(facts: Facts, values: Values) -> list[Reason]:
    """A file is archived with the commission of the client in it.

    Source: 司法鉴定程序通则 42.
    """
    del values
    return filed("volume", facts, ("commission", "委托函和委托书"), "司法鉴定程序通则第四十二条")


RULES = (
    *(again_elsewhere_only, intake, two_appraisers, senior_appraiser, agreed_time, extension, materials_there),
    *(examined_after, review_experts, correction_only, another_institution, court_notice, court_mode, retention),
    case_volume,
)
