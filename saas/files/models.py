"""Attachments of a case, and what is made of them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from saas.db.base import Model
from saas.db.ids import new_id
from saas.files.kinds import KINDS


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

    @property
    def kind(self) -> str:
        """``pdf``, ``image``, ``office`` or ``ofd``."""
        return KINDS[self.media_type]


class FileDerivative(Model):
    """What is made of an attachment so that it can be shown and bound: sheets, and a picture of the first page.

    Attributes:
        state: ``queued`` until the job ran; ``ready``; ``same`` when the file itself is bound; ``none`` when nothing
            makes sheets of its kind here; ``failed`` with the problem in words.
        media_type: Of the sheets: a picture is one, a PDF has so many pages.
        storage_key: Where the sheets are, ``digest`` is their SHA-256.
        preview_key: Where the picture of the first page is, once somebody looked at it.
    """

    __tablename__ = "file_derivative"
    __table_args__ = (
        CheckConstraint("state in ('queued', 'ready', 'same', 'none', 'failed')", name="state"),
        CheckConstraint("(state = 'ready') = (storage_key is not null)", name="ready"),
    )

    file_id: Mapped[UUID] = mapped_column(ForeignKey("file.id"), primary_key=True)
    state: Mapped[str]
    media_type: Mapped[str | None]
    pages: Mapped[int | None]
    storage_key: Mapped[str | None]
    digest: Mapped[str | None]
    problem: Mapped[str | None]
    preview_key: Mapped[str | None]
    made_at: Mapped[datetime | None]
