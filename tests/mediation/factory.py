"""Disputes for tests: valid entries with keyword overrides, and the people who act."""

from datetime import date, timedelta
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

PROCESS = "mediation.dispute"
APPLICANT_ID = "990101198001010010"


def actor(username: str) -> Actor:
    """Somebody of the starter as actor."""
    user = identity.find_user(username)
    assert user is not None, username
    return actor_of(user)


def body(name: str) -> Unit:
    """A body of the starter."""
    return db.session.scalars(select(Unit).where(Unit.name == name)).one()


def application(**changed: object) -> dict[str, Any]:
    """The plain values of a citizen's application."""
    number = APPLICANT_ID[:17]
    return {
        "on_behalf": "self",
        "applicant_kind": "natural",
        "applicant_name": "赵小燕",
        "applicant_id_number": number + check_digit(number),
        "applicant_ethnicity": "汉族",
        "applicant_occupation": None,
        "applicant_phone": "13900001234",
        "applicant_address": "大兴区兴丰街道一号院",
        "respondent_kind": "natural",
        "respondent_name": "钱大伟",
        "respondent_phone": None,
        "respondent_address": None,
        "kind": "02",
        "area": "110115001",
        "facts": "楼上漏水，泡坏了家里的墙面和地板，多次沟通没有结果。",
        "requests": "请求赔偿维修费用。",
        "amount": 500_000,
        "identity_files": None,
        "evidence_files": None,
        "voluntary": True,
    } | changed


ACCEPTED = {"is_civil": True, "both_agree": True, "not_taken": True, "difficulty": "ordinary", "remark": None}
SESSION = {
    "held_at": "2026-11-20T09:00:00+08:00",
    "place": "调委会调解室",
    "mode": "onsite",
    "invited": None,
    "informed": True,
    "recorder": "孙丽",
    "content": "双方陈述意见，调解员释明法律规定，双方同意继续协商。",
    "result": "同意继续协商",
}


def agreement(day: date, **changed: object) -> dict[str, Any]:
    """The plain values of a written agreement that takes effect on a day."""
    return {
        "agreed_facts": "楼上漏水造成楼下墙面受损，双方对责任没有异议。",
        "terms": "钱大伟赔偿赵小燕维修费五千元。\n双方今后互谅互让。",
        "performance_mode": "一次性支付",
        "perform_by": str(day + timedelta(days=7)),
        "agreed_amount": 500_000,
        "effective_on": str(day),
        "copies": 3,
        "recorder": "孙丽",
    } | changed


def open_application(unit: str = "兴和人民调解委员会", **changed: object) -> Case:
    """A dispute as a citizen brings it."""
    values = application(**changed)
    return services.open_case(PROCESS, "apply", values, by=citizen(values["applicant_name"]), unit=body(unit))


def act(case: Case, action: str, values: dict[str, Any], username: str) -> Step:
    """Take a step as somebody of the starter."""
    return services.act(case, action, values, by=actor(username))


def mediating(
    director: str = "zhaoxh", mediator: str = "sunli", unit: str = "兴和人民调解委员会", **changed: object
) -> Case:
    """A dispute in the hands of a mediator."""
    case = open_application(unit, **changed)
    act(case, "accept", ACCEPTED, director)
    handler = str(actor(mediator).id)
    act(case, "appoint", {"chosen_by": "appointed", "handler": handler, "helpers": None}, director)
    return case


def agreed(**changed: object) -> Case:
    """A dispute with a written agreement of today."""
    case = mediating()
    act(case, "session", SESSION, "sunli")
    act(case, "agree_written", agreement(clock.today(), **changed), "sunli")
    return case
