"""Legal aid for tests: valid entries with keyword overrides, and the steps of a case by who takes them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from saas import clock
from saas.cases import services
from saas.cases.models import Case, Step
from saas.db.session import db
from saas.identity import queries as identity
from saas.identity.actor import Actor, citizen
from saas.identity.sessions import actor_of
from saas.organisation.models import Unit
from saas.text import check_digit

APPLICATION, DEFENCE, DUTY = "legal_aid.application", "legal_aid.defence", "legal_aid.duty"
CENTRE = "大兴区法律援助中心"
CLERK, REVIEWER, DIRECTOR, LAWYER, OTHER, BUREAU = "baijie", "maoning", "qiushi", "qinchuan", "yanfeng", "shimin"
NUMBER = "99010119850505124"


def actor(username: str) -> Actor:
    """Somebody of the starter as actor."""
    user = identity.find_user(username)
    assert user is not None, username
    return actor_of(user)


def body(name: str = CENTRE) -> Unit:
    """A body of the starter."""
    return db.session.scalars(select(Unit).where(Unit.name == name)).one()


def moment() -> str:
    """Now, as a form sends it."""
    return clock.local(clock.now()).isoformat(timespec="minutes")


def application(**changed: object) -> dict[str, Any]:
    """The plain values of a migrant worker's application for wages."""
    return {
        "on_behalf": "self",
        "applicant_name": "冯春分",
        "applicant_id_number": NUMBER + check_digit(NUMBER),
        "categories": ["migrant"],
        "applicant_phone": "13900006789",
        "applicant_address": "兴华路1号院",
        "matter_class": "civil",
        "kind": "05",
        "area": "110115001",
        "aid_form": "representation",
        "stage": "arbitration",
        "respondent_name": "陈立冬",
        "organ_name": "大兴区劳动人事争议仲裁委员会",
        "facts": "在工地做木工，完工后被拖欠四个月工资，多次讨要没有结果。",
        "claim_amount": 4_000_000,
        "means_ground": "exempt",
        "exempt_kind": "migrant",
        "truthful": True,
    } | changed


def household(**changed: object) -> dict[str, Any]:
    """The plain values of an application whose means are looked into."""
    poor = {"household_size": 2, "income_wage": 300_000, "income_business": 0, "income_other": 0}
    asked = application(kind="04", categories=["elderly"], means_ground="economic") | poor
    del asked["exempt_kind"]
    return asked | changed


RECEIVED = {"materials": "身份证复印件 1 份", "guidance_given": True}
EXEMPT = {"means_ground": "exempt", "exempt_kind": "migrant", "exempt_proof": "务工证明"}
VERIFIED = {
    "means_method": "pledge",
    "pledge_signed": True,
    "checked_size": 2,
    "checked_income": 300_000,
    "means_result": "poor",
}
REVIEW = {
    "jurisdiction": "organ",
    "in_scope": "yes",
    "summary": "被拖欠工资，多次讨要没有结果。",
    "proposal": "grant",
    "review_opinion": "事实清楚，材料齐全。",
}
GRANT = {"aid_form": "representation", "decision_basis": "法律援助法第三十一条", "approve_opinion": "同意。"}
REFUSAL = {
    "refuse_reason": "not_poor",
    "refuse_detail": "家庭人均月收入高于本省经济困难标准。",
    "decision_basis": "法律援助法第三十四条",
    "approve_opinion": "不予法律援助。",
}
OBJECTION = {"objection_findings": "经查，收入核算无误。", "objection_grounds": "原决定认定事实清楚。"}


def open_application(values: dict[str, Any] | None = None, unit: str = CENTRE) -> Case:
    """An application as a citizen brings it."""
    given = values or application()
    return services.open_case(APPLICATION, "apply", given, by=citizen(given["applicant_name"]), unit=body(unit))


def act(case: Case, action: str, values: dict[str, Any], username: str) -> Step:
    """Take a step as somebody of the starter."""
    return services.act(case, action, values, by=actor(username))


def assigning(handler: str = LAWYER, **changed: object) -> dict[str, Any]:
    """The plain values of an assignment."""
    return {
        "provider_kind": "firm",
        "provider_name": "天平律师事务所",
        "handler": str(actor(handler).id),
        "handler_phone": "13900001111",
        "practice_years": 5,
    } | changed


def receive(case: Case, *, green: bool = True) -> None:
    """The clerk takes the papers."""
    act(case, "receive_green" if green else "receive", RECEIVED | {"received_at": moment()}, CLERK)


def reviewed(values: dict[str, Any] | None = None, **review: object) -> Case:
    """An application that waits for the decision."""
    case = open_application(values)
    green = case.kind == "05"
    receive(case, green=green)
    action, found = ("exempt", EXEMPT) if green else ("verify", VERIFIED)
    act(case, action, found, REVIEWER)
    act(case, "review", REVIEW | review, REVIEWER)
    return case


def refused() -> Case:
    """An application of somebody above the standard, refused."""
    rich = household(household_size=1, income_wage=900_000)
    case = open_application(rich)
    receive(case, green=False)
    found = {"checked_size": 1, "checked_income": 900_000, "means_result": "not_poor"}
    act(case, "verify", VERIFIED | found, REVIEWER)
    act(case, "review", REVIEW | {"proposal": "refuse"}, REVIEWER)
    act(case, "refuse", REFUSAL, DIRECTOR)
    return case


def assigned(values: dict[str, Any] | None = None) -> Case:
    """A case in the hands of a lawyer."""
    case = reviewed(values)
    act(case, "grant", GRANT, DIRECTOR)
    act(case, "assign", assigning(), DIRECTOR)
    return case


def agreement(**changed: object) -> dict[str, Any]:
    """The plain values of an agreement."""
    return {
        "agreement_form": "written",
        "agreed_on": str(clock.today()),
        "authority": "general",
        "procedure_stage": "arbitration",
        "letter_to": "大兴区劳动人事争议仲裁委员会",
    } | changed


def finishing(**changed: object) -> dict[str, Any]:
    """The plain values of a case that ended."""
    return {
        "finished_on": str(clock.today()),
        "outcome_kind": "arbitration",
        "outcome_detail": "裁决支付拖欠的工资。",
        "adopted": "full",
        "recovered_amount": 3_600_000,
        "meetings": 2,
        "readings": 1,
        "inquiries": 1,
        "hearings": 1,
        "process_detail": "约见受援人，调查取证，参加仲裁庭审。",
    } | changed


def notice(**changed: object) -> dict[str, Any]:
    """The plain values of a procuratorate's notice for a minor."""
    return {
        "organ_kind": "procuratorate",
        "organ_name": "大兴区人民检察院",
        "notice_number": "京兴检援通〔2026〕1号",
        "found_on": str(clock.today() - timedelta(days=1)),
        "matter_class": "criminal",
        "applicant_name": "小满",
        "categories": ["minor"],
        "situation": "minor",
        "kind": "20",
        "charge": "盗窃",
        "stage": "prosecution",
        "gravest": "other",
        "area": "110115001",
    } | changed


def notified(**changed: object) -> Case:
    """A notice that the centre has received."""
    case = services.open_case(DEFENCE, "notice", notice(**changed), by=actor(CLERK), unit=body())
    act(case, "receive", {"received_on": str(clock.today()), "materials": "通知书 1 份"}, CLERK)
    return case
