"""What decides who may be given a case: leave, and what a person is good at or looks after."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from saas.db.base import Model
from saas.db.ids import new_id

AREA = "area"
"""The key under which the codes of areas stand among the skills."""


class StaffLeave(Model):
    """Days, both included, on which a person is given nothing."""

    __tablename__ = "staff_leave"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="days"),
        Index("ix_staff_leave_user_id", "user_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class StaffSkill(Model):
    """An entry of a code list that a person is good at, or under ``area`` the code of a place looked after.

    Who has no entry of a list takes whatever comes.
    """

    __tablename__ = "staff_skill"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"), primary_key=True)
    list_key: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
