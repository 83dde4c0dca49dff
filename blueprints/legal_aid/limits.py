"""What a city may set of legal aid: limits nobody has read in an official text, the standard of hardship, subsidies."""

from blueprints.legal_aid.codes import SUBSIDIES
from saas.settings.declaration import Setting

RULES_2023 = "办理法律援助案件程序规定（司法部令第148号），未核对原文"
LOCAL = "本单位工作要求，法律没有规定"
# Yuan for a case, or a day on duty; invented as a start, every city has a table of its own.
RATES = {
    "criminal_investigation": 1200,
    "criminal_prosecution": 1500,
    "criminal_trial": 2000,
    "civil_trial": 2000,
    "administrative": 2000,
    "arbitration": 1500,
    "nonlitigation": 1000,
    "document": 300,
    "duty_day": 400,
}


def _limit(name: str, title: str, default: int, most: int, told: str, source: str) -> Setting:
    return Setting(
        f"legal_aid.{name}", title, "integer", default, told, source, verified=False, minimum=1, maximum=most
    )


def _rate(code: str, title: str) -> Setting:
    return Setting(
        f"legal_aid.subsidy_{code}",
        f"办案补贴：{title}（元）",
        "integer",
        RATES[code],
        "每件的补贴标准；值班按每个工作日。",
        "本市法律援助补贴标准（法律援助法第五十二条由省级制定），未核对",
        verified=False,
        minimum=0,
        maximum=100_000,
    )


SETTINGS = (
    Setting(
        "legal_aid.means_threshold_fen",
        "经济困难标准（家庭人均月收入，分）",
        "integer",
        250_000,
        "家庭人均月收入不高于这个数的，认定为经济困难；单位是分。",
        "省级人民政府制定的经济困难标准（法律援助法第三十四条），未核对",
        verified=False,
        minimum=1,
        maximum=10_000_000,
    ),
    _limit("agreement_workdays", "签订委托协议期限（工作日）", 5, 5, "指派之后几个工作日内签订委托协议。", RULES_2023),
    _limit("change_workdays", "答复更换申请期限（工作日）", 5, 5, "收到更换申请之后几个工作日内决定。", RULES_2023),
    _limit("hand_in_days", "提交案卷期限（日）", 30, 30, "案件办结之后几日内提交结案报告和案卷。", RULES_2023),
    _limit("file_review_days", "审查案卷期限（日）", 30, 30, "收到案卷之后几日内审查、支付补贴。", RULES_2023),
    _limit("letter_workdays", "答复来信咨询期限（工作日）", 7, 7, "收到来信、网络咨询之后几个工作日内答复。", LOCAL),
    _limit("duty_workdays", "安排值班律师期限（工作日）", 1, 3, "收到办案机关通知之后几个工作日内安排。", LOCAL),
    *(_rate(code, title) for code, title in SUBSIDIES),
)
