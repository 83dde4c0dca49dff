"""What people are told."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, func
from sqlalchemy.orm import Mapped, mapped_column

from saas.db.base import Model
from saas.db.ids import new_id


class Message(Model):
    """A message in somebody's inbox: a user's, or a case's (read by the citizen on the progress page)."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_user_id", "user_id", postgresql_where="read_at is null"),
        Index("ix_message_case_id", "case_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case_file.id"))
    public: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str]
    body: Mapped[str]
    sent_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class OutboundMessage(Model):
    """A short message to a phone. Number and text are sealed, and gone once it was handed over or given up.

    ``purpose`` names its text in :mod:`saas.messages.texts`; after ``good_until`` nobody would want it any more.
    """

    __tablename__ = "outbound_message"
    __table_args__ = (CheckConstraint("state in ('queued', 'sent', 'failed')", name="state"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    purpose: Mapped[str]
    recipient: Mapped[bytes | None] = mapped_column(LargeBinary)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(default="queued")
    problem: Mapped[str | None]
    good_until: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    settled_at: Mapped[datetime | None]
