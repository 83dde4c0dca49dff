"""Reading inboxes."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from saas.db.session import db
from saas.errors import NotFoundError
from saas.messages.models import Message


def list_inbox(user_id: UUID, *, offset: int = 0, limit: int = 20) -> Sequence[Message]:
    """A user's messages: unread first, then newest first."""
    mine = select(Message).where(Message.user_id == user_id)
    order = (Message.read_at.isnot(None), Message.sent_at.desc(), Message.id.desc())
    return db.session.scalars(mine.order_by(*order).offset(offset).limit(limit)).all()


def count_inbox(user_id: UUID) -> int:
    """How many messages a user has."""
    return db.session.scalar(select(func.count()).where(Message.user_id == user_id)) or 0


def count_unread(user_id: UUID) -> int:
    """How many messages a user has not read."""
    unread = select(func.count()).where(Message.user_id == user_id, Message.read_at.is_(None))
    return db.session.scalar(unread) or 0


def list_public(case_id: UUID) -> Sequence[Message]:
    """What a case's citizen may read on the progress page, newest first."""
    public = select(Message).where(Message.case_id == case_id, Message.public)
    return db.session.scalars(public.order_by(Message.sent_at.desc(), Message.id.desc())).all()


def get_message(message_id: UUID, *, user_id: UUID) -> Message:
    """A message in this user's inbox.

    Raises:
        NotFoundError: There is none, or it is somebody else's.
    """
    message = db.session.scalar(select(Message).where(Message.id == message_id, Message.user_id == user_id))
    if message is None:
        raise NotFoundError
    return message
