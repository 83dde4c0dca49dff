"""Published versions of processes."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from saas.db.base import Model
from saas.db.ids import new_id


class ProcessVersion(Model):
    """One version of a process as the city runs it: base pack and overlay merged, immutable once published."""

    __tablename__ = "process_version"
    __table_args__ = (
        UniqueConstraint("key", "version"),
        CheckConstraint("status in ('draft', 'published', 'retired')", name="status"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str]
    version: Mapped[int]
    status: Mapped[str]
    body: Mapped[dict[str, Any]]
    digest: Mapped[str]
    valid_from: Mapped[date]
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None]
