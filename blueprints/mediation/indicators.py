"""The basic figures of mediation work, counted by the day of the step that makes them."""

from saas.indicators.declaration import Indicator

PROCESS = "mediation.dispute"
SOURCE = "司发通〔2010〕239号人民调解案件统计口径"
REVIEW = "mediation.file_review"
REVIEWED = "按抽取、检查之日统计"
SCREENING, CLUE, DOCKING = "mediation.screening", "mediation.clue", "mediation.docking"
SCREENED = "按下达、报告排查任务之日统计"
DOCKED = "按收到、接收、反馈之日统计"
REPORTS = ("report_found", "report_zero")

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
    Indicator("mediation.screenings_planned", "下达排查任务", SCREENING, event=("plan",), unit="次", source=SCREENED),
    Indicator("mediation.screenings", "开展排查", SCREENING, event=REPORTS, unit="次", source=SCREENED),
    Indicator("mediation.zero_reports", "零报告", SCREENING, event=("report_zero",), unit="次", source=SCREENED),
    *(
        Indicator(
            f"mediation.{name}", title, SCREENING, "total", event=event, amount_field=field, unit=unit, source=SCREENED
        )
        for name, title, event, field, unit in (
            ("screening_objects", "应排查对象", ("plan",), "objects", "个"),
            ("screening_covered", "已排查对象", REPORTS, "covered", "个"),
            ("screening_found", "排查发现纠纷", ("report_found",), "found_count", "件"),
            ("screening_prevented", "预防纠纷", ("report_found",), "prevented", "件"),
        )
    ),
    Indicator(
        "mediation.coverage",
        "排查覆盖率",
        SCREENING,
        "ratio",
        numerator="mediation.screening_covered",
        denominator="mediation.screening_objects",
        unit="%",
        source="已排查对象数除以应排查对象数",
    ),
    Indicator("mediation.clues", "登记纠纷线索", CLUE, event=("find",), source=SCREENED),
    Indicator("mediation.clues_settled", "线索化解销号", CLUE, event=("settle",), source=SCREENED),
    Indicator("mediation.clues_listed", "线索挂账", CLUE, event=("keep_listed",), states=("listed",), source=SCREENED),
    Indicator("mediation.docked", "收到对接移送", DOCKING, event=("receive",), source=DOCKED),
    Indicator("mediation.docked_accepted", "对接移送接收", DOCKING, event=("accept",), source=DOCKED),
    Indicator("mediation.docked_agreed", "对接调解成功", DOCKING, event=("answer_agreed",), source=DOCKED),
    Indicator(
        "mediation.subsidies",
        "以案定补",
        PROCESS,
        "amount",
        event=("subsidise",),
        amount_field="subsidy_amount",
        unit="元",
        source="本单位以案定补办法",
    ),
)
