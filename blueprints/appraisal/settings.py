"""What a city may set in the oversight of appraisal: limits whose text was not read, and working customs."""

from saas.settings.declaration import Setting

COMPLAINTS = "《司法鉴定执业活动投诉处理办法》，未核对原文"


def _days(key: str, title: str, default: int, bounds: tuple[int, int], text: str, source: str) -> Setting:
    low, high = bounds
    return Setting(
        f"appraisal.{key}", title, "integer", default, text, source, verified=False, minimum=low, maximum=high
    )


SETTINGS = (
    _days(
        "complaint_acceptance_workdays",
        "司法鉴定投诉受理期限（工作日）",
        7,
        (1, 7),
        "收到投诉之后，几个工作日内决定是否受理。",
        COMPLAINTS,
    ),
    _days("complaint_days", "司法鉴定投诉处理期限（日）", 60, (10, 60), "受理之后几日内作出处理决定。", COMPLAINTS),
    _days(
        "issue_workdays",
        "司法鉴定证件颁发期限（工作日）",
        5,
        (1, 10),
        "准予登记之后，几个工作日内颁发许可证、执业证；行政许可法第四十四条规定不超过十日。",
        "参照《广东省司法鉴定管理条例》",
    ),
    _days(
        "publication_workdays",
        "司法鉴定名册公告期限（工作日）",
        10,
        (1, 30),
        "发证之后，几个工作日内编入名册并公告。",
        "本单位工作要求",
    ),
    _days(
        "archive_days",
        "司法鉴定归档期限（日）",
        90,
        (7, 180),
        "出具意见书或者终止鉴定之后，几日内归档。",
        "本单位工作要求",
    ),
    _days(
        "self_check_days",
        "诚信等级自查自评期限（日）",
        30,
        (5, 60),
        "下达评估之后，机构几日内完成自查自评。",
        "本单位工作要求",
    ),
    _days(
        "publicity_workdays",
        "诚信等级公示期限（工作日）",
        5,
        (5, 15),
        "综合评估之后公示几个工作日。",
        "《司法鉴定机构诚信等级评估办法（试行）》，未核对原文",
    ),
    _days(
        "draw_lead_days",
        "双随机抽取与检查的间隔（日）",
        3,
        (0, 15),
        "抽取之后至少间隔几日才检查。",
        "参照广元市司法局2020年抽查工作计划",
    ),
    _days(
        "result_publish_days",
        "双随机结果公示期限（日）",
        5,
        (1, 20),
        "检查之后几日内公示结果。",
        "参照广元市司法局2020年抽查工作计划",
    ),
    _days(
        "proficiency_rectify_days",
        "能力验证不通过整改期限（日）",
        30,
        (10, 90),
        "结果不通过之后，几日内完成整改。",
        "本单位工作要求",
    ),
)
