"""What stands in a file of legal aid, in which order: after local practice of binding (2010), no national rule."""

from saas.domain import FileCategory, VolumeItem

APPLICATION, DEFENCE = ("legal_aid.application",), ("legal_aid.defence",)
DUTY, CONSULTATION = ("legal_aid.duty",), ("legal_aid.consultation",)
CASES = (*APPLICATION, *DEFENCE)

VOLUME = (
    VolumeItem("咨询登记表", forms=("legal_aid.consultation",), required=True, processes=CONSULTATION),
    VolumeItem("法律帮助申请表", forms=("legal_aid.help_application",), processes=DUTY),
    VolumeItem(
        "提供法律帮助通知书",
        forms=(
            "legal_aid.duty_police",
            "legal_aid.duty_security",
            "legal_aid.duty_procuratorate",
            "legal_aid.duty_court",
        ),
        required=True,
        processes=DUTY,
    ),
    VolumeItem("法律帮助情况登记表", forms=("legal_aid.duty_record",), required=True, processes=DUTY),
    VolumeItem("值班工作台账", forms=("legal_aid.duty_ledger",), required=True, processes=DUTY),
    VolumeItem("审查表", forms=("legal_aid.review",), part="sub", processes=APPLICATION),
    VolumeItem(
        "给予、不予法律援助决定书",
        forms=("legal_aid.grant", "legal_aid.refusal"),
        required=True,
        processes=APPLICATION,
    ),
    VolumeItem("办案机关通知书", categories=("notice",), required=True, processes=DEFENCE),
    VolumeItem("指派通知书", forms=("legal_aid.assignment",), processes=CASES),
    VolumeItem("申请表", forms=("legal_aid.application",), required=True, processes=APPLICATION),
    VolumeItem("身份证明", categories=("identity",), required=True, processes=APPLICATION),
    VolumeItem("经济困难状况说明表和证明", forms=("legal_aid.means",), categories=("means",), processes=APPLICATION),
    VolumeItem("授权委托书", forms=("legal_aid.authorisation",), categories=("authorisation",)),
    VolumeItem("申请材料接收凭证", forms=("legal_aid.receipt",), processes=APPLICATION),
    VolumeItem("补充材料、说明通知书", forms=("legal_aid.supplement",), processes=APPLICATION),
    VolumeItem("协作函和答复", forms=("legal_aid.cooperation",), part="sub", processes=APPLICATION),
    VolumeItem("委托代理、辩护协议", forms=("legal_aid.agreement",), categories=("agreement",), processes=CASES),
    VolumeItem("公函", forms=("legal_aid.letter",), processes=CASES),
    VolumeItem("介绍信", forms=("legal_aid.introduction",), processes=CASES),
    VolumeItem("案件材料和证据", categories=("evidence",)),
    VolumeItem("承办情况通报、报告记录", forms=("legal_aid.progress",), processes=CASES),
    VolumeItem(
        "更换承办人的申请和通知",
        forms=("legal_aid.change_application", "legal_aid.change_notice"),
        processes=CASES,
    ),
    VolumeItem("终止决定书和公函", forms=("legal_aid.termination", "legal_aid.termination_letter"), processes=CASES),
    VolumeItem("异议审查决定书", forms=("legal_aid.objection",), processes=APPLICATION),
    VolumeItem("结案报告表", forms=("legal_aid.closing",), processes=CASES),
    VolumeItem("判决书、调解书等结案文书", categories=("result",), processes=CASES),
    VolumeItem("送达回证", forms=("legal_aid.service_receipt",), processes=CASES),
    VolumeItem("庭审旁听记录", forms=("legal_aid.hearing_visit",), part="sub", processes=CASES),
    VolumeItem("征询意见函", forms=("legal_aid.opinion_request",), part="sub", processes=CASES),
    VolumeItem("回访记录", forms=("legal_aid.revisit",), part="sub", processes=CASES),
    VolumeItem("补贴审批表", forms=("legal_aid.subsidy",), part="sub"),
    VolumeItem("其他材料", categories=("other",)),
)
CATEGORIES = (
    FileCategory("identity", "身份证明"),
    FileCategory("means", "经济状况、免予核查证明"),
    FileCategory("authorisation", "授权委托书"),
    FileCategory("notice", "办案机关通知书"),
    FileCategory("agreement", "签字的委托协议"),
    FileCategory("evidence", "案件材料和证据", evidence=True),
    FileCategory("result", "结案文书"),
    FileCategory("other", "其他材料"),
)
