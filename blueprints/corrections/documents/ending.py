"""Forms with which it ends, and goes on as help."""

from blueprints.corrections.documents.parts import From, Sheet
from blueprints.corrections.documents.sample import SERVING
from saas.documents.form import code, text, texts

SHEET = Sheet(SERVING)
NAMES = "解除社区矫正文书（名称据公开的社区矫正系统），版式未核对"
ENDED = ("die", "take_in", "resentence")
RELEASED = {"released_on": text("解除日期", most=20, needed=True), "decider": text("社区矫正决定机关", most=80)}

FORMS = (
    SHEET.form(
        "appraisal",
        "社区矫正期满鉴定表",
        "矫鉴字",
        {
            "summary_text": texts("个人总结"),
            "conduct": texts("矫正期间的表现", needed=True),
            "appraisal": texts("司法所鉴定意见", needed=True),
            "advice": texts("安置帮教建议", needed=True),
        },
        From(("summary",), paragraphs=("summary_text",)),
        From(("release",), paragraphs=("conduct", "appraisal", "advice")),
        layout="table",
        source=NAMES,
    ),
    SHEET.form(
        "release_declaration",
        "解除社区矫正宣告书",
        "矫解宣字",
        {**RELEASED, "appraisal": texts("鉴定意见", needed=True), "declared_how": code("宣告方式", "open", "private")},
        From(texts=("decider",), days=("released_on",)),
        From(("release",), texts=("declared_how",), paragraphs=("appraisal",)),
        source=NAMES,
    ),
    SHEET.form(
        "release_certificate",
        "解除社区矫正证明书",
        "矫解证字",
        {**RELEASED, "reason": code("解除原因", "release", "pardon")},
        From(texts=("decider",), days=("released_on",)),
        extra=lambda shot: {"reason": shot.taken("release", "pardon").get("action", "")},
        source=NAMES,
    ),
    SHEET.form(
        "release_notice",
        "解除社区矫正通知书",
        "矫解通字",
        {**RELEASED, "told_to": text("通知的机关", most=200, needed=True)},
        From(texts=("decider",), days=("released_on",)),
        From(("release", "pardon"), texts=("told_to",)),
        source=NAMES,
    ),
    SHEET.form(
        "termination",
        "社区矫正终止通知书",
        "矫终字",
        {
            "ended_on": text("终止日期", most=20, needed=True),
            "cause": code("终止原因", *ENDED),
            "reason": texts("情况", needed=True),
            "told_to": text("通知的机关", most=200, needed=True),
        },
        From(days=("ended_on",)),
        From(ENDED, texts=("told_to",), paragraphs=("reason",)),
        extra=lambda shot: {"cause": shot.taken(*ENDED).get("action", "")},
    ),
    SHEET.form(
        "placement_notice",
        "安置帮教通知书",
        "矫帮通字",
        {
            "help_unit": text("安置帮教工作机构", most=80, needed=True),
            "released_on": text("解除日期", most=20),
            "advice": texts("建议", needed=True),
            "key_person": code("重点帮教对象", "yes"),
        },
        From(texts=("help_unit",), days=("released_on",)),
        From(("hand_over",), paragraphs=("advice",)),
        extra=lambda shot: {"key_person": "yes" if shot.case.get("key_person") else ""},
    ),
)
