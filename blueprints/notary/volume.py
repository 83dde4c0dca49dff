"""What stands where in the files of notarial work, and the kinds of attachments."""

from saas.domain import FileCategory, VolumeForms, VolumeItem

MATTER, BACKLOG = ("notary.matter",), ("notary.backlog",)

# The order is custom of the offices (from memory); what is internal is kept apart in a 副卷.
VOLUME = (
    VolumeItem("公证书", forms=("notary.certificate",), categories=("signed",), processes=MATTER),
    VolumeItem("公证申请表", forms=("notary.application",), required=True, processes=MATTER),
    VolumeItem("受理通知单、不予受理通知", forms=("notary.acceptance", "notary.not_accepted"), processes=MATTER),
    VolumeItem("申请人身份证明", categories=("identity",), required=True, processes=MATTER),
    VolumeItem("授权委托书", categories=("authorisation",), processes=MATTER),
    VolumeItem("公证告知书", forms=("notary.notice",), processes=MATTER),
    VolumeItem("询问笔录", forms=("notary.interview",), processes=MATTER),
    VolumeItem("申请公证的文书", categories=("paper",), processes=MATTER),
    VolumeItem("证明材料", categories=("evidence",), processes=MATTER),
    VolumeItem("材料收据、补充材料通知", forms=("notary.receipt", "notary.supplement"), processes=MATTER),
    VolumeItem("核实材料", forms=("notary.entrust", "notary.verification"), categories=("checked",), processes=MATTER),
    VolumeItem(
        "上门办证材料", forms=("notary.visit_approval", "notary.visit"), categories=("visit",), processes=MATTER
    ),
    VolumeItem("公证审批表", forms=("notary.approval",), part="sub", processes=MATTER),
    VolumeItem(
        "收费减免审批表和收费凭证", forms=("notary.reduction",), categories=("fee",), part="sub", processes=MATTER
    ),
    VolumeItem("送达回执", forms=("notary.delivery",), categories=("receipt",), processes=MATTER),
    VolumeItem("不予办理、终止公证决定书", forms=("notary.refusal", "notary.termination"), processes=MATTER),
    VolumeItem(
        "复查材料",
        forms=(
            *("notary.review_application", "notary.review_decision", "notary.correction"),
            *("notary.revocation", "notary.announcement"),
        ),
        categories=("review",),
        processes=MATTER,
    ),
    VolumeItem("积压认定和协助申请", categories=("request",), required=True, processes=BACKLOG),
    VolumeItem("工作方案和批复", categories=("plan",), processes=BACKLOG),
    VolumeItem("移交清单", categories=("handover",), processes=BACKLOG),
    VolumeItem("工作总结和核销材料", categories=("summary",), processes=BACKLOG),
    VolumeItem("其他材料", categories=("other",)),
)
FORMS = VolumeForms("notary.cover", "notary.catalogue", "notary.statement", "notary.back_cover")
CATEGORIES = (
    FileCategory("identity", "申请人身份证明"),
    FileCategory("authorisation", "授权委托书"),
    FileCategory("paper", "申请公证的文书"),
    FileCategory("evidence", "证明材料", evidence=True),
    FileCategory("checked", "核实取得的材料", evidence=True),
    FileCategory("visit", "上门办证录音录像和照片", evidence=True),
    FileCategory("fee", "收费凭证"),
    FileCategory("signed", "公证书签字存档本"),
    FileCategory("receipt", "送达凭证"),
    FileCategory("review", "复查材料"),
    FileCategory("request", "积压认定和协助申请"),
    FileCategory("plan", "协助工作方案和批复"),
    FileCategory("handover", "移交清单"),
    FileCategory("summary", "工作总结和核销材料"),
    FileCategory("other", "其他材料"),
)
