"""What is kept of trying a draft: the play of one person, and runs over the city's own cases."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from saas.crypto.fields import SealedJson
from saas.db.base import Model
from saas.db.ids import new_id


class Play(Model):
    """What one person plays on one draft: ``acts`` is ``{"acts": [...]}``, ``day`` where the clock was moved to."""

    __tablename__ = "process_play"
    __table_args__ = (UniqueConstraint("draft_id", "user_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("process_draft.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    acts = SealedJson("process_play.acts")
    acts_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    day: Mapped[date | None]
    played_at: Mapped[datetime]


class Backtest(Model):
    """A draft tried on the city's cases: how far it is, and what would have been otherwise.

    ``cursor`` is the edit of the draft that was tried; ``result`` holds counts and examples.
    """

    __tablename__ = "process_backtest"
    __table_args__ = (
        CheckConstraint("state in ('queued', 'running', 'ready', 'failed')", name="state"),
        Index("ix_process_backtest_draft_id", "draft_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("process_draft.id"))
    cursor: Mapped[int]
    state: Mapped[str] = mapped_column(default="queued")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None]
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
