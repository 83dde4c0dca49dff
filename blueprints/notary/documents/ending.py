"""Decisions with which a matter ends without a certificate."""

from blueprints.notary import lists
from blueprints.notary.documents.parts import LAW, MatterSchema, about, declare, titled
from saas.documents.form import Snapshot, Values, text, texts
from saas.documents.wording import day, lines
from saas.text import chinese_number


class RefusalSchema(MatterSchema):
    """不予办理公证决定书."""

    accepted_on = text("受理日期", most=20)
    item = text("公证法第三十一条的项", most=8)
    ground = text("不予办理的情形", needed=True)
    refusal_text = texts("事实和理由", needed=True, empty=5)


class TerminationSchema(MatterSchema):
    """终止公证决定书."""

    accepted_on = text("受理日期", most=20)
    ground = text("终止的情形", needed=True)
    end_text = texts("事实和理由", needed=True, empty=4)


def refusal(snapshot: Snapshot) -> Values:
    """Which of the nine grounds of the law it is, and the facts."""
    code = snapshot.stored("refusal_ground")
    return about(snapshot) | {
        "accepted_on": day(snapshot.taken("accept", "accept_green").get("on")),
        "item": chinese_number(int(code)) if code else "",
        "ground": titled(lists.REFUSALS, code),
        "refusal_text": lines(snapshot.stored("refusal_text")),
    }


def termination(snapshot: Snapshot) -> Values:
    """Why the matter is not gone on with."""
    return about(snapshot) | {
        "accepted_on": day(snapshot.taken("accept", "accept_green").get("on")),
        "ground": titled(lists.TERMINATIONS, snapshot.stored("end_reason")),
        "end_text": lines(snapshot.stored("end_text")),
    }


FORMS = (
    declare(
        "refusal",
        "不予办理公证决定书",
        RefusalSchema,
        refusal,
        word="公不办字",
        source=f"{LAW}第三十一条，版式为通行做法",
        words={"remedy": ("救济途径", "对本决定有异议的，可以向本公证机构或者其主管的司法行政机关反映。")},
    ),
    declare(
        "termination",
        "终止公证决定书",
        TerminationSchema,
        termination,
        word="公终字",
        words={"closing": ("结束的话", "情形消失后，可以重新申请公证。")},
    ),
)
