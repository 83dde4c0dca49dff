"""What a city sets of mediation: limits and amounts that no law fixes."""

from saas.settings.declaration import Setting

NOT_READ = "本单位工作要求，法律没有规定"
COUNTY = "个别县的矛盾纠纷报告制度，未核对原文"
ONLINE = "参照《人民法院在线调解规则》第十二条"
INVITED = "参照最高人民法院关于人民法院特邀调解的规定第二十七条"
TABLE = "本单位以案定补办法，各地标准不同"


def _number(
    name: str, title: str, default: int, help_: str, bounds: tuple[int, int], source: str = NOT_READ
) -> Setting:
    least, most = bounds
    return Setting(
        f"mediation.{name}", title, "integer", default, help_, source, verified=False, minimum=least, maximum=most
    )


SETTINGS = (
    Setting(
        "mediation.acceptance_workdays",
        "受理审查期限（工作日）",
        "integer",
        3,
        "收到申请或者移送之后，几个工作日内决定是否受理。",
        "参照《人民法院在线调解规则》第十二条",
        verified=False,
        minimum=1,
        maximum=3,
    ),
    Setting(
        "mediation.mediation_days",
        "调解期限（日）",
        "integer",
        30,
        "受理之后几日内调结。",
        "《全国人民调解工作规范》（SF/T 0083），未核对原文",
        verified=False,
        minimum=5,
        maximum=30,
    ),
    Setting(
        "mediation.revisit_days",
        "回访期限（日）",
        "integer",
        30,
        "履行或者终止之后几日内回访。",
        "本单位工作要求，法律没有规定",
        verified=False,
        minimum=7,
        maximum=90,
    ),
    _number("area_days", "地区排查周期（日）", 30, "一轮地区排查开始之后，几日内报告。", (1, 31)),
    _number("project_days", "项目排查周期（日）", 7, "一轮项目排查开始之后，几日内报告。", (1, 7)),
    _number("site_days", "现场排查周期（日）", 1, "一轮现场排查开始之后，几日内报告。", (1, 3)),
    _number("assess_workdays", "线索研判期限（工作日）", 3, "登记线索之后，几个工作日内研判。", (1, 10)),
    _number(
        "major_hours",
        "重大纠纷上报时限（小时）",
        6,
        "研判为重大、群体的，几小时内上报或者报告公安机关。",
        (1, 24),
        COUNTY,
    ),
    _number("settle_days", "线索化解期限（日）", 30, "分流之后，几日内化解销号或者挂账。", (5, 90)),
    _number(
        "docking_workdays",
        "对接移送接收期限（工作日）",
        3,
        "法院以外的渠道移送之后，几个工作日内确认是否接收。",
        (1, 3),
        ONLINE,
    ),
    _number("answer_days", "对接移送反馈期限（日）", 30, "法院以外的渠道移送之后，几日内反馈结果。", (5, 30), INVITED),
    _number(
        "subsidy_simple", "以案定补标准：简易（元）", 50, "简易纠纷达成书面协议的补贴；口头协议减半。", (0, 5000), TABLE
    ),
    _number(
        "subsidy_ordinary",
        "以案定补标准：一般（元）",
        100,
        "一般纠纷达成书面协议的补贴；口头协议减半。",
        (0, 5000),
        TABLE,
    ),
    _number(
        "subsidy_complex",
        "以案定补标准：疑难复杂（元）",
        300,
        "疑难复杂纠纷达成书面协议的补贴；口头协议减半。",
        (0, 20000),
        TABLE,
    ),
    _number(
        "subsidy_major",
        "以案定补标准：重大（元）",
        500,
        "重大纠纷达成书面协议的补贴；口头协议减半。",
        (0, 20000),
        TABLE,
    ),
)
