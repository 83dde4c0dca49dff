"""The forms of an appraisal: those of 司发通〔2016〕112号, and the table of the examination before acceptance."""

from typing import Any

from blueprints.appraisal.documents.parts import (
    LAYOUT,
    NATIONAL,
    FormSchema,
    appraisers,
    base,
    declare,
    names,
    of_party,
    words,
)
from saas.documents.form import Snapshot, Values, code, codes, text, texts
from saas.documents.wording import day, lines, yuan
from saas.text import chinese_number

CHECKS = ("within_scope", "materials_sound", "lawful_purpose", "rules_met", "capable", "not_elsewhere")


RISKS = """鉴定意见属于专业意见，是否被采信取决于办案机关的审查和判断，鉴定人和鉴定机构无权干涉。
由于受鉴定材料或者其他因素限制，并非所有的鉴定都能得出明确的鉴定意见。
鉴定活动遵循科学、独立、客观、公正的原则，鉴定意见可能对委托人有利，也可能不利。"""


class IntakeSchema(FormSchema):
    """受理审查表."""

    file_number = text("档案编号", most=60)
    matter = texts("鉴定事项", needed=True)
    passed = codes("审查内容", *CHECKS)
    opinion = texts("审查人意见", empty=2)
    remark = text("备注")


class EntrustmentSchema(FormSchema):
    """司法鉴定委托书."""

    unified_number = text("统一司法鉴定案件编号", most=60)
    client = text("委托人", needed=True)
    contact = text("联系人（电话）", most=60)
    undertaker = text("承办人", most=60)
    phone = text("联系电话", most=40)
    unit_address = text("机构地址")
    unit_phone = text("机构电话", most=40)
    matter = texts("委托鉴定事项", needed=True)
    again = code("是否属于重新鉴定", "first", "again")
    purpose = text("鉴定用途", needed=True)
    facts = texts("与鉴定有关的基本案情", needed=True)
    materials = texts("鉴定材料", needed=True)
    fee = text("预计费用", most=80)
    fee_mode = text("收取方式", most=100)
    delivery = code("发送方式", "self", "post", "other")
    delivery_detail = text("发送方式的说明")
    material_handling = text("鉴定材料的处理")
    time_limit = text("鉴定时限")
    appraisers = text("司法鉴定人")
    other_terms = texts("其他约定", empty=2)
    effective_on = text("生效日期", most=20)


class NoticeSchema(FormSchema):
    """司法鉴定告知书."""

    client = text("委托人", needed=True)
    matter = texts("委托鉴定事项", needed=True)


class ExtensionSchema(FormSchema):
    """延长鉴定时限告知书."""

    client = text("委托人", needed=True)
    matter = texts("委托鉴定事项", needed=True)
    accepted_on = text("受理日期", most=20)
    reason = texts("原因", needed=True, empty=2)
    extra_days = text("延长的工作日", most=8)
    extend_to = text("延长至", most=20, needed=True)


class TerminationSchema(FormSchema):
    """终止鉴定告知书."""

    client = text("委托人", needed=True)
    matter = texts("委托鉴定事项", needed=True)
    accepted_on = text("受理日期", most=20)
    ground = text("终止的情形", needed=True)
    reason = texts("说明", needed=True, empty=2)


class ReviewSchema(FormSchema):
    """司法鉴定复核意见."""

    opinion_of = text("委托人")
    matter = texts("委托鉴定事项")
    appraisers = text("司法鉴定人")
    procedure_found = texts("关于鉴定程序", needed=True)
    conclusion_found = texts("关于鉴定意见", needed=True)
    experts = text("参加复核的专家")
    reviewer = text("复核人", most=60)


class OpinionSchema(FormSchema):
    """司法鉴定意见书."""

    licence = text("许可证号", most=60)
    client = text("委托人", needed=True)
    matter = texts("委托鉴定事项", needed=True)
    received_on = text("受理日期", most=20)
    materials = texts("鉴定材料", needed=True)
    examined_on = text("鉴定日期", most=20)
    examined_at = text("鉴定地点", most=100)
    subject = text("被鉴定人", most=100)
    facts = texts("基本案情", needed=True)
    excerpt = texts("资料摘要")
    standards = text("采用的标准")
    procedure = texts("鉴定过程", most=5000, needed=True)
    analysis = texts("分析说明", most=5000, needed=True)
    conclusion = texts("鉴定意见", needed=True)
    annexes = texts("附件", empty=1)
    appraisers = text("司法鉴定人")
    appraiser_licences = text("执业证号", most=120)


class CorrectionSchema(FormSchema):
    """司法鉴定意见补正书."""

    client = text("委托人", needed=True)
    opinion_number = text("意见书文号", most=80)
    flaw = text("补正的情形", needed=True)
    flaw_text = texts("原文", needed=True)
    corrected_text = texts("补正为", needed=True)
    appraisers = text("司法鉴定人")


def _commission(snapshot: Snapshot) -> dict[str, Any]:
    return base(snapshot) | {"client": names(snapshot, "applicant"), "matter": lines(snapshot.stored("matter"))}


def intake(snapshot: Snapshot) -> Values:
    """What was examined before the commission was accepted."""
    return base(snapshot) | {
        "file_number": snapshot.stored("number"),
        "matter": lines(snapshot.stored("matter")),
        "passed": [name for name in CHECKS if snapshot.case.get(name)],
        "opinion": lines(snapshot.stored("review_opinion")),
        "remark": snapshot.stored("review_remark"),
    }


def entrustment(snapshot: Snapshot) -> Values:
    """What client and institution agree on."""
    agreed = snapshot.stored("time_mode") == "agreed"
    limit = (
        f"双方约定于{day(snapshot.stored('agreed_by'))}前完成" if agreed else "自本委托书生效之日起三十个工作日内完成"
    )
    return _commission(snapshot) | {
        "unified_number": snapshot.stored("unified_number"),
        "contact": snapshot.stored("contact"),
        "undertaker": snapshot.stored("undertaker"),
        "phone": of_party(snapshot, "applicant", "phone"),
        "unit_address": snapshot.unit.get("address") or "",
        "unit_phone": snapshot.unit.get("phone") or "",
        "again": snapshot.stored("again"),
        "purpose": snapshot.stored("purpose"),
        "facts": lines(snapshot.stored("facts")),
        "materials": lines(snapshot.stored("materials")),
        "fee": yuan(snapshot.case.get("fee")),
        "fee_mode": snapshot.stored("fee_mode"),
        "delivery": snapshot.stored("delivery"),
        "delivery_detail": snapshot.stored("delivery_detail"),
        "material_handling": snapshot.stored("material_handling"),
        "time_limit": limit,
        "appraisers": appraisers(snapshot),
        "other_terms": lines(snapshot.stored("other_terms")),
        "effective_on": day(snapshot.stored("effective_on")),
    }


def notice(snapshot: Snapshot) -> Values:
    """What the client is told before the appraisal begins."""
    return _commission(snapshot)


def _accepted_on(snapshot: Snapshot) -> str:
    return day(snapshot.taken("accept").get("on"))


def extension(snapshot: Snapshot) -> Values:
    """That the appraisal takes longer, why and until when."""
    entered = snapshot.entered("extend")
    return _commission(snapshot) | {
        "accepted_on": _accepted_on(snapshot),
        "reason": lines(entered.get("extend_reason")),
        "extra_days": chinese_number(entered["extra_days"]) if entered else "",
        "extend_to": day(entered.get("extend_to")),
    }


def termination(snapshot: Snapshot) -> Values:
    """That the appraisal is over without an opinion."""
    return _commission(snapshot) | {
        "accepted_on": _accepted_on(snapshot),
        "ground": words(snapshot, "end_reason"),
        "reason": lines(snapshot.entered("terminate").get("reason")),
    }


def review(snapshot: Snapshot) -> Values:
    """What the reviewer says of the procedure and of the opinion."""
    return base(snapshot) | {
        "opinion_of": names(snapshot, "applicant"),
        "matter": lines(snapshot.stored("matter")),
        "appraisers": appraisers(snapshot),
        "procedure_found": lines(snapshot.stored("procedure_found")),
        "conclusion_found": lines(snapshot.stored("conclusion_found")),
        "experts": snapshot.stored("experts"),
        "reviewer": snapshot.taken("review").get("actor", ""),
    }


def opinion(snapshot: Snapshot) -> Values:
    """The opinion in its seven sections."""
    kept = ("facts", "materials", "excerpt", "procedure", "analysis", "conclusion", "annexes")
    standards = "".join((words(snapshot, "standard_kind"), "：", snapshot.stored("standards")))
    return (
        _commission(snapshot)
        | {name: lines(snapshot.stored(name)) for name in kept}
        | {
            "licence": snapshot.stored("institution_licence"),
            "received_on": _accepted_on(snapshot),
            "examined_on": day(snapshot.stored("examined_on")),
            "examined_at": snapshot.stored("examined_at"),
            "subject": names(snapshot, "respondent"),
            "standards": standards.removeprefix("：").removesuffix("："),
            "appraisers": appraisers(snapshot),
            "appraiser_licences": snapshot.stored("appraiser_licences"),
        }
    )


def correction(snapshot: Snapshot) -> Values:
    """What of an issued opinion is put right."""
    return base(snapshot) | {
        "client": names(snapshot, "applicant"),
        "opinion_number": snapshot.number_of("appraisal.opinion"),
        "flaw": words(snapshot, "flaw"),
        "flaw_text": lines(snapshot.stored("flaw_text")),
        "corrected_text": lines(snapshot.stored("corrected_text")),
        "appraisers": appraisers(snapshot),
    }


FORMS = (
    declare(
        "intake",
        "司法鉴定受理审查表",
        IntakeSchema,
        intake,
        word="司鉴审字",
        source="司法鉴定机构通行的受理审查表，六项内容依《司法鉴定程序通则》第十五条",
        level="house",
        words={"remark": ("重要提示", "司法鉴定机构应当自收到委托之日起七个工作日内作出是否受理的决定。")},
    ),
    declare(
        "entrustment",
        "司法鉴定委托书",
        EntrustmentSchema,
        entrustment,
        word="司鉴委字",
        source=NATIONAL,
        verified=True,
        pages=(2, 3),
        words={
            "risk": (
                "鉴定风险提示",
                RISKS,
            )
        },
    ),
    declare(
        "notice",
        "司法鉴定告知书",
        NoticeSchema,
        notice,
        word="司鉴告字",
        layout="letter",
        source=LAYOUT,
        pages=(1, 2),
        words={"more": ("另外告知的事项", "")},
    ),
    declare(
        "extension",
        "延长鉴定时限告知书",
        ExtensionSchema,
        extension,
        word="司鉴延字",
        layout="letter",
        source=LAYOUT,
        words={"closing": ("结束的话", "特此告知。")},
    ),
    declare(
        "termination",
        "终止鉴定告知书",
        TerminationSchema,
        termination,
        word="司鉴终字",
        layout="letter",
        source=LAYOUT,
        words={"closing": ("结束的话", "特此告知。")},
    ),
    declare("review", "司法鉴定复核意见", ReviewSchema, review, word="司鉴复字", source=LAYOUT),
    declare(
        "opinion",
        "司法鉴定意见书",
        OpinionSchema,
        opinion,
        word="司鉴字",
        layout="letter",
        source=LAYOUT,
        pages=(3, 5),
    ),
    declare(
        "correction",
        "司法鉴定意见补正书",
        CorrectionSchema,
        correction,
        word="司鉴补字",
        layout="letter",
        source=LAYOUT,
        pages=(1, 2),
    ),
)
