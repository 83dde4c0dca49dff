"""Matters for tests: valid entries with keyword overrides, and the people who act."""

from typing import Any

from saas import clock
from saas.cases import services
from saas.cases.models import Case, Step
from saas.files import services as files
from saas.identity.actor import citizen
from tests.mediation import factory as people
from tests.portal.applying import PNG, id_number

actor, body = people.actor, people.body

MATTER, BACKLOG = "notary.matter", "notary.backlog"
OFFICE, OTHER = "北京市方圆公证处", "北京市志诚公证处"
NOTARY, APPROVER, HEAD, CLERK, BUREAU = "gzwangfang", "gzzhaoli", "gzsunqiang", "gzzhoumin", "gztaoran"
ACCEPTED = {
    **dict.fromkeys(("interested", "undisputed", "in_scope", "in_area"), True),
    "category": "domestic_civil",
    "term": "usual",
    "simple": False,
    "originals": "居民身份证原件1份",
    "remark": None,
}
GREEN = ACCEPTED | {"green": "aged", "green_basis": "年满八十周岁", "green_clerk": "周敏"}
POINTS = dict.fromkeys(("true_lawful", "proven", "procedure", "format_right", "fee_right", "discussed"), True)
APPROVED = POINTS | {"opinion": "同意出证。"}
DRAFT = {"basis": "当事人意思表示真实，材料充分。", "major": False, "wording": "兹证明申请人在前面的《委托书》上签名。"}


def application(**changed: object) -> dict[str, Any]:
    """The plain values of an application."""
    return {
        "on_behalf": "self",
        "applicant_kind": "natural",
        "applicant_name": "赵小燕",
        "applicant_id_number": id_number(),
        "applicant_phone": "13900001234",
        "applicant_address": "大兴区兴丰街道一号院",
        "kind": "03",
        "matter": "委托女儿出售房屋",
        "area": "110115001",
        "jurisdiction": "residence",
        "real_estate": True,
        "source": "counter",
        "purpose": "办理房屋过户",
        "use_place": "domestic",
        "copies": 2,
        "pickup": "counter",
        "paper_name": "委托书",
        "materials": "居民身份证1份\n不动产权证书1份",
        "witness": None,
        "co_applicants": None,
        "identity_files": None,
        "evidence_files": None,
        "truthful": True,
    } | changed


def talk() -> dict[str, Any]:
    """What was told and asked before a matter is examined."""
    return {
        "informed": True,
        "notice_text": "已告知委托的法律意义和可能产生的法律后果。",
        "held_at": clock.now().isoformat(),
        "place": "公证处接待室",
        "recorder": "周敏",
        "content": "问：您申请办理什么公证？\n答：我申请办理委托公证。",
        "fee_due": 20_000,
        "fee_paid": 20_000,
        "fee_receipt": None,
    }


def act(case: Case, action: str, values: dict[str, Any], username: str) -> Step:
    """Take a step as somebody of the starter."""
    return services.act(case, action, values, by=actor(username))


def applied(unit: str = OFFICE, **changed: object) -> Case:
    """A matter as an applicant brings it."""
    return services.open_case(MATTER, "apply", application(**changed), by=citizen("赵小燕"), unit=body(unit))


def examining(**changed: object) -> Case:
    """A matter in the hands of a notary; what is changed is of the acceptance."""
    case = applied()
    act(case, "accept", ACCEPTED | changed, NOTARY)
    act(case, "inform", talk(), NOTARY)
    return case


def drafted(**changed: object) -> Case:
    """A matter that waits for its approval."""
    case = examining(**changed)
    act(case, "draft", DRAFT, NOTARY)
    return case


def issued(**changed: object) -> Case:
    """A matter with a certificate."""
    case = drafted(**changed)
    act(case, "approve", APPROVED, APPROVER)
    act(case, "issue", {"proofread": True, "copies": 2}, NOTARY)
    return case


def served(**changed: object) -> Case:
    """A matter whose certificate was handed over today."""
    case = issued(**changed)
    handed = {
        "served_way": "counter",
        "served_on": str(clock.today()),
        "served_to": "赵小燕",
        "served_relation": None,
        "served_copies": 2,
        "returned": None,
    }
    act(case, "serve", handed, CLERK)
    return case


def reviewed(**changed: object) -> dict[str, Any]:
    """The plain values of a request to look at a certificate again."""
    return {
        "reviewer_kind": "party",
        "reviewer_name": "赵小燕",
        "review_received_on": str(clock.today()),
        "review_ground": "公证书所列房屋的门牌号与不动产权证书不一致。",
        "review_wish": "correct",
    } | changed


def correcting() -> Case:
    """A matter whose certificate is to be put right."""
    case = served()
    act(case, "apply_review", reviewed(), CLERK)
    decided = {
        "correction_kind": "correct",
        "correction_text": "门牌号更正为602室。",
        "reviewed_by": "孙强",
        "found_text": "经核对不动产登记簿，门牌号有笔误。",
    }
    act(case, "decide_correct", decided, HEAD)
    return case


def add_file(case: Case, category: str) -> None:
    """Put a paper into the file."""
    files.add(case, category, f"{category}.png", PNG, by=actor(CLERK))
