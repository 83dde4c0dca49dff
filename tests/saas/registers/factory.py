"""Committees for tests: valid entries with keyword overrides."""

from typing import Any

from saas.identity.actor import SYSTEM
from saas.registers import catalogue, services
from saas.registers.declaration import Register
from saas.registers.models import RegisterEntry
from tests.mediation.factory import actor, body

COMMITTEE = "mediation.committee"
MEDIATOR = "mediation.mediator"
KEEPER = "lixf"
"""The head of an office: keeps the registers of its town."""


def register(key: str = COMMITTEE) -> Register:
    """A declared register."""
    return catalogue.find(key).register


def committee(**changed: object) -> dict[str, Any]:
    """The plain values of a committee."""
    return {
        "name": "李家村人民调解委员会",
        "kind": "village",
        "area": "110115001",
        "members": 5,
        "has_woman": "yes",
        "term_from": "2024-01-01",
        "term_to": "2026-12-31",
        "insurance_no": "BX-0001",
    } | changed


def add(unit: str = "兴丰司法所", *, by: str = KEEPER, **changed: object) -> RegisterEntry:
    """A committee in the register, kept by a body."""
    return services.add(register(), committee(**changed), body(unit), by=actor(by))


def mediator(unit: str, **changed: object) -> RegisterEntry:
    """A mediator in the register, with a committee of the same body."""
    committee_of = services.add(register(), committee(name=f"{unit}名录"), body(unit), by=SYSTEM)
    values = {"name": "王芳", "kind": "full_time", "committee": str(committee_of.id), "phone": "13900001111"}
    return services.add(register(MEDIATOR), values | changed, body(unit), by=SYSTEM)
