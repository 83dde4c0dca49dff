"""Limits that a city or an office sets: promises, and periods of articles that were not read."""

from saas.settings.declaration import Setting

RULES = "《公证程序规则》第{}条，未核对原文"
PROMISE = "公证机构的服务承诺"


def _setting(name: str, title: str, default: int, about: tuple[str, str], bounds: tuple[int, int]) -> Setting:
    """A whole number with what it is for, where it comes from, and its bounds."""
    help_, source = about
    low, high = bounds
    return Setting(
        f"notary.{name}", title, "integer", default, help_, source, verified=False, minimum=low, maximum=high
    )


SETTINGS = (
    _setting("simple_workdays", "简单事项承诺（工作日）", 3, ("受理以后几个工作日内出证。", PROMISE), (1, 5)),
    _setting("urgent_workdays", "急件承诺（工作日）", 1, ("奔丧、签证等急件几个工作日内出证。", PROMISE), (1, 3)),
    _setting("same_day_workdays", "当天办承诺（工作日）", 0, ("填 0 表示受理当天出证。", PROMISE), (0, 1)),
    _setting("green_workdays", "绿色通道承诺（工作日）", 5, ("按绿色通道受理以后几个工作日内出证。", PROMISE), (0, 15)),
    _setting("visit_workdays", "上门服务响应（工作日）", 3, ("申请上门办证以后几个工作日内答复。", PROMISE), (1, 10)),
    _setting(
        "inactivity_months", "当事人原因不能办结（月）", 6, ("超过几个月可以终止。", RULES.format("五十")), (6, 12)
    ),
    _setting(
        "archive_months",
        "归档期限（月）",
        3,
        ("出证、不予办理或者终止以后几个月内归档。", RULES.format("五十八")),
        (1, 3),
    ),
    _setting(
        "review_months", "申请复查的期限（月）", 12, ("收到公证书以后几个月内。", RULES.format("六十一")), (12, 36)
    ),
    _setting(
        "review_limit_months",
        "申请复查的最长期限（月）",
        240,
        ("自出具公证书起算。", RULES.format("六十一")),
        (240, 360),
    ),
    _setting(
        "review_days", "复查处理期限（日）", 30, ("收到复查申请以后几日内作出决定。", RULES.format("六十三")), (10, 30)
    ),
    _setting(
        "review_longest_months", "复查最长期限（月）", 6, ("包括补充材料和核实的时间。", RULES.format("六十三")), (3, 6)
    ),
    _setting(
        "execution_days",
        "撤销、更正、补正的期限（日）",
        10,
        ("作出决定以后几日内完成。", RULES.format("六十四")),
        (5, 10),
    ),
    _setting(
        "help_workdays",
        "积压协助的审批（工作日）",
        5,
        ("收到协助申请以后几个工作日内答复。", "本市公证工作要求"),
        (1, 20),
    ),
)
