"""Forms of the re-examination of a certificate, and of what follows from it."""

from blueprints.notary.documents.parts import LAW, MatterSchema, about, declare
from saas.documents.form import Snapshot, Values, code, text, texts
from saas.documents.wording import day, lines

DECISIONS = {"uphold": "uphold", "decide_correct": "correct", "decide_revoke": "revoke"}
REVIEW = f"{LAW}第三十九条，版式为通行做法"


class ReviewApplicationSchema(MatterSchema):
    """复查申请书."""

    issued_on = text("制作日期", most=20, printed=False)
    certificate_number = text("公证书编号", most=80, needed=True)
    reviewer = text("复查申请人", most=60, needed=True)
    standing = code("与公证书的关系", "party", "other")
    known_on = text("知道该公证书的日期", most=20)
    ground = texts("理由", needed=True, empty=5)
    wish = code("请求", "revoke", "correct", "supplement")
    received_on = text("收到日期", most=20)


class ReviewDecisionSchema(MatterSchema):
    """复查处理决定书."""

    certificate_number = text("公证书编号", most=80, needed=True)
    reviewer = text("复查申请人", most=60, needed=True)
    received_on = text("收到日期", most=20)
    ground = texts("申请的理由", needed=True, empty=3)
    found_text = texts("查明的事实和理由", needed=True, empty=4)
    decision = code("决定", "uphold", "correct", "supplement", "revoke")
    reviewed_by = text("复查人", most=60)


class CorrectionSchema(MatterSchema):
    """公证书更正、补正通知."""

    certificate_number = text("公证书编号", most=80, needed=True)
    kind = code("处理", "correct", "supplement")
    correction_text = texts("更正或者补正的内容", needed=True, empty=3)
    phone = text("联系电话", most=40)


class RevocationSchema(MatterSchema):
    """撤销公证书决定."""

    certificate_number = text("公证书编号", most=80, needed=True)
    ground = code("撤销的理由", "unlawful", "untrue")
    found_text = texts("事实", empty=4)
    recalled = text("公证书收回的情况", most=200)


class AnnouncementSchema(MatterSchema):
    """撤销公证书公告."""

    certificate_number = text("公证书编号", most=80, needed=True)
    certified_on = text("出具日期", most=20)
    announced_on = text("公告日期", most=20)
    announced_at = text("公告的地点", most=150)


def review_application(snapshot: Snapshot) -> Values:
    """What somebody finds wrong with a certificate."""
    return _reviewed(snapshot) | {
        "standing": snapshot.stored("reviewer_kind"),
        "known_on": day(snapshot.stored("known_on")),
        "wish": snapshot.stored("review_wish"),
    }


def review_decision(snapshot: Snapshot) -> Values:
    """What the office decides on it."""
    taken = snapshot.taken(*DECISIONS)
    decided = DECISIONS.get(str(taken.get("action") or ""), "")
    kind = snapshot.stored("correction_kind")
    return _reviewed(snapshot) | {
        "found_text": lines(snapshot.stored("found_text")),
        "decision": kind if decided == "correct" and kind else decided,
        "reviewed_by": (taken.get("input") or {}).get("reviewed_by") or "",
    }


def correction(snapshot: Snapshot) -> Values:
    """That the certificate is to be handed back and put right, or that another is added to it."""
    return about(snapshot) | {
        "certificate_number": snapshot.number_of("notary.certificate"),
        "kind": snapshot.stored("correction_kind"),
        "correction_text": lines(snapshot.stored("correction_text")),
        "phone": snapshot.unit.get("phone") or "",
    }


def revocation(snapshot: Snapshot) -> Values:
    """That the certificate is revoked and was void from the beginning."""
    return about(snapshot) | {
        "certificate_number": snapshot.number_of("notary.certificate"),
        "ground": snapshot.stored("revoke_ground"),
        "found_text": lines(snapshot.stored("found_text")),
        "recalled": snapshot.stored("recalled"),
    }


def announcement(snapshot: Snapshot) -> Values:
    """The same for everybody to read."""
    return about(snapshot) | {
        "certificate_number": snapshot.number_of("notary.certificate"),
        "certified_on": day(snapshot.taken("approve").get("on")),
        "announced_on": day(snapshot.stored("announced_on")),
        "announced_at": snapshot.stored("announced_at"),
    }


def _received_on(snapshot: Snapshot) -> str:
    """The day a clerk wrote down; what an applicant sends in is received at once."""
    named = snapshot.entered("apply_review").get("review_received_on")
    return str(named or snapshot.taken("apply_review").get("on") or "")


def _reviewed(snapshot: Snapshot) -> Values:
    return about(snapshot) | {
        "certificate_number": snapshot.number_of("notary.certificate"),
        "reviewer": snapshot.stored("reviewer_name"),
        "received_on": day(_received_on(snapshot)),
        "ground": lines(snapshot.stored("review_ground")),
    }


FORMS = (
    declare(
        "review_application",
        "公证书复查申请书",
        ReviewApplicationSchema,
        review_application,
        word="公复申字",
        source=REVIEW,
    ),
    declare("review_decision", "复查处理决定书", ReviewDecisionSchema, review_decision, word="公复字", source=REVIEW),
    declare("correction", "公证书更正、补正通知", CorrectionSchema, correction, word="公正字", source=REVIEW),
    declare("revocation", "撤销公证书决定", RevocationSchema, revocation, word="公撤字", source=REVIEW),
    declare("announcement", "撤销公证书公告", AnnouncementSchema, announcement, word="公撤告字", source=REVIEW),
)
