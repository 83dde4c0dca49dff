"""Long lists that are taken out on two persons' word."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saas.db.base import Model
from saas.db.ids import new_id
from saas.identity.models import User


class BulkExport(Model):
    """A list too long to be taken out on one person's word: asked for by one, approved by another, taken once.

    ``query`` is the address's query the list was drawn with.
    """

    __tablename__ = "bulk_export"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'approved', 'refused', 'taken')", name="state"),
        CheckConstraint("decided_by_id <> asked_by_id", name="two_persons"),
        Index("ix_bulk_export_asked_by_id", "asked_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    query: Mapped[str]
    rows: Mapped[int]
    reason: Mapped[str]
    unit_path: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    asked_at: Mapped[datetime]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    decided_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    asked_by: Mapped[User] = relationship(foreign_keys=asked_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)
