"""Settings as lines of work and the platform declare them; a city's values are kept elsewhere."""

from dataclasses import dataclass
from typing import Any

SettingKind = str


@dataclass(frozen=True)
class Setting:
    """One thing a city may set, with its default and where the default comes from.

    ``kind`` is integer, text, date or boolean. ``verified`` is False where the source was not read
    in an official text; the settings page says so. ``choices`` are the only values a text may have, ``pattern``
    is what it must look like; ``demo`` is the default in cities of invented people, where it differs.
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
    choices: tuple[str, ...] = ()
    pattern: str | None = None
    demo: Any = None
    words: tuple[str, ...] = ()


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
        "可用 {year} 年度、{n} 流水号；{n:06} 表示不足六位补零。其余只能使用大写字母、数字和短横线。",
        "本单位规定",
        verified=False,
        pattern=r"(?:[A-Z0-9-]|\{[^{}]*\})+",
        words=("year", "n"),
    ),
    Setting(
        "documents.number_pattern",
        "文书编号格式",
        "text",
        "（{series}）{kind}〔{year}〕第{n}号",
        "可用 {series} 机构简称、{kind} 文书代字、{year} 年度、{n} 流水号。",
        "本单位规定",
        verified=False,
        words=("series", "kind", "year", "n"),
    ),
    Setting(
        "identity.passkey_roles",
        "须用通行密钥的角色",
        "text",
        "",
        "这些角色登录时必须使用通行密钥，填角色代码，用逗号分开；留空表示都不强制。",
        "GB/T 22239-2019 8.1.4.1 d，GB/T 39786-2021 8.4 a",
        verified=True,
    ),
    Setting(
        "identity.sms_budget",
        "每日短信验证码上限",
        "integer",
        2000,
        "本市每天最多发送的手机验证码条数，用完以后群众改用受理编号和查询码。",
        "本单位规定",
        verified=False,
        minimum=10,
        maximum=100_000,
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
        "identity.policy",
        "密码规则",
        "text",
        "dengbao",
        "dengbao：四类字符中至少三类、定期更换、不得与近5次相同；asvs：只看长度和是否容易被猜到，不强制更换。",
        "GB/T 22239-2019 第8.1.4.1条a项",
        verified=True,
        choices=("dengbao", "asvs"),
        demo="asvs",
    ),
    Setting(
        "identity.password_days",
        "密码有效天数",
        "integer",
        90,
        "密码规则为 dengbao 时，到期后登录须先更换密码。",
        "GB/T 22239-2019 第8.1.4.1条a项",
        verified=True,
        minimum=30,
        maximum=180,
    ),
    Setting(
        "identity.second_factor",
        "第二步验证",
        "text",
        "required",
        "required：工作人员登录都要输入动态口令；optional：由本人决定是否绑定。",
        "GB/T 22239-2019 第8.1.4.1条d项",
        verified=True,
        choices=("required", "optional"),
        demo="optional",
    ),
    Setting(
        "identity.idle_minutes",
        "工作人员无操作退出",
        "integer",
        30,
        "超过这么多分钟没有操作，须重新登录。",
        "GB/T 22239-2019 第8.1.4.1条b项",
        verified=True,
        minimum=5,
        maximum=30,
    ),
    Setting(
        "identity.visitor_idle_minutes",
        "群众无操作退出",
        "integer",
        60,
        "群众填表时，超过这么多分钟没有操作，须凭保存码继续。",
        "本单位规定",
        verified=False,
        minimum=15,
        maximum=60,
    ),
    Setting(
        "identity.session_hours",
        "一次登录最长小时数",
        "integer",
        12,
        "从登录起最多使用这么多小时。",
        "本单位规定",
        verified=False,
        minimum=1,
        maximum=12,
    ),
    Setting(
        "identity.sessions",
        "同时登录数",
        "integer",
        3,
        "一个账号同时可以在几处登录；再登录时，最早的一处退出。",
        "本单位规定",
        verified=False,
        minimum=1,
        maximum=20,
        demo=20,
    ),
    Setting(
        "identity.lock_failures",
        "登录失败锁定次数",
        "integer",
        5,
        "同一网络连续输错这么多次，这个账号在该网络暂时锁定；其他网络不受影响。",
        "GB/T 22239-2019 第8.1.4.1条b项",
        verified=True,
        minimum=5,
        maximum=10,
    ),
    Setting(
        "identity.lock_minutes",
        "登录失败锁定分钟数",
        "integer",
        10,
        "第一次锁定的分钟数；再次锁定时加倍，最多30分钟。",
        "GB/T 22239-2019 第8.1.4.1条b项",
        verified=True,
        minimum=10,
        maximum=30,
    ),
    Setting(
        "identity.dormant_days",
        "不用账号停用天数",
        "integer",
        90,
        "超过这么多天没有登录的账号自动停用，由系统管理员重新启用。",
        "GB/T 22239-2019 第8.1.4.2条c项",
        verified=True,
        minimum=30,
        maximum=90,
    ),
    Setting(
        "dossier.batch_most",
        "一次导出卷宗的件数",
        "integer",
        200,
        "从筛选结果一次导出卷宗的最多件数；另外不超过“直接导出的件数”。",
        "本单位规定",
        verified=False,
        minimum=1,
        maximum=1000,
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
    Setting(
        "clocks.days_over",
        "超期提醒的天数",
        "text",
        "1,3,7",
        "超过期限几天时逐级提醒上级，用逗号分开，例如 1,3,7：超期1天告诉本机构负责人，3天告诉上一级，7天再上一级。",
        "本单位规定",
        verified=False,
        pattern=r"[1-9][0-9]?(,[1-9][0-9]?){0,4}",
    ),
    Setting(
        "clocks.digest_above",
        "期限提醒合并发送的件数",
        "integer",
        3,
        "同一个人一次要收到的期限提醒超过这么多件时，合并成一条。",
        "本单位规定",
        verified=False,
        minimum=1,
        maximum=50,
    ),
)
