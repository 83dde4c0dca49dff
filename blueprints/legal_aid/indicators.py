"""The figures of legal aid, counted by the day of the step that makes them."""

from saas.indicators.declaration import Indicator

PROCESS, DEFENCE = "legal_aid.application", "legal_aid.defence"
DUTY, CONSULTATION = "legal_aid.duty", "legal_aid.consultation"
CHECK = "legal_aid.file_check"
CHECKED = "按抽取、检查之日统计"
SOURCE = "法律援助统计口径，按办理环节发生的日期统计"
OPENED = ("apply", "window", "transfer")
TAKEN_ON = ("receive", "receive_green")
DECIDED = ("grant", "grant_urgent")

INDICATORS = (
    Indicator(
        "legal_aid.consultations", "咨询人次", CONSULTATION, event=("answer_now", "letter"), unit="人次", source=SOURCE
    ),
    Indicator("legal_aid.applied", "收到申请", PROCESS, event=OPENED, source=SOURCE),
    Indicator("legal_aid.received", "受理申请", PROCESS, event=TAKEN_ON, source=SOURCE),
    Indicator("legal_aid.green", "绿色通道受理", PROCESS, event=("receive_green",), source=SOURCE),
    Indicator("legal_aid.granted", "给予法律援助", PROCESS, event=DECIDED, source=SOURCE),
    Indicator("legal_aid.refused", "不予法律援助", PROCESS, event=("refuse",), source=SOURCE),
    Indicator("legal_aid.urgent", "先行提供法律援助", PROCESS, event=("grant_urgent",), source=SOURCE),
    Indicator("legal_aid.assigned", "指派", PROCESS, event=("assign",), source=SOURCE),
    Indicator(
        "legal_aid.same_day",
        "当日完成受理、审批、指派",
        PROCESS,
        event=("assign",),
        same_day=(TAKEN_ON, DECIDED),
        source="受理、审批、指派发生在同一日的案件",
    ),
    Indicator(
        "legal_aid.same_day_rate",
        "当日办结率",
        PROCESS,
        measure="ratio",
        numerator="legal_aid.same_day",
        denominator="legal_aid.assigned",
        unit="%",
        source="当日完成受理、审批、指派的案件除以指派的案件",
    ),
    Indicator("legal_aid.terminated", "终止法律援助", PROCESS, event=("terminate",), source=SOURCE),
    Indicator(
        "legal_aid.objections", "异议审查", PROCESS, event=("object_refusal", "object_termination"), source=SOURCE
    ),
    Indicator("legal_aid.finished", "办结", PROCESS, event=("finish",), source=SOURCE),
    Indicator(
        "legal_aid.recovered",
        "挽回损失、取得利益",
        PROCESS,
        measure="amount",
        event=("finish",),
        amount_field="recovered_amount",
        unit="元",
        source=SOURCE,
    ),
    Indicator(
        "legal_aid.subsidies",
        "办案补贴（申请案件）",
        PROCESS,
        measure="amount",
        event=("subsidise",),
        amount_field="subsidy_amount",
        unit="元",
        source="法律援助法第五十二条、第五十八条",
    ),
    Indicator("legal_aid.notified", "办案机关通知", DEFENCE, event=("notice",), source=SOURCE),
    Indicator("legal_aid.defended", "通知辩护指派", DEFENCE, event=("assign",), source=SOURCE),
    Indicator("legal_aid.helped", "值班律师法律帮助", DUTY, event=("provide",), source=SOURCE),
    Indicator("legal_aid.revisited", "回访受援人", PROCESS, event=("revisit",), source=SOURCE),
    Indicator("legal_aid.checked", "案卷检查抽取", CHECK, "inspected", states=("drawn",), unit="卷", source=CHECKED),
    Indicator(
        "legal_aid.check_passed",
        "案卷检查合格以上",
        CHECK,
        "inspected",
        states=("excellent", "good", "qualified"),
        unit="卷",
        source=CHECKED,
    ),
    Indicator(
        "legal_aid.check_excellent",
        "案卷检查优秀",
        CHECK,
        "inspected",
        states=("excellent",),
        unit="卷",
        source=CHECKED,
    ),
    Indicator(
        "legal_aid.check_pass_rate",
        "案卷合格率",
        CHECK,
        "ratio",
        numerator="legal_aid.check_passed",
        denominator="legal_aid.checked",
        unit="%",
        source="合格以上案卷数除以抽取案卷数",
    ),
    Indicator(
        "legal_aid.check_excellent_rate",
        "案卷优秀率",
        CHECK,
        "ratio",
        numerator="legal_aid.check_excellent",
        denominator="legal_aid.checked",
        unit="%",
        source="优秀案卷数除以抽取案卷数",
    ),
)
