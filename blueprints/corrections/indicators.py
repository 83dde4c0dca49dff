"""The basic figures of corrections and placement, counted by the day of the step that makes them."""

from saas.indicators.declaration import Indicator

SERVING, SURVEY, HELP = "corrections.supervision", "corrections.investigation", "corrections.placement"
SOURCE = "社区矫正统计口径（指标名称见社区矫正法，公式为本系统建议）"
HELPED = "安置帮教统计口径（指标名称为通行说法，公式为本系统建议）"
ARRIVING = ("receive", "receive_late", "absent")
IN_HAND = ("received", "registered", "serving")


def _counted(code: str, title: str, process: str, *event: str, unit: str = "人", source: str = SOURCE) -> Indicator:
    return Indicator(f"corrections.{code}", title, process, event=event, unit=unit, source=source)


def _share(code: str, title: str, process: str, of: str, all_: str, source: str) -> Indicator:
    return Indicator(
        f"corrections.{code}",
        title,
        process,
        measure="ratio",
        numerator=f"corrections.{of}",
        denominator=f"corrections.{all_}",
        unit="%",
        source=source,
    )


INDICATORS = (
    _counted("received", "接收", SERVING, *ARRIVING),
    Indicator("corrections.in_hand", "接收后在册", SERVING, event=ARRIVING, states=IN_HAND, unit="人", source=SOURCE),
    _counted("released", "解除", SERVING, "release", "pardon"),
    _counted("ended", "终止", SERVING, "die", "take_in", "resentence"),
    _counted("moved", "转出", SERVING, "move_out"),
    _counted("late", "逾期报到", SERVING, "receive_late"),
    _counted("unreported", "未报到组织查找（漏管）", SERVING, "search"),
    _counted("missing", "失去联系组织查找（脱管）", SERVING, "lose"),
    _counted("praised", "表扬", SERVING, "praise"),
    _counted("admonished", "训诫", SERVING, "admonish"),
    _counted("warned", "警告", SERVING, "warn"),
    _counted("security", "提请治安管理处罚", SERVING, "suggest_security"),
    _counted("proposed", "提请撤销、收监", SERVING, "submit_revocation"),
    _counted("revoked", "撤销、收监", SERVING, "revoked"),
    _counted("arrests", "提请逮捕", SERVING, "request_arrest"),
    _counted("commuted", "减刑", SERVING, "commuted"),
    _counted("leaves", "批准外出", SERVING, "grant_office", "grant_leave", "grant_upper"),
    _counted("moves_granted", "批准执行地变更", SERVING, "grant_move"),
    _counted("monitored", "使用电子定位", SERVING, "grant_monitoring"),
    _counted("reoffended", "矫正期间再犯罪", SERVING, "resentence"),
    _share("reoffence_rate", "再犯罪率", SERVING, "reoffended", "received", "再犯罪人数除以接收人数，本系统建议"),
    _counted("surveys", "调查评估委托", SURVEY, "commission", unit="件"),
    _counted("surveys_done", "调查评估办结", SURVEY, "deliver", unit="件"),
    _counted("surveys_returned", "调查评估退回", SURVEY, "give_back", unit="件"),
    _counted("expected", "应衔接", HELP, "verify", source=HELPED),
    _counted("met", "已衔接", HELP, "meet", source=HELPED),
    _counted("unmet", "未衔接", HELP, "miss", source=HELPED),
    _counted("helped", "帮教", HELP, "file", source=HELPED),
    _counted("settled", "安置", HELP, "settle", source=HELPED),
    _counted("supported", "救助", HELP, "support", source=HELPED),
    _counted("help_ended", "解除帮教", HELP, "free", source=HELPED),
    _counted("help_reoffended", "帮教期间重新犯罪", HELP, "reoffend", source=HELPED),
    _share("met_rate", "衔接率", HELP, "met", "expected", "已衔接除以应衔接"),
    _share("settled_rate", "安置率", HELP, "settled", "helped", "安置人数除以帮教人数"),
    _share("help_reoffence_rate", "重新犯罪率", HELP, "help_reoffended", "helped", "重新犯罪人数除以帮教人数"),
)
