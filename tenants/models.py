"""The platform's own tables: cities, their hosts, who runs the deployment, and what was done to cities."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saas.db.base import PlatformModel
from saas.db.ids import new_id


class Tenant(PlatformModel):
    """A city: its code may change, its schema, which is also its database login, never does.

    ``version`` is the revision of its tables; ``server`` names where they are; ``quotas`` holds the limits that
    were set for it, by name; ``notice`` is what people read while it takes nothing in. While it moves, writing
    is held until ``held_until`` at the latest; ``deletion_by`` is the operator who first asked for its end, at
    ``deletion_at``.
    """

    __tablename__ = "tenant"
    __table_args__ = (
        CheckConstraint(
            "state in ('provisioning', 'active', 'read_only', 'suspended', 'failed', 'moving', 'deleting')",
            name="state",
        ),
        UniqueConstraint("code"),
        UniqueConstraint("schema"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str]
    name: Mapped[str]
    division: Mapped[str]
    schema: Mapped[str]
    state: Mapped[str]
    version: Mapped[str | None]
    demo: Mapped[bool] = mapped_column(default=False)
    server: Mapped[str] = mapped_column(default="main", server_default="main")
    origin_id: Mapped[UUID]
    quotas: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    notice: Mapped[str | None]
    held_until: Mapped[datetime | None]
    deletion_by: Mapped[str | None]
    deletion_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    hosts: Mapped[list["TenantHost"]] = relationship(
        back_populates="tenant", order_by="TenantHost.host", cascade="all, delete-orphan"
    )


class TenantHost(PlatformModel):
    """A host name that leads to a city; the primary one is printed and linked to."""

    __tablename__ = "tenant_host"
    __table_args__ = (Index("ix_tenant_host_tenant_id", "tenant_id"),)

    host: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(ForeignKey(Tenant.id, ondelete="CASCADE"))
    is_primary: Mapped[bool] = mapped_column(default=False)
    tenant: Mapped[Tenant] = relationship(back_populates="hosts")


class Server(PlatformModel):
    """A PostgreSQL server for cities, besides ``main``, which the setting ``DATABASE_URL`` names.

    ``place`` is where it is, without a login; ``front`` is where requests and jobs ask for cities instead, such as
    a pooler before it. ``sealed`` is the administrator's address, encrypted under the key of backups, which web
    processes and workers need not have.
    """

    __tablename__ = "server"

    name: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    place: Mapped[str] = mapped_column(server_default="")
    front: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Operator(PlatformModel):
    """Somebody who runs the deployment; an operator never sees what is in a case.

    ``totp_secret`` is sealed under a key derived from the deployment's secret; it counts from ``totp_confirmed_at``
    on, each of its steps once.
    """

    __tablename__ = "operator"
    __table_args__ = (UniqueConstraint("username"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    username: Mapped[str]
    password_hash: Mapped[str]
    name: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_confirmed_at: Mapped[datetime | None]
    totp_last_step: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class OperatorCode(PlatformModel):
    """The digest of a code that stands in for an operator's second factor once."""

    __tablename__ = "operator_code"
    __table_args__ = (UniqueConstraint("operator_id", "digest"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    operator_id: Mapped[UUID] = mapped_column(ForeignKey(Operator.id))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    used_at: Mapped[datetime | None]


class OperatorPasskey(PlatformModel):
    """A passkey of an operator's device; its public half and how often it says it has signed."""

    __tablename__ = "operator_passkey"
    __table_args__ = (UniqueConstraint("credential_id"), Index("ix_operator_passkey_operator_id", "operator_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    operator_id: Mapped[UUID] = mapped_column(ForeignKey(Operator.id))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    title: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    used_at: Mapped[datetime | None]


class OperatorChallenge(PlatformModel):
    """A challenge given to an operator's browser, to be signed once, within minutes."""

    __tablename__ = "operator_challenge"

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    operator_id: Mapped[UUID] = mapped_column(ForeignKey(Operator.id))
    browser_hash: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class OperatorSession(PlatformModel):
    """An operator's browser session: the cookie holds a token, the table only its digest.

    ``stage`` is what is still owed after the password: ``second`` the second factor, ``enrol`` setting one up.
    """

    __tablename__ = "operator_session"
    __table_args__ = (
        CheckConstraint("stage in ('full', 'second', 'enrol')", name="stage"),
        UniqueConstraint("token_hash"),
        Index("ix_operator_session_operator_id", "operator_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    operator_id: Mapped[UUID] = mapped_column(ForeignKey(Operator.id))
    stage: Mapped[str] = mapped_column(default="full", server_default="full")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    operator: Mapped[Operator] = relationship()


class GuestGrant(PlatformModel):
    """Accounts in cities for somebody from outside: asked for by one operator, approved by another.

    ``cities`` are their ids; ``last_day`` is empty where the accounts end an hour after the approval.
    """

    __tablename__ = "guest_grant"
    __table_args__ = (
        CheckConstraint("kind in ('auditor', 'break_glass')", name="kind"),
        CheckConstraint("approved_by <> asked_by", name="two_operators"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    cities: Mapped[list[str]]
    name: Mapped[str]
    username: Mapped[str]
    reason: Mapped[str]
    last_day: Mapped[date | None]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(server_default=func.now())
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class PlatformEvent(PlatformModel):
    """Something done to a city or to the deployment, by whom, when by the database's clock."""

    __tablename__ = "platform_event"
    __table_args__ = (Index("ix_platform_event_recorded_at", "recorded_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    action: Mapped[str]
    tenant_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class Task(PlatformModel):
    """Something an operator asked for that takes longer than a request; its id is the key of the form that asked.

    A process that works on it holds it until ``lease_until`` and renews that while it lives. ``city`` is the code
    of the city; of one city at most one task is unfinished. ``arguments`` and ``result`` hold nothing of any case.
    """

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'running', 'done', 'failed')", name="state"),
        Index("ix_task_city", "city"),
        Index("ix_task_open", "city", unique=True, postgresql_where=text("state in ('waiting', 'running')")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    city: Mapped[str]
    tenant_id: Mapped[UUID | None]
    arguments: Mapped[dict[str, Any]] = mapped_column(default=dict)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(server_default=func.now())
    state: Mapped[str] = mapped_column(default="waiting")
    progress: Mapped[str | None]
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    error: Mapped[str | None]
    tries: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]


class FormKey(PlatformModel):
    """The digest of a form's key that has been taken, so that a form sent twice does its work once."""

    __tablename__ = "form_key"

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
