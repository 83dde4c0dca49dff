"""Forms of what is put before a court or another body, of the device, and of a search."""

from blueprints.corrections.documents.parts import Fields, From, Sheet
from blueprints.corrections.documents.requests import due
from blueprints.corrections.documents.sample import SERVING
from saas.documents.form import Form, Snapshot, text, texts

SHEET = Sheet(SERVING)
CONTENT = "公开的社区矫正系统中建议书的内容，依据条文已核对，版式未核对"
TO: Fields = {"submitted_to": text("送往机关", most=80, needed=True)}
FACTS: Fields = {"facts": texts("事实", needed=True), "evidence_list": texts("附证据", needed=True)}
PROPOSED: Fields = {
    **TO,
    "judged_by": text("原判人民法院", most=80),
    "judged_on": text("判决日期", most=20),
    "ground": text("情形", most=60, needed=True),
    **FACTS,
}
VARIANTS = {"revoke_probation": "revoke_probation", "revoke_parole": "revoke_parole", "imprison": "imprisonment"}


def variant(code: str, shot: Snapshot) -> str:
    """Which proposal is made: to revoke probation, to revoke parole, to imprison."""
    if code != "corrections.revoke_probation":
        return code
    return f"corrections.{VARIANTS.get(shot.stored('proposal'), 'revoke_probation')}"


def _proposal(name: str, title: str, word: str) -> Form:
    return SHEET.form(
        name,
        title,
        word,
        PROPOSED,
        From(texts=("judged_by",), days=("judged_on",)),
        From(
            ("submit_revocation",),
            texts=("submitted_to",),
            words=("ground",),
            paragraphs=("facts", "evidence_list"),
        ),
        source=CONTENT,
    )


FORMS = (
    _proposal("revoke_probation", "撤销缓刑建议书", "矫撤缓字"),
    _proposal("revoke_parole", "撤销假释建议书", "矫撤假字"),
    _proposal("imprisonment", "收监执行建议书", "矫收字"),
    SHEET.form(
        "arrest_request",
        "提请逮捕书",
        "矫捕字",
        {
            **TO,
            "arrest_ground": text("可能实施的危险", most=60, needed=True),
            "facts": texts("事实和理由", needed=True),
            "proposal_number": text("建议书文号", most=80),
        },
        From(("submit_revocation",), texts=("submitted_to",)),
        From(("request_arrest",), words=("arrest_ground",), paragraphs=("facts",)),
        extra=lambda shot: {
            "proposal_number": shot.number_of("corrections.revoke_probation", "corrections.revoke_parole")
        },
    ),
    SHEET.form(
        "commutation",
        "减刑建议书",
        "矫减字",
        {**TO, "suggestion": text("建议减刑的幅度", most=200, needed=True), **FACTS},
        From(("propose_commutation",), texts=("submitted_to", "suggestion"), paragraphs=("facts", "evidence_list")),
    ),
    SHEET.form(
        "monitoring_request",
        "使用电子定位装置审批表",
        "矫定审字",
        {
            "ground": text("情形", most=60, needed=True),
            "facts": texts("事实和必要性", needed=True),
            "months": text("申请期限", most=4, needed=True),
            "applicant": text("提请人", most=60),
        },
        From(("apply_monitoring",), words=("ground",), texts=("months",), paragraphs=("facts",), actor="applicant"),
        layout="table",
    ),
    SHEET.form(
        "monitoring_notice",
        "使用电子定位装置告知书",
        "矫定告字",
        {
            "ground": text("情形", most=60, needed=True),
            "granted_from": text("开始使用日期", most=20, needed=True),
            "months": text("批准期限", most=4, needed=True),
            "monitored_until": text("最迟解除日期", most=20),
            "approver": text("批准人", most=60),
        },
        From(("apply_monitoring",), words=("ground",)),
        From(("grant_monitoring",), days=("granted_from",), texts=("months",), actor="approver"),
        extra=lambda shot: {"monitored_until": due(shot, "monitoring")},
    ),
    SHEET.form(
        "monitoring_end",
        "解除电子定位装置审批表",
        "矫定解字",
        {
            "granted_from": text("开始使用日期", most=20),
            "end_reason": text("解除原因", most=40, needed=True),
            "ended_on": text("解除日期", most=20, needed=True),
            "opinion": texts("评估意见", needed=True),
            "approver": text("审批人", most=60),
        },
        From(("grant_monitoring",), days=("granted_from",)),
        From(("end_monitoring",), words=("end_reason",), days=("ended_on",), paragraphs=("opinion",), actor="approver"),
        layout="table",
    ),
    SHEET.form(
        "search_notice",
        "查找通知书",
        "矫查字",
        {
            "lost_on": text("失去联系日期", most=20, needed=True),
            "last_seen": text("最后联系的时间、地点", most=200),
            "phone": text("联系电话", most=40),
        },
        From(("search", "lose"), days=("lost_on",), texts=("last_seen",)),
        extra=lambda shot: {"phone": shot.unit.get("phone") or ""},
    ),
    SHEET.form(
        "search_letter",
        "协助查找函",
        "矫协查字",
        {
            "search_helpers": text("协助机关、单位", most=120, needed=True),
            "lost_on": text("失去联系日期", most=20, needed=True),
            "last_seen": text("最后联系的时间、地点", most=200),
            "sought": texts("已采取的措施", needed=True),
            "phone": text("联系电话", most=40),
        },
        From(("search", "lose"), days=("lost_on",), texts=("search_helpers", "last_seen"), paragraphs=("sought",)),
        extra=lambda shot: {"phone": shot.unit.get("phone") or ""},
    ),
)
