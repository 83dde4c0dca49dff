"""Accounts, roles, grants of roles at units, and the sessions of the browser."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saas.crypto.fields import SealedJson
from saas.db.base import Model
from saas.db.ids import new_id
from saas.identity import proof_models, staff_models  # noqa: F401 - whoever loads the models of identity loads them all
from saas.organisation.models import Person, Unit


class Role(Model):
    """A set of permissions under the city's own title; ``code`` is what processes name.

    ``duty`` is the duty of administration it carries, if any; ``clearance`` the highest label of cases it may
    see; ``seal`` proves that the application wrote the row (:mod:`saas.identity.seals`).
    """

    __tablename__ = "role"
    __table_args__ = (
        CheckConstraint("duty in ('system', 'security', 'audit')", name="duty"),
        CheckConstraint("clearance between 0 and 2", name="clearance"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    permissions: Mapped[list[str]]
    duty: Mapped[str | None]
    clearance: Mapped[int] = mapped_column(default=0, server_default="0")
    seal: Mapped[bytes | None] = mapped_column(LargeBinary)


class User(Model):
    """An account of one person.

    ``unit_id`` is where the person belongs, which decides who administers the account. A guest's account says
    in ``guest`` why it is there, and ends at ``expires_at`` by the database's clock.
    ``case_cap`` is how many open cases the person may have, if that is limited.
    ``password_changed_at`` and ``signed_in_at`` are the database's times: passwords grow old, accounts fall asleep.
    """

    __tablename__ = "app_user"
    __table_args__ = (
        UniqueConstraint("username"),
        CheckConstraint("guest in ('auditor', 'break_glass')", name="guest"),
        CheckConstraint("(guest is null) = (expires_at is null)", name="guest_ends"),
        CheckConstraint("case_cap > 0", name="case_cap"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    username: Mapped[str]
    password_hash: Mapped[str]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    active: Mapped[bool] = mapped_column(default=True)
    guest: Mapped[str | None]
    expires_at: Mapped[datetime | None]
    case_cap: Mapped[int | None]
    created_at: Mapped[datetime]
    password_changed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    signed_in_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()
    unit: Mapped[Unit | None] = relationship()
    grants: Mapped[list["Grant"]] = relationship(back_populates="user", order_by="Grant.role_code")


class Grant(Model):
    """A role held by a user at a unit: it reaches over the unit's scope."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("user_id", "role_code", "unit_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    role_code: Mapped[str] = mapped_column(ForeignKey("role.code"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    seal: Mapped[bytes | None] = mapped_column(LargeBinary)
    user: Mapped[User] = relationship(back_populates="grants")
    role: Mapped[Role] = relationship()
    unit: Mapped[Unit] = relationship()


class Proposal(Model):
    """A change of rights that one administrator proposes and another decides; until then nothing is changed.

    ``kind`` is ``grant`` (``role_code`` to ``user_id`` at ``unit_id``) or ``role`` (``change`` holds the title,
    permissions and clearance that the role is to have).
    """

    __tablename__ = "access_proposal"
    __table_args__ = (
        CheckConstraint("kind in ('grant', 'role')", name="kind"),
        CheckConstraint("state in ('waiting', 'approved', 'refused', 'withdrawn')", name="state"),
        CheckConstraint("state = 'withdrawn' or decided_by_id <> proposed_by_id", name="two_persons"),
        CheckConstraint("state = 'withdrawn' or decided_by_id <> user_id", name="not_own"),
        CheckConstraint("(state = 'waiting') = (decided_by_id is null)", name="decided"),
        Index(
            "uq_access_proposal_waiting",
            "kind",
            "user_id",
            "role_code",
            "unit_id",
            unique=True,
            postgresql_where="state = 'waiting'",
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    role_code: Mapped[str]
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    change: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    proposed_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    decided_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    user: Mapped[User | None] = relationship(foreign_keys=user_id)
    unit: Mapped[Unit | None] = relationship()
    proposed_by: Mapped[User] = relationship(foreign_keys=proposed_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)


class Practitioner(Model):
    """An entry of a professional register; an account linked to it works as long as the entry is valid."""

    __tablename__ = "practitioner"
    __table_args__ = (UniqueConstraint("kind", "licence_no"), UniqueConstraint("user_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    licence_no: Mapped[str]
    name: Mapped[str]
    body: Mapped[str]
    valid_until: Mapped[date]
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))


class WebSession(Model):
    """A browser's session: the cookie holds an opaque token, the table only its digest.

    ``data`` keeps what a citizen without an account may see: drafts and cases opened by number. ``stage`` is what
    a person who gave the password still owes: the second factor, setting one up, another password; only ``full``
    makes an actor. ``factors`` names what was proved, the last time at ``proved_at``; ``address`` and ``agent``
    are the device's, so that people recognise their own.
    """

    __tablename__ = "web_session"
    __table_args__ = (
        CheckConstraint("stage in ('full', 'second', 'enrol', 'password')", name="stage"),
        UniqueConstraint("token_hash"),
        Index("ix_web_session_user_id", "user_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    data = SealedJson("web_session.data")
    data_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    stage: Mapped[str] = mapped_column(default="full", server_default="full")
    factors: Mapped[list[str]] = mapped_column(default=list, server_default="{}")
    proved_at: Mapped[datetime | None]
    address: Mapped[str | None]
    agent: Mapped[str | None]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    user: Mapped[User | None] = relationship()


class TryCount(Model):
    """Failed tries of one kind from one place, and until when the next is refused; see :mod:`saas.identity.limits`.

    ``allowed`` says whether the newest try was let through: the statement that counts it also answers by it.
    """

    __tablename__ = "try_count"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    locks: Mapped[int]
    locked_until: Mapped[datetime | None]
    counted_at: Mapped[datetime]
    allowed: Mapped[bool]


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
