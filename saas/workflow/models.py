"""Published versions of processes, and the drafts that become them."""

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.expression import text

from saas.db.base import Model
from saas.db.ids import new_id

# A range over the key's number stands for the key itself: PostgreSQL compares texts in such a constraint only with
# an extension that not every installation has.
_SAME_KEY = cast("ColumnElement[Any]", text("int8range(hashtextextended(key, 0), hashtextextended(key, 0), '[]')"))
_VALID = cast("ColumnElement[Any]", text("daterange(valid_from, valid_to)"))

BEGINNING = date(1970, 1, 1)
"""From when a city's first versions hold: what is registered late, for an earlier day, runs on them too."""


class ProcessVersion(Model):
    """One version of a process as the city runs it: base pack and overlay merged, immutable once published.

    It holds from ``valid_from`` until the day before ``valid_to``; of one process no two hold on one day.
    """

    __tablename__ = "process_version"
    __table_args__ = (
        UniqueConstraint("key", "version"),
        CheckConstraint("status in ('draft', 'published', 'retired')", name="status"),
        CheckConstraint("valid_to >= valid_from", name="valid"),
        ExcludeConstraint((_SAME_KEY, "&&"), (_VALID, "&&"), name="ex_process_version_valid", using="gist"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str]
    version: Mapped[int]
    status: Mapped[str]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    """As it was written: the order of states and questions is part of it."""
    digest: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None]


class Draft(Model):
    """A process being shaped: the body as it stands at ``cursor``, the number of the edit that made it so.

    ``last`` is the highest number ever given, so that no number means two things. ``editors`` are the ids of all
    who changed it, the author among them: none of them may publish it. ``reason`` is why it was sent back.
    """

    __tablename__ = "process_draft"
    __table_args__ = (
        CheckConstraint("state in ('draft', 'in_review', 'published', 'discarded')", name="state"),
        CheckConstraint("(state = 'in_review') <= (submitted_at is not null)", name="submitted"),
        Index("ix_process_draft_key", "key", postgresql_where="state in ('draft', 'in_review')"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str]
    title: Mapped[str]
    base_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_version.id"))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    cursor: Mapped[int]
    last: Mapped[int]
    state: Mapped[str]
    editors: Mapped[list[str]]
    reason: Mapped[str | None]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    edited_by: Mapped[str]
    edited_at: Mapped[datetime]
    submitted_by: Mapped[str | None]
    submitted_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    version_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_version.id"))
    """What it was published as."""


class DraftEdit(Model):
    """One edit of a draft with the body it led to; those after the draft's cursor were undone."""

    __tablename__ = "process_draft_edit"

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("process_draft.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    what: Mapped[str]
    edited_by: Mapped[str]
    edited_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
