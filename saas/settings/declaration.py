"""Settings as lines of work and the platform declare them; a city's values are kept elsewhere."""

from dataclasses import dataclass
from typing import Any

SettingKind = str


@dataclass(frozen=True)
class Setting:
    """One thing a city may set, with its default and where the default comes from.

    ``kind`` is integer, text, date or boolean. ``verified`` is False where the source was not read
    in an official text; the settings page says so.
    """

    key: str
    title: str
    kind: SettingKind
    default: Any
    help: str
    source: str
    verified: bool
    minimum: int | None = None
    maximum: int | None = None


KERNEL_SETTINGS: tuple[Setting, ...] = (
    Setting(
        "site.phone", "服务电话", "text", "12348", "显示在每个页面上，供群众拨打。", "公共法律服务热线", verified=True
    ),
    Setting("site.complaint_phone", "投诉电话", "text", "12345", "显示在页脚。", "政务服务便民热线", verified=True),
    Setting(
        "cases.number_pattern",
        "案件编号格式",
        "text",
        "{year}{n:06}",
        "可用 {year} 年度、{n} 流水号；{n:06} 表示不足六位补零。只能使用字母、数字和短横线。",
        "本单位规定",
        verified=False,
    ),
    Setting(
        "documents.number_pattern",
        "文书编号格式",
        "text",
        "（{series}）{kind}〔{year}〕第{n}号",
        "可用 {series} 机构简称、{kind} 文书代字、{year} 年度、{n} 流水号。",
        "本单位规定",
        verified=False,
    ),
    Setting(
        "portal.query_limit",
        "进度查询次数",
        "integer",
        10,
        "同一网络一刻钟内可以查询的次数。",
        "本单位规定",
        verified=False,
        minimum=3,
        maximum=100,
    ),
    Setting(
        "export.limit",
        "直接导出的件数",
        "integer",
        500,
        "案件列表超过这个件数，要由另一个人审批后才能导出。",
        "本单位规定",
        verified=False,
        minimum=10,
        maximum=5000,
    ),
    Setting(
        "export.daily_rows",
        "每人每天导出的件数",
        "integer",
        5000,
        "一个人一天之内导出的案件列表加起来的最多件数。",
        "本单位规定",
        verified=False,
        minimum=100,
        maximum=50_000,
    ),
)
