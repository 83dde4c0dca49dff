"""The limits of cases as they are stored: how each runs, of what people were told, what moved."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saas.db.base import Model
from saas.db.ids import new_id

if TYPE_CHECKING:
    from saas.cases.models import Case


class Clock(Model):
    """The running of one limit: a cache of what :mod:`saas.workflow.clocks` computes from the steps.

    ``rule`` is the rule as it stood when the clock started; ``due_on`` is a date in the city's zone. ``alarm_on`` is
    the day on which somebody has to be told of it next.
    """

    __tablename__ = "case_clock"
    __table_args__ = (
        UniqueConstraint("case_id", "code"),
        Index("ix_case_clock_due_on", "due_on", postgresql_where="stopped_on is null"),
        Index("ix_case_clock_alarm_on", "alarm_on", postgresql_where="alarm_on is not null"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    code: Mapped[str]
    title: Mapped[str]
    rule: Mapped[dict[str, Any]]
    started_on: Mapped[date]
    due_on: Mapped[date]
    warn_on: Mapped[date | None]
    stopped_on: Mapped[date | None]
    paused: Mapped[bool] = mapped_column(default=False)
    provisional: Mapped[bool] = mapped_column(default=False)
    trail: Mapped[list[Any]] = mapped_column(default=list)
    alarm_on: Mapped[date | None]
    promised_on: Mapped[date | None]
    case: Mapped["Case"] = relationship(back_populates="clocks")


class ClockAlarm(Model):
    """That somebody was told of a limit at a level, once; ``about`` is the running or the last day it was told of."""

    __tablename__ = "clock_alarm"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(primary_key=True)
    about: Mapped[date] = mapped_column(primary_key=True)
    told_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ClockMove(Model):
    """A last day that became another one because a calendar was loaded or changed."""

    __tablename__ = "clock_move"
    __table_args__ = (Index("ix_clock_move_moved_at", "moved_at"), Index("ix_clock_move_case_id", "case_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    code: Mapped[str]
    title: Mapped[str]
    old_due_on: Mapped[date]
    new_due_on: Mapped[date]
    cause: Mapped[str]
    moved_at: Mapped[datetime]
    case: Mapped["Case"] = relationship()
