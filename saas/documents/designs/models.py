"""Versions of the city's own dress of documents, and the draft of the next one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from saas.db.base import Model
from saas.db.ids import new_id

_ONE = text("(true)")


class DocumentDesign(Model):
    """One draft or version; once published a trigger of the database keeps it as it is.

    ``revision`` counts the edits, so that nobody overwrites what another did unseen. ``editors`` are the ids of all
    who had a hand in it: none of them may publish it. ``base`` is the version it was begun from, 0 for none.
    """

    __tablename__ = "document_design"
    __table_args__ = (
        CheckConstraint("state in ('draft', 'in_review', 'published', 'replaced', 'discarded')", name="state"),
        CheckConstraint("(state in ('published', 'replaced')) = (version is not null)", name="version"),
        CheckConstraint("(version is null) = (digest is null)", name="digest"),
        UniqueConstraint("version"),
        # One draft at a time, one version in force: the same constant twice is refused.
        Index("uq_document_design_open", _ONE, unique=True, postgresql_where=text("state in ('draft', 'in_review')")),
        Index("uq_document_design_published", _ONE, unique=True, postgresql_where=text("state = 'published'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int | None]
    base: Mapped[int]
    state: Mapped[str]
    body: Mapped[dict[str, Any]]
    revision: Mapped[int]
    editors: Mapped[list[str]]
    reason: Mapped[str | None]
    made_by: Mapped[str]
    made_by_id: Mapped[UUID | None]
    made_at: Mapped[datetime]
    edited_by: Mapped[str]
    edited_at: Mapped[datetime]
    submitted_by: Mapped[str | None]
    submitted_at: Mapped[datetime | None]
    published_by: Mapped[str | None]
    published_by_id: Mapped[UUID | None]
    published_at: Mapped[datetime | None]
    digest: Mapped[str | None]
