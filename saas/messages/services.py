"""Telling people: each message is a row of the transaction that gives the reason for it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from saas import clock
from saas.db.session import db
from saas.messages.models import Message

if TYPE_CHECKING:
    from saas.cases.models import Case


def tell_user(user_id: UUID, title: str, body: str, *, case: "Case | None" = None) -> Message:
    """Put a message into a user's inbox, linked to the case it is about."""
    message = Message(
        user_id=user_id, case_id=case.id if case else None, public=False, title=title, body=body, sent_at=clock.now()
    )
    db.session.add(message)
    return message


def tell_users(user_ids: Iterable[UUID], title: str, body: str, *, case: "Case | None" = None) -> None:
    """Put the same message into several inboxes, once into each."""
    for user_id in dict.fromkeys(user_ids):
        tell_user(user_id, title, body, case=case)


def tell_case(case: "Case", title: str, body: str, *, public: bool = True) -> Message:
    """Put a message on a case; a public one is read by the citizen on the progress page."""
    message = Message(case_id=case.id, public=public, title=title, body=body, sent_at=clock.now())
    db.session.add(message)
    return message


def mark_read(message: Message) -> None:
    """Note that the user has read a message; the first time counts."""
    message.read_at = message.read_at or clock.now()
