"""Telling people of a case what a verb means for them."""

from saas.cases.models import Case
from saas.identity.actor import Actor
from saas.identity.models import User
from saas.messages import services as messages
from saas.workflow.engine_acts import TITLES

WORDS = {
    "pass_on": "把这件案件转给您办理",
    "delegate": "请您代为办理这件案件的一项工作，办完请交回",
    "hand_back": "把这件案件的工作交回给您",
    "copy": "把这件案件抄送给您",
    "cosign": "请您在这件案件中签署意见",
}
"""What the message says besides the reason, by verb."""


def person(case: Case, user: User, verb: str, reason: str, *, by: Actor) -> None:
    """Tell the person whom a verb concerns."""
    said = f"说明：{reason}" if reason.strip() else ""
    messages.tell_user(user.id, f"{TITLES[verb]}：{case.title}", f"{by.name}{WORDS[verb]}。{said}", case=case)


def handler(case: Case, title: str, reason: str, *, by: Actor) -> None:
    """Tell the case's handler, unless he did it himself."""
    if case.handler_id and case.handler_id != by.id:
        messages.tell_user(case.handler_id, title, f"{case.title}（{case.number}）。{by.name}：{reason}", case=case)
