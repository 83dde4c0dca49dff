"""A city's own questions in tests: published as the next version of a process, past the designer and its review."""

from copy import deepcopy
from typing import Any

from saas.identity.actor import SYSTEM
from saas.workflow import definition, services
from saas.workflow.models import ProcessVersion
from saas.workflow.queries import current_version
from saas.workflow.surroundings import around
from tests.mediation import factory

FLOOR = {"id": "x_floor", "label": "楼层", "type": "integer", "store": "case", "required": True, "unit": "层"}
SHELTER = {
    "id": "x_shelter",
    "label": "临时住处",
    "type": "choice",
    "store": "case",
    "options": [{"value": "kin", "label": "亲友家"}, {"value": "hotel", "label": "旅馆"}],
}
ILLNESS = {"id": "x_illness", "label": "健康状况", "type": "text", "store": "case", "sensitive": True}
SECOND_PHONE = {"id": "x_phone", "label": "备用电话", "type": "phone", "store": "case", "mask": "phone"}
EXTRA: dict[str, list[dict[str, Any]]] = {
    "mediation.apply": [
        {"page": "matter", "after": "kind", "field": FLOOR},
        {"page": "matter", "after": "x_floor", "field": SHELTER},
        {"page": "contact", "after": "", "field": SECOND_PHONE},
        {"page": "wish", "after": None, "field": ILLNESS},
    ]
}
ANSWERS: dict[str, Any] = {
    "x_floor": 3,
    "x_shelter": "kin",
    "x_illness": "慢性病",
    "x_phone": "13900005678",
}


def body_with(**parts: object) -> dict[str, Any]:
    """The body of mediation as the city runs it, with further parts."""
    return {**deepcopy(current_version(factory.PROCESS).body), **parts}


def publish(body: dict[str, Any]) -> ProcessVersion:
    """Publish a body as the next version of its process."""
    known = around(definition.parse(body))
    return services.publish(body, fields=known.fields, form_codes=known.form_codes, rules=known.rules, by=SYSTEM)
