"""The basic figures of notarial work, counted by the day of the step that makes them."""

from saas.indicators.declaration import Indicator, Measure

MATTER, BACKLOG, QUALITY = "notary.matter", "notary.backlog", "notary.quality"
PRACTICE = "公证业务统计的通行口径，未核对原文"
YEARBOOK = "公证书分类统计口径（国内、涉外、涉港澳台）"
YEARBOOK_PEOPLE = "国家统计年鉴公证工作基本情况"
CHECKED = "按抽取、检查之日统计"
CERTIFICATES = (
    ("domestic_civil", "国内民事公证书", "内民证字"),
    ("domestic_economic", "国内经济公证书", "内经证字"),
    ("foreign_civil", "涉外民事公证书", "外民证字"),
    ("foreign_economic", "涉外经济公证书", "外经证字"),
    ("region", "涉港澳台公证书", "港澳台证字"),
)
"""Categories of certificates: code, title of the figure, the word in their numbers."""


def _steps(code: str, title: str, *events: str, **more: tuple[str, ...]) -> Indicator:
    return Indicator(f"notary.{code}", title, MATTER, event=events, source=PRACTICE, **more)  # type: ignore[arg-type]


def _sum(code: str, title: str, event: str, field: str, measure: Measure = "total") -> Indicator:
    unit = "元" if measure == "amount" else "件"
    process = MATTER if measure == "amount" else BACKLOG
    return Indicator(
        f"notary.{code}",
        title,
        process,
        measure=measure,
        event=(event,),
        amount_field=field,
        unit=unit,
        source=PRACTICE,
    )


def _ratio(code: str, title: str, numerator: str, denominator: str) -> Indicator:
    return Indicator(
        f"notary.{code}",
        title,
        MATTER,
        measure="ratio",
        numerator=f"notary.{numerator}",
        denominator=f"notary.{denominator}",
        unit="%",
        source=PRACTICE,
    )


INDICATORS = (
    _steps("received", "收到公证申请", "apply", "register"),
    _steps("accepted", "受理公证事项", "accept", "accept_green"),
    _steps("declined", "不予受理", "decline"),
    _steps("issued", "出具公证书的事项", "issue"),
    *(
        Indicator(
            f"notary.certificates_{code}",
            title,
            MATTER,
            measure="documents",
            event=("notary.certificate",),
            words=(word,),
            unit="份",
            source=YEARBOOK,
        )
        for code, title, word in CERTIFICATES
    ),
    _steps("inheritance", "受理继承公证", "accept", "accept_green", kinds=("02",)),
    _steps("green", "绿色通道受理", "accept_green"),
    _steps("visits", "上门办证", "visit"),
    _steps("remote", "远程和网上受理", "accept", "accept_green", sources=("online", "remote")),
    _steps("refused", "不予办理", "refuse"),
    _steps("terminated", "终止公证", "terminate"),
    _steps("reviews", "收到复查申请", "apply_review"),
    _steps("revoked", "撤销公证书（错证）", "revoke"),
    _sum("reduced_amount", "减免公证费", "grant_reduction", "reduced_amount", "amount"),
    _steps(
        "open",
        "受理后未办结",
        "accept",
        "accept_green",
        states=(
            *("accepted", "reducing", "examining", "supplement", "verifying", "visiting"),
            *("drafted", "approved", "refusing"),
        ),
    ),
    Indicator(
        "notary.late",
        "超过出证期限",
        MATTER,
        measure="late",
        event=("certificate",),
        source="公证法第三十条",
    ),
    Indicator(
        "notary.days",
        "平均办结时长",
        MATTER,
        measure="days",
        event=("certificate",),
        unit="日",
        source="自受理至出证、不予办理或者终止的自然日",
    ),
    Indicator(
        "notary.closed",
        "办结（出证、不予办理、终止）",
        MATTER,
        event=("issue", "refuse", "terminate"),
        source=PRACTICE,
    ),
    _ratio("late_rate", "超期率", "late", "closed"),
    _ratio("issue_rate", "出证率", "issued", "closed"),
    _sum("backlog", "认定积压", "recognise", "backlog_count"),
    _sum("backlog_done", "协助办结积压", "finish_help", "done_count"),
    Indicator(
        "notary.offices",
        "公证机构数",
        "notary.office",
        "entries",
        states=("active",),
        unit="家",
        source=YEARBOOK_PEOPLE,
    ),
    Indicator(
        "notary.notaries",
        "公证员数",
        "notary.notary",
        "entries",
        kinds=("notary",),
        states=("active",),
        unit="人",
        source=YEARBOOK_PEOPLE,
    ),
    Indicator(
        "notary.people", "公证人员数", "notary.notary", "entries", states=("active",), unit="人", source=YEARBOOK_PEOPLE
    ),
    Indicator("notary.checked", "抽查公证卷", QUALITY, "inspected", states=("drawn",), unit="卷", source=CHECKED),
    Indicator(
        "notary.check_passed", "抽查合格公证卷", QUALITY, "inspected", states=("passed",), unit="卷", source=CHECKED
    ),
    Indicator(
        "notary.pass_rate",
        "公证事项合格率",
        QUALITY,
        "ratio",
        numerator="notary.check_passed",
        denominator="notary.checked",
        unit="%",
        source="合格卷数除以抽查卷数",
    ),
)
