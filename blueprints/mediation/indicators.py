"""The basic figures of mediation work, counted by the day of the step that makes them."""

from saas.indicators.declaration import Indicator

PROCESS = "mediation.dispute"
SOURCE = "司发通〔2010〕239号人民调解案件统计口径"
REVIEW = "mediation.file_review"
REVIEWED = "按抽取、检查之日统计"

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
    Indicator("mediation.reviewed", "案卷评查抽取", REVIEW, "inspected", states=("drawn",), unit="卷", source=REVIEWED),
    Indicator(
        "mediation.review_passed",
        "案卷评查合格",
        REVIEW,
        "inspected",
        states=("excellent", "qualified"),
        unit="卷",
        source=REVIEWED,
    ),
    Indicator(
        "mediation.review_excellent",
        "案卷评查优秀",
        REVIEW,
        "inspected",
        states=("excellent",),
        unit="卷",
        source=REVIEWED,
    ),
    Indicator(
        "mediation.review_pass_rate",
        "案卷评查合格率",
        REVIEW,
        "ratio",
        numerator="mediation.review_passed",
        denominator="mediation.reviewed",
        unit="%",
        source="合格案卷数除以抽取案卷数",
    ),
    Indicator(
        "mediation.review_excellent_rate",
        "案卷评查优秀率",
        REVIEW,
        "ratio",
        numerator="mediation.review_excellent",
        denominator="mediation.reviewed",
        unit="%",
        source="优秀案卷数除以抽取案卷数",
    ),
)
