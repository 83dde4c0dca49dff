"""Accounts, roles, grants of roles at units, and the sessions of the browser."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saas.crypto.fields import SealedJson
from saas.db.base import Model
from saas.db.ids import new_id
from saas.organisation.models import Person, Unit


class Role(Model):
    """A set of permissions under the city's own title; ``code`` is what processes name."""

    __tablename__ = "role"

    code: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    permissions: Mapped[list[str]]


class User(Model):
    """An account of one person."""

    __tablename__ = "app_user"
    __table_args__ = (UniqueConstraint("username"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    username: Mapped[str]
    password_hash: Mapped[str]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    person: Mapped[Person] = relationship()
    grants: Mapped[list["Grant"]] = relationship(back_populates="user", order_by="Grant.role_code")


class Grant(Model):
    """A role held by a user at a unit: it reaches over the unit's scope."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("user_id", "role_code", "unit_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    role_code: Mapped[str] = mapped_column(ForeignKey("role.code"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    user: Mapped[User] = relationship(back_populates="grants")
    role: Mapped[Role] = relationship()
    unit: Mapped[Unit] = relationship()


class WebSession(Model):
    """A browser's session: the cookie holds an opaque token, the table only its digest.

    ``data`` keeps what a citizen without an account may see: drafts and cases opened by number.
    """

    __tablename__ = "web_session"
    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_web_session_user_id", "user_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    data = SealedJson("web_session.data")
    data_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    user: Mapped[User | None] = relationship()


class RateCount(Model):
    """How often something was tried in a window of time; see :mod:`saas.identity.limits`."""

    __tablename__ = "rate_count"

    key: Mapped[str] = mapped_column(primary_key=True)
    window_start: Mapped[datetime]
    hits: Mapped[int]


class Idempotency(Model):
    """The answer given to a POST, replayed when the same key comes again."""

    __tablename__ = "idempotency"

    key: Mapped[str] = mapped_column(primary_key=True)
    session_hash: Mapped[bytes] = mapped_column(LargeBinary)
    path: Mapped[str]
    status: Mapped[int | None]
    location: Mapped[str | None]
    created_at: Mapped[datetime]
