"""Disputes on a version of their own, with regions, signatures and every verb; no other case runs on it."""

from copy import deepcopy
from typing import Any
from uuid import uuid4

from saas import clock
from saas.cases import queries
from saas.cases.models import Case
from saas.db.session import db
from saas.workflow.models import ProcessVersion
from saas.workflow.process import VERBS
from saas.workflow.queries import current_version
from tests.mediation import factory

REGIONS = {
    "notice": {
        "title": "告知当事人",
        "initial": "to_tell",
        "final": ["told"],
        "states": {"to_tell": {"title": "待告知", "queue": ["mediator"]}, "told": {"title": "已告知"}},
        "transitions": [{"id": "tell", "title": "登记告知", "from": "to_tell", "to": "told", "by": ["mediator"]}],
    },
    "room": {
        "title": "安排场地",
        "initial": "to_book",
        "final": ["booked"],
        "states": {"to_book": {"title": "待安排", "queue": ["director"]}, "booked": {"title": "已安排"}},
        "transitions": [{"id": "book", "title": "登记场地", "from": "to_book", "to": "booked", "by": ["director"]}],
    },
}


def body() -> dict[str, Any]:
    """The city's own process with more in it: two signatures before acceptance, two things at once after it."""
    found = deepcopy(current_version(factory.PROCESS).body)
    found["verbs"] = list(VERBS)
    for state in found["states"].values():
        state.pop("verbs", None)
    found["states"]["accepted"]["regions"] = REGIONS
    steps = {one["id"]: one for one in found["transitions"]}
    steps["accept"]["sign"] = {"by": ["mediator", "bureau"]}
    limit = found["clocks"]["acceptance"]
    limit |= {"pause": ["@suspend"], "resume": ["@resume"]}
    limit["extend"] = {"on": "@extend", "field": "days", "max": 3, "times": 1}
    return found


def version(changed: dict[str, Any] | None = None) -> ProcessVersion:
    """A version that is not in force, so that only the cases put on it run on it."""
    made = ProcessVersion(
        key=f"hands.{uuid4().hex}",
        version=1,
        status="retired",
        body=changed or body(),
        digest="made for one case",
        valid_from=clock.today(),
        published_at=clock.now(),
        published_by="测试",
    )
    db.session.add(made)
    db.session.flush()
    return made


def opened(changed: dict[str, Any] | None = None, unit: str = "兴和人民调解委员会") -> Case:
    """A dispute that was just applied for."""
    case = factory.open_application(unit)
    case.process_id = version(changed).id
    for row in case.clocks:
        row.rule = row.rule | body()["clocks"].get(row.code, {})
    db.session.flush()
    return queries.get_case(case.number, factory.actor("zhaoxh"))
