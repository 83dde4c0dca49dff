"""Who helps with a case, and who keeps out of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saas.db.base import Model
from saas.db.ids import new_id
from saas.identity.models import User


class Helper(Model):
    """Somebody of another unit who may read and act in one case until a moment, or until it is taken back."""

    __tablename__ = "case_helper"
    __table_args__ = (
        Index("ix_case_helper_case_id", "case_id"),
        Index("ix_case_helper_user_id", "user_id", postgresql_where="ended_at is null"),
        Index("uq_case_helper_open", "case_id", "user_id", unique=True, postgresql_where="ended_at is null"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    since: Mapped[datetime] = mapped_column(server_default=func.now())
    until: Mapped[datetime]
    reason: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    ended_at: Mapped[datetime | None]
    user: Mapped[User] = relationship(foreign_keys=user_id)


class Recusal(Model):
    """Somebody who keeps out of a case: neither acts in it nor is given it."""

    __tablename__ = "case_recusal"
    __table_args__ = (
        Index("uq_case_recusal_open", "case_id", "user_id", unique=True, postgresql_where="ended_at is null"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    reason: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    user: Mapped[User] = relationship(foreign_keys=user_id)
