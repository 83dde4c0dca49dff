"""The record of who did what."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, func
from sqlalchemy.orm import Mapped, mapped_column

from saas.db.base import Model
from saas.db.ids import new_id


class AuditEvent(Model):
    """One thing done, with its business time and the database's own time of recording."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_recorded_at", "recorded_at"),
        Index("ix_audit_event_subject", "subject_type", "subject_id"),
        Index("ix_audit_event_case_id", "case_id"),
        Index("ix_audit_event_actor_id", "actor_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    action: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[str]
    case_id: Mapped[UUID | None]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    unit_path: Mapped[str | None]
    address: Mapped[str | None]
    request_id: Mapped[str | None]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
