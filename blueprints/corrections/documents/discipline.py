"""Forms of rewards and penalties, and of what is suggested to others."""

from blueprints.corrections.documents.parts import From, Sheet
from blueprints.corrections.documents.sample import SERVING
from saas.documents.form import text, texts

SHEET = Sheet(SERVING)
TOLD = "社区矫正法实施办法第三十四条至第三十六条（据司法行政机关公开答复），版式未核对"
DECIDED = {"decided_facts": texts("认定的事实", needed=True), "heard": texts("陈述和申辩", empty=2)}
EVIDENCE = {"evidence_list": texts("随附证据", needed=True)}


def _decision(action: str) -> From:
    return From((action,), paragraphs=("decided_facts", "heard"))


FORMS = (
    SHEET.form(
        "praise",
        "社区矫正表扬决定书",
        "矫表字",
        {"decided_facts": DECIDED["decided_facts"], "declared_on": text("接受社区矫正日期", most=20)},
        From(("praise",), paragraphs=("decided_facts",)),
        From(("declare",), on="declared_on"),
    ),
    SHEET.form("admonition", "社区矫正训诫决定书", "矫训字", DECIDED, _decision("admonish"), source=TOLD),
    SHEET.form(
        "warning",
        "社区矫正警告决定书",
        "矫警字",
        {**DECIDED, "admonished": text("此前受到训诫", most=80)},
        _decision("warn"),
        extra=lambda shot: {"admonished": shot.number_of("corrections.admonition")},
        source=TOLD,
    ),
    SHEET.form(
        "security_proposal",
        "治安管理处罚建议书",
        "矫治建字",
        {
            "suggested_to": text("公安机关", most=80, needed=True),
            "decided_facts": texts("事实", needed=True),
            **EVIDENCE,
        },
        From(("suggest_security",), texts=("suggested_to",), paragraphs=("decided_facts", "evidence_list")),
        source=TOLD,
    ),
)
