"""The basic figures of mediation work, counted by the day of the step that makes them."""

from saas.indicators.declaration import Indicator

PROCESS = "mediation.dispute"
SOURCE = "司发通〔2010〕239号人民调解案件统计口径"

INDICATORS = (
    Indicator(
        "mediation.received",
        "收到申请和移送",
        PROCESS,
        event=("apply", "initiate", "transfer", "entrust"),
        source=SOURCE,
    ),
    Indicator("mediation.accepted", "受理", PROCESS, event=("accept",), source=SOURCE),
    Indicator("mediation.refused", "不予受理", PROCESS, event=("refuse",), source=SOURCE),
    Indicator("mediation.succeeded", "调解成功", PROCESS, event=("agree_written", "agree_oral"), source=SOURCE),
    Indicator("mediation.written", "书面协议", PROCESS, event=("agree_written",), source=SOURCE),
    Indicator("mediation.oral", "口头协议", PROCESS, event=("agree_oral",), source=SOURCE),
    Indicator("mediation.ended", "终止调解", PROCESS, event=("end",), source=SOURCE),
    Indicator(
        "mediation.under_way",
        "受理后正在调解",
        PROCESS,
        event=("accept",),
        states=("accepted", "mediating"),
        source=SOURCE,
    ),
    Indicator("mediation.confirmed", "司法确认", PROCESS, event=("confirm",), source=SOURCE),
    Indicator("mediation.performed", "履行完毕", PROCESS, event=("perform",), source=SOURCE),
    Indicator(
        "mediation.amount",
        "协议涉及金额",
        PROCESS,
        measure="amount",
        event=("agree_written", "agree_oral"),
        amount_field="agreed_amount",
        unit="元",
        source=SOURCE,
    ),
    Indicator(
        "mediation.success_rate",
        "调解成功率",
        PROCESS,
        measure="ratio",
        numerator="mediation.succeeded",
        denominator="mediation.concluded",
        unit="%",
        source="调解成功数除以调解总数",
    ),
    Indicator(
        "mediation.concluded",
        "调解总数（已有结果）",
        PROCESS,
        event=("agree_written", "agree_oral", "end"),
        source=SOURCE,
    ),
)
