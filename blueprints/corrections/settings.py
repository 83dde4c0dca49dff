"""What a city may set in this line: limits whose text was not read in an official source, and the duties of a class."""

from typing import Any

from saas.settings.declaration import Setting

MEASURES = "社区矫正法实施办法（2020），未核对原文"
PROVINCE = "各省社区矫正对象分类管理规定，未核对"


def _number(
    name: str, title: str, default: int, bounds: tuple[int, int], help_: str, source: str = MEASURES
) -> Setting:
    least, most = bounds
    return Setting(
        f"corrections.{name}", title, "integer", default, help_, source, verified=False, minimum=least, maximum=most
    )


def _duties(name: str, title: str, default: str, **more: Any) -> Setting:  # noqa: ANN401 - as the declaration has it
    return Setting(
        f"corrections.{name}_duties",
        f"{title}每月要求",
        "text",
        default,
        "每月报告、个别教育的次数和教育学习、公益活动的小时数，依次写成 reports=4,talks=4,study=12,service=12。",
        PROVINCE,
        verified=False,
        pattern=r"reports=\d{1,2},talks=\d{1,2},study=\d{1,2},service=\d{1,2}",
        **more,
    )


SETTINGS = (
    _number("receipt_days", "送达回执期限（日）", 5, (1, 5), "收到法律文书之后，几日内送达回执。"),
    _number(
        "investigation_workdays",
        "调查评估期限（工作日）",
        10,
        (5, 10),
        "收到委托函及材料之后，几个工作日内提出评估意见。",
    ),
    _number(
        "investigation_fast_workdays",
        "速裁案件调查评估期限（工作日）",
        5,
        (3, 5),
        "适用速裁程序的案件，几个工作日内提出评估意见。",
    ),
    _number("leave_ahead_days", "外出提前申请日数", 3, (1, 10), "外出应当提前几日申请；紧急情况除外。"),
    _number("leave_office_days", "司法所批准外出的最长日数", 7, (1, 7), "超过的由县级社区矫正机构批准。"),
    _number("leave_county_days", "县级批准外出的最长日数", 30, (7, 30), "单次或者两个月内累计超过的，报上一级批准。"),
    _number("travel_months", "经常性跨市县活动批准有效期（月）", 6, (1, 6), "期满需要继续的，重新申请。"),
    _number("move_reply_days", "新执行地回复期限（日）", 5, (1, 10), "收到征求意见函之后几日内回复。"),
    _number("move_file_days", "变更执行地移交档案期限（日）", 5, (1, 10), "决定变更之后几日内移交档案。"),
    _number("move_report_days", "变更执行地报到期限（日）", 7, (1, 10), "决定变更之后几日内到新执行地报到。"),
    _number("medical_months", "病情复查间隔（月）", 3, (1, 6), "保外就医的，每隔几个月提交病情复查情况。"),
    _number("restraint_days", "限制人身自由通知期限（日）", 3, (1, 7), "有关机关几日内通知社区矫正机构。"),
    _number("summary_days", "期满前提交个人总结的日数", 30, (15, 60), "矫正期满几日以前提交个人总结。"),
    _number("praise_months", "给予表扬须满的月数", 6, (3, 12), "接受社区矫正满几个月，才可以给予表扬。"),
    _number("strict_months", "入矫后实行严管的月数", 2, (1, 6), "入矫不满几个月的实行严管。", PROVINCE),
    _number("loose_months", "可以实行宽管的月数", 6, (3, 24), "入矫满几个月、表现良好的，可以实行宽管。", PROVINCE),
    _duties("strict", "严管", "reports=4,talks=4,study=12,service=12"),
    _duties("ordinary", "普管", "reports=2,talks=2,study=8,service=8"),
    _duties("loose", "宽管", "reports=1,talks=1,study=4,service=4"),
    _number("verify_days", "安置帮教核查期限（日）", 10, (3, 30), "收到通知之后几日内核查完毕。", "本单位工作要求"),
    _number(
        "told_days",
        "收押后告知居住地期限（日）",
        30,
        (15, 60),
        "监所收押之后几日内告知居住地安置帮教机构。",
        "上海市安置帮教工作规定第六条；其他地方参照",
    ),
    _number(
        "help_months",
        "帮教期限（月）",
        60,
        (12, 60),
        "释放或者解除矫正之后帮教几个月；各地规定三年或者五年，全国没有查到统一规定。",
        "福建分类帮教办法为五年，安徽为三年；本市请按本省规定设置",
    ),
    _number("help_group_days", "成立帮教小组期限（日）", 10, (3, 30), "建档之后几日内成立帮教小组。", "本单位工作要求"),
)
