"""What stands where in the file of a case, and what may be attached to one."""

from saas.domain import FileCategory, VolumeItem

SURVEY, SERVING, HELP = ("corrections.investigation",), ("corrections.supervision",), ("corrections.placement",)


def _item(
    title: str, processes: tuple[str, ...], *forms: str, categories: tuple[str, ...] = (), required: bool = False
) -> VolumeItem:
    codes = tuple(f"corrections.{form}" for form in forms)
    return VolumeItem(title, codes, categories, required=required, processes=processes)


# Papers it rests on, reception, approvals, rewards and penalties, ending, records (社区矫正法实施办法 18, from memory).
VOLUME = (
    VolumeItem("法律文书、来函", categories=("papers",), required=True),
    _item("调查评估委托函", SURVEY, "commission", required=True),
    _item("调查笔录", SURVEY, "survey"),
    _item("调查评估意见书", SURVEY, "opinion", required=True),
    _item("报到通知、送达回执", SERVING, "arrival", "receipt"),
    _item("基本信息表", SERVING, "basic_info", required=True),
    _item("矫正小组责任书", SERVING, "group_duty"),
    _item("入矫宣告书", SERVING, "declaration"),
    _item("矫正方案", SERVING, "plan"),
    _item(
        "监管审批文书",
        SERVING,
        *("leave_approval", "leave_certificate", "place_approval", "meeting_approval", "travel_approval"),
        *("move_approval", "move_notice", "handover_list", "medical_delay"),
    ),
    _item("电子定位文书", SERVING, "monitoring_request", "monitoring_notice", "monitoring_end"),
    _item("查找文书", SERVING, "search_notice", "search_letter"),
    _item("奖惩文书", SERVING, "praise", "admonition", "warning", "security_proposal", "commutation"),
    _item("撤销、收监文书", SERVING, "revoke_probation", "revoke_parole", "imprisonment", "arrest_request"),
    _item(
        "解除、终止文书",
        SERVING,
        *("appraisal", "release_declaration", "release_certificate", "release_notice", "termination"),
    ),
    _item("安置帮教通知书", SERVING, "placement_notice"),
    _item("安置帮教登记表", HELP, "placement_register"),
    _item("帮教小组协议", HELP, "help_agreement"),
    _item("走访、安置和救助记录", HELP, "help_visit", "support"),
    _item("解除、移交文书", HELP, "placement_release", "placement_transfer"),
    VolumeItem("身份证明", categories=("identity",)),
    VolumeItem("证据材料", categories=("evidence",)),
    VolumeItem("病情材料", categories=("medical",), part="sub"),
    VolumeItem("其他材料", categories=("other",)),
)
CATEGORIES = (
    FileCategory("papers", "法律文书、来函"),
    FileCategory("identity", "身份证明"),
    FileCategory("evidence", "证据材料", evidence=True),
    FileCategory("medical", "病情材料"),
    FileCategory("other", "其他材料"),
)
