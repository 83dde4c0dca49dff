"""What the platform knows of a city besides where it is: how it began, who asked for its end, its last backup."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import selectinload

from saas.db.session import TenantRef
from saas.errors import NotFoundError
from tenants import registry
from tenants.data.actions import DataAudit
from tenants.models import Operator, PlatformEvent, Task, Tenant


@dataclass(frozen=True)
class Facts:
    """A city as operators know it.

    Attributes:
        ref: Which one.
        hosts: Its host names, the primary one first.
        created_at: When it was made, or restored.
        deletion_by: The account of the operator who asked for its end.
        deletion_at: When.
    """

    ref: TenantRef
    hosts: Sequence[str]
    created_at: datetime
    deletion_by: str | None
    deletion_at: datetime | None


@dataclass(frozen=True)
class LastBackup:
    """The newest backup of a city; ``size`` in bytes, None for one made before sizes were noted."""

    at: datetime
    by: str
    size: int | None


@dataclass(frozen=True)
class Told:
    """An entry of the platform's record."""

    at: datetime
    action: str
    by: str
    detail: Mapping[str, Any]


def read(code: str) -> Facts:
    """The facts of a city.

    Raises:
        NotFoundError: There is no such city.
    """
    with registry.platform_session() as session:
        city = session.scalar(select(Tenant).where(Tenant.code == code).options(selectinload(Tenant.hosts)))
        if city is None:
            raise NotFoundError
        hosts = [host.host for host in sorted(city.hosts, key=lambda host: (not host.is_primary, host.host))]
        return Facts(registry.reference(city), hosts, city.created_at, city.deletion_by, city.deletion_at)


def last_backups() -> Mapping[UUID, LastBackup]:
    """The newest backup of every city that has one, by the city's id, in one statement."""
    backups = (
        select(PlatformEvent)
        .where(PlatformEvent.action == DataAudit.BACKED_UP, PlatformEvent.tenant_id.is_not(None))
        .order_by(PlatformEvent.tenant_id, PlatformEvent.recorded_at.desc())
        .ext(distinct_on(PlatformEvent.tenant_id))
    )
    with registry.platform_session() as session:
        return {
            event.tenant_id: LastBackup(event.recorded_at, event.actor_name, event.detail.get("size"))
            for event in session.scalars(backups)
            if event.tenant_id is not None
        }


def list_events(tenant_id: UUID, limit: int) -> list[Told]:
    """What the platform's record says of a city, the newest first."""
    events = select(PlatformEvent).where(PlatformEvent.tenant_id == tenant_id)
    newest = events.order_by(PlatformEvent.recorded_at.desc(), PlatformEvent.id.desc()).limit(limit)
    with registry.platform_session() as session:
        return [
            Told(event.recorded_at, event.action, event.actor_name, event.detail) for event in session.scalars(newest)
        ]


def operator_names() -> Mapping[str, str]:
    """The name of every operator there was, by account."""
    with registry.platform_session() as session:
        rows = session.execute(select(Operator.username, Operator.name).order_by(Operator.username))
        return {row.username: row.name for row in rows}


def list_tasks(code: str | None = None, limit: int = 20) -> list[Task]:
    """The tasks of a city, or of all, the newest first; detached from the database."""
    mine = select(Task).order_by(Task.asked_at.desc(), Task.id.desc()).limit(limit)
    with registry.platform_session() as session:
        found = list(session.scalars(mine if code is None else mine.where(Task.city == code)))
        session.expunge_all()
    return found


def get_task(task_id: UUID) -> Task:
    """A task, detached from the database.

    Raises:
        NotFoundError: There is none.
    """
    with registry.platform_session() as session:
        task = session.get(Task, task_id)
        session.expunge_all()
    if task is None:
        raise NotFoundError
    return task


def count_tasks() -> Mapping[str, int]:
    """How many tasks there are in each state."""
    with registry.platform_session() as session:
        rows = session.execute(select(Task.state, func.count()).group_by(Task.state))
        return {state: count for state, count in rows}  # noqa: C416 - dict() does not take rows
