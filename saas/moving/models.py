"""Plans that move running cases, and what each says of each case."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saas.cases.models import Case
from saas.db.base import Model
from saas.db.ids import new_id
from saas.workflow.models import ProcessVersion

UNDER_WAY = ("judging", "running", "undoing")
"""The states in which a plan changes or is about to change cases: a process has one such plan at a time."""


class Move(Model):
    """A plan: the running cases of one version go to another, by what `names` says by hand and for `reason`.

    ``names`` maps ids of states and of steps to those of the new version: ``{"states": {}, "steps": {}}``. After
    ``stop_after`` cases that could not be moved it stops by itself.
    """

    __tablename__ = "process_move"
    __table_args__ = (
        CheckConstraint(
            "state in ('judging', 'judged', 'running', 'stopped', 'done', 'undoing', 'undone', 'dropped')", name="state"
        ),
        CheckConstraint("from_id <> to_id", name="other"),
        CheckConstraint("confirmed_by_id <> planned_by_id", name="two_persons"),
        Index(
            "uq_process_move_open", "key", unique=True, postgresql_where="state in ('judging', 'running', 'undoing')"
        ),
        Index("ix_process_move_key", "key"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str]
    from_id: Mapped[UUID] = mapped_column(ForeignKey("process_version.id"))
    to_id: Mapped[UUID] = mapped_column(ForeignKey("process_version.id"))
    names: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str]
    stop_after: Mapped[int]
    state: Mapped[str]
    planned_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    planned_by: Mapped[str]
    planned_at: Mapped[datetime]
    confirmed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    confirmed_by: Mapped[str | None]
    confirmed_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    from_version: Mapped[ProcessVersion] = relationship(foreign_keys=from_id)
    to_version: Mapped[ProcessVersion] = relationship(foreign_keys=to_id)


class MovedCase(Model):
    """What a plan says of a case, and what became of it.

    ``before`` is how the case stood: state, regions and the rules of its clocks. ``revision`` is the case's after it
    was moved: as long as it is the same, nobody has acted since.
    """

    __tablename__ = "process_move_case"
    __table_args__ = (
        CheckConstraint("verdict in ('same', 'replays', 'mapped', 'blocked')", name="verdict"),
        CheckConstraint("state in ('waiting', 'moved', 'kept', 'failed', 'undone')", name="state"),
        Index("ix_process_move_case_state", "move_id", "state"),
        Index("ix_process_move_case_case_id", "case_id"),
    )

    move_id: Mapped[UUID] = mapped_column(ForeignKey("process_move.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    verdict: Mapped[str]
    from_state: Mapped[str]
    to_state: Mapped[str]
    reasons: Mapped[list[str]]
    state: Mapped[str]
    judged: Mapped[int]
    """The revision of the case when it was judged."""
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    revision: Mapped[int | None]
    problem: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    case: Mapped[Case] = relationship()
