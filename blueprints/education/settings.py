"""The limits of legal education that a city sets: no law fixes one in days."""

from saas.settings.declaration import Setting

NOT_READ = "本单位工作要求，法律没有规定"


def _days(name: str, title: str, default: int, help_: str, most: int, source: str = NOT_READ) -> Setting:
    return Setting(
        f"education.{name}", title, "integer", default, help_, source, verified=False, minimum=1, maximum=most
    )


SETTINGS = (
    _days("filling_workdays", "普法清单填报期限（工作日）", 10, "下发编制通知之后，几个工作日内填报清单。", 30),
    _days("review_workdays", "普法审核期限（工作日）", 5, "收到清单、清单调整或者活动成果之后，几个工作日内审核。", 20),
    _days("publish_workdays", "普法清单公布期限（工作日）", 10, "清单审核通过之后，几个工作日内审定公布。", 30),
    _days("evaluation_days", "履职评议期限（日）", 60, "收到年度履职报告之后，几日内评议。", 120),
    _days("rectification_days", "评议整改期限（日）", 30, "通报要求整改之后，几日内整改完毕。", 180),
    _days("approval_workdays", "普法活动审批期限（工作日）", 3, "收到活动计划之后，几个工作日内审批。", 10),
    _days("record_workdays", "普法活动成果登记期限（工作日）", 5, "活动举办之后，几个工作日内登记成果。", 20),
    _days("screen_workdays", "示范创建初审期限（工作日）", 10, "收到申报或者补正之后，几个工作日内初审。", 30),
    _days("recheck_months", "示范创建复核周期（月）", 24, "命名或者上次复核之后，几个月内复核。", 60),
)
