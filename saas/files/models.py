"""Attachments of a case."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from saas.db.base import Model
from saas.db.ids import new_id


class File(Model):
    """A checked attachment; ``storage_key`` names the object in the city's store, ``digest`` is its SHA-256."""

    __tablename__ = "file"
    __table_args__ = (Index("ix_file_case_id", "case_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    category: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    pages: Mapped[int]
    digest: Mapped[str]
    storage_key: Mapped[str]
    added_by: Mapped[str]
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
