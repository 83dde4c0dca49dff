"""Why people apply, by matter: class, stage, what happened, the organ, kind of subsidy."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """A matter; ``{a}`` is who applies, ``{b}`` the other side."""

    kind: str
    matter_class: str
    stage: str
    facts: str
    organ: str
    subsidy: str
    rate: int
    """Of the subsidy, in yuan."""


STORIES = (
    Story(
        "05",
        "civil",
        "arbitration",
        "{a}在{b}承包的工地做木工，完工后被拖欠四个月工资，多次讨要没有结果。",
        "劳动人事争议仲裁委员会",
        "arbitration",
        1500,
    ),
    Story(
        "07",
        "civil",
        "arbitration",
        "{a}在{b}的车间操作机床时右手受伤，单位没有缴纳工伤保险，拒绝支付待遇。",
        "劳动人事争议仲裁委员会",
        "arbitration",
        1500,
    ),
    Story(
        "04",
        "civil",
        "first",
        "{a}年过七旬，没有收入，子女{b}三年来没有给付赡养费，双方协商不成。",
        "人民法院",
        "civil_trial",
        2000,
    ),
    Story(
        "08",
        "civil",
        "first",
        "{a}骑电动自行车时被{b}驾驶的小型客车撞伤，交管部门认定对方负主要责任，赔偿协商不成。",
        "人民法院",
        "civil_trial",
        2000,
    ),
)
GREEN = ("05", "07")
