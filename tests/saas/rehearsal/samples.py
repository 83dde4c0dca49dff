"""What the tests of trying drafts share: drafts of mediation, changed in one way each."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from saas.workflow import drafts
from saas.workflow.models import Draft
from saas.workflow.queries import current_version
from tests.mediation import factory

Change = Callable[[dict[str, Any]], None]


def part(parts: list[dict[str, Any]], id_: str) -> dict[str, Any]:
    """A step of a body by its id."""
    return next(one for one in parts if one["id"] == id_)


def with_review(body: dict[str, Any]) -> None:
    """Let a second person look at every dispute before a mediator is named."""
    body["states"]["looking"] = {"title": "复核", "queue": ["director"]}
    part(body["transitions"], "accept")["to"] = "looking"
    look = {"id": "look", "title": "复核通过", "from": "looking", "to": "accepted", "by": ["director"]}
    body["transitions"].append(look)


def shorter(body: dict[str, Any]) -> None:
    """Ten days less to mediate."""
    body["clocks"]["mediation"]["n"] = 20


def retitled(body: dict[str, Any]) -> None:
    """Change nothing but words."""
    body["states"]["mediating"]["title"] = "正在调解"
    body["clocks"]["mediation"]["title"] = "调解时限"


def body_with(*changes: Change) -> dict[str, Any]:
    """The body in force of mediation with changes made to it."""
    body = deepcopy(current_version(factory.PROCESS).body)
    for change in changes:
        change(body)
    return body


def draft_with(*changes: Change, by: str = "wanghy") -> Draft:
    """A draft of mediation with changes made to it."""
    actor = factory.actor(by)
    draft = drafts.start(factory.PROCESS, by=actor)
    if changes:
        drafts.edit(draft, body_with(*changes), "修改", cursor=draft.cursor, by=actor)
    return draft
