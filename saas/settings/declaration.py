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
        "audit.seal_seconds",
        "操作日志封存间隔",
        "integer",
        30,
        "新的操作记录最多隔多少秒封存一次，并在库外存证。",
        "本单位规定",
        verified=False,
        minimum=10,
        maximum=60,
    ),
    Setting(
        "audit.online_months",
        "操作日志在线保存月数",
        "integer",
        36,
        "操作日志在系统里可以直接查询的月数，不得少于六个月。",
        "网络安全法关于日志留存的规定",
        verified=False,
        minimum=6,
        maximum=240,
    ),
    Setting(
        "audit.report_mail",
        "审计日报邮箱",
        "text",
        "",
        "每天把前一天的封印值发到这些邮箱，多个邮箱用逗号隔开。不填只发站内消息。",
        "本单位规定",
        verified=False,
    ),
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
)
