"""The order of the files of mediation, and the kinds of attachments."""

from dataclasses import replace

from blueprints.mediation.codes import CLUE, DISPUTE, DOCKING, SCREENING
from saas.domain import FileCategory, VolumeItem

# The order of 司发通〔2010〕239号, which knows one volume; what is internal is kept apart in a 副卷 by practice of the
# offices (from memory, no national rule).
DISPUTE_PLACES = (
    VolumeItem("人民调解申请书或者受理登记表", forms=("mediation.application", "mediation.register"), required=True),
    VolumeItem("告知引导书", forms=("mediation.guidance",), part="sub"),
    VolumeItem("人民调解当事人权利义务告知书", forms=("mediation.rights",), required=True),
    VolumeItem("当事人身份证明", categories=("identity",), required=True),
    VolumeItem("授权委托书", categories=("authorisation",)),
    VolumeItem("移送函、委派函", categories=("referral",)),
    VolumeItem("人民调解调查记录", forms=("mediation.investigation",)),
    VolumeItem("人民调解证据材料", categories=("evidence",)),
    VolumeItem("人民调解记录", forms=("mediation.record",), required=True),
    VolumeItem("纠纷激化报告单", forms=("mediation.warning",), part="sub"),
    VolumeItem(
        "人民调解协议书、口头协议登记表或者终止调解通知书",
        forms=("mediation.agreement", "mediation.oral_agreement", "mediation.termination"),
        categories=("agreement",),
        required=True,
    ),
    VolumeItem("履行凭证", categories=("performance",)),
    VolumeItem("人民调解回访记录", forms=("mediation.revisit",)),
    VolumeItem(
        "司法确认有关材料", forms=("mediation.confirmation", "mediation.confirmation_unit"), categories=("court",)
    ),
    VolumeItem("结案报告表和登记簿", forms=("mediation.closing_report", "mediation.logbook"), part="sub"),
    VolumeItem("案卷评查表", forms=("mediation.file_review",), part="sub"),
)
SHARED = {"移送函、委派函": (DISPUTE, DOCKING), "人民调解证据材料": ()}
"""Places of a dispute's file that other files have too."""
VOLUME = (
    *(replace(place, processes=SHARED.get(place.title, (DISPUTE,))) for place in DISPUTE_PLACES),
    VolumeItem("矛盾纠纷排查情况表", forms=("mediation.screening_register",), required=True, processes=(SCREENING,)),
    VolumeItem("矛盾纠纷排查登记表", forms=("mediation.clue_register",), required=True, processes=(CLUE,)),
    VolumeItem("对接移送单", forms=("mediation.docking_slip",), required=True, processes=(DOCKING,)),
    VolumeItem("对接移送结果反馈单", forms=("mediation.docking_answer",), required=True, processes=(DOCKING,)),
    VolumeItem("其他材料", categories=("other",)),
)
CATEGORIES = (
    FileCategory("identity", "当事人身份证明"),
    FileCategory("authorisation", "授权委托书"),
    FileCategory("referral", "移送函、委派函"),
    FileCategory("evidence", "证据材料", evidence=True),
    FileCategory("agreement", "签字盖章的协议书"),
    FileCategory("performance", "履行凭证"),
    FileCategory("court", "司法确认材料"),
    FileCategory("other", "其他材料"),
)
