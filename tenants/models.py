"""The platform's own tables: cities, their hosts, who runs the deployment, and what was done to cities."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, func
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

    ``sealed`` is the administrator's address, encrypted under a key derived from the deployment's secret.
    """

    __tablename__ = "server"

    name: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Operator(PlatformModel):
    """Somebody who runs the deployment; an operator never sees what is in a case."""

    __tablename__ = "operator"
    __table_args__ = (UniqueConstraint("username"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    username: Mapped[str]
    password_hash: Mapped[str]
    name: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class OperatorSession(PlatformModel):
    """An operator's browser session: the cookie holds a token, the table only its digest."""

    __tablename__ = "operator_session"
    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_operator_session_operator_id", "operator_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    operator_id: Mapped[UUID] = mapped_column(ForeignKey(Operator.id))
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
