"""Moving a city to another PostgreSQL server: reading goes on, writing is held for seconds, nothing is lost."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta

from psycopg import errors, sql
from sqlalchemy import Connection, select, text, update
from sqlalchemy.exc import DBAPIError

from saas import clock
from saas.db.session import TenantRef
from saas.errors import ConflictError
from tenants import connections, placement, registry, roles
from tenants.data import ground, journal, tables, transfer, waiting
from tenants.data.actions import DataAudit
from tenants.data.transfer import Deadline, HoldExceededError
from tenants.models import PlatformEvent, Tenant
from tenants.statements import run

HOLD = 60  # seconds that are announced
BEGAN = "tenant.move_began"
MOVABLE = frozenset({"active", "read_only"})
KEPT = "{schema}_old"
"""What the schema is called that stays behind until it is forgotten."""


@dataclass(frozen=True)
class Moved:
    """What a move did: how many rows were carried, and for how many seconds nobody could write."""

    rows: int
    seconds: float


def move(code: str, to: str, hold: int = HOLD, wait: Callable[[float], None] = time.sleep) -> Moved:
    """Move a city to another server, or leave everything as it was; one that was interrupted begins anew.

    Writing is held in the database by taking rights away, so no process can miss it; people are told to come back
    within the announced time. The old schema stays behind under another name until :func:`forget`.

    Args:
        code: The city's.
        to: The server's name.
        hold: Seconds within which writing is let go again, moved or not.
        wait: How to wait until every process has heard of the new place.

    Raises:
        NotFoundError: There is no such city or server.
        ConflictError: It is there already, is not in service, or is being moved by somebody else.
        HoldExceededError: It took longer than announced; the city is where it was.
    """
    placement.address_of(to)
    with _alone(code):
        before, tenant = _announce(code, to, hold)
        began = time.monotonic()
        try:
            rows = _carry(tenant, to, before, Deadline(began + hold))
        except BaseException as error:
            _let_go(tenant, before)
            if _ran_out(error):
                raise HoldExceededError(transfer.TOO_LONG) from error
            raise
        registry.forget()
        moved = Moved(rows, round(time.monotonic() - began, 2))
        # Until then other processes read the old rows; nothing can be written there any more.
        wait(registry.REMEMBERED + 1)
        _put_aside(tenant)
    return moved


def forget(code: str) -> list[str]:
    """Remove what moves of a city left behind on other servers; the names of those servers."""
    tenant = registry.get_tenant(code)
    kept = KEPT.format(schema=tenant.schema)
    done = []
    for name in placement.list_servers():
        doomed = {kept} if name == tenant.server else {kept, tenant.schema}
        with connections.admin_engine(name).begin() as connection:
            known = connection.scalars(
                text("SELECT nspname FROM pg_namespace WHERE nspname = ANY(:names)"), {"names": sorted(doomed)}
            ).all()
            if not known:
                continue
            run(connection, "DROP SCHEMA IF EXISTS {kept} CASCADE", kept=sql.Identifier(kept))
            if name != tenant.server:
                ground.take_away(connection, tenant.schema)
            done.append(name)
    return done


def _ran_out(error: BaseException) -> bool:
    """Whether the database ended a statement because its time was over."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(cause, (errors.QueryCanceled, errors.LockNotAvailable))


@contextmanager
def _alone(code: str) -> Iterator[None]:
    """Let one process at a time move a city."""
    with connections.admin_engine().connect() as connection:
        key = {"key": f"fengqiao.move {code}"}
        if not connection.scalar(text("SELECT pg_try_advisory_lock(hashtext(:key))"), key):
            raise ConflictError("这个城市正在迁移，请等它结束。")
        connection.commit()
        yield


def _announce(code: str, to: str, hold: int) -> tuple[str, TenantRef]:
    """Say in the registry that the city moves, then hold its writing; the state it was in, and the city."""
    with registry.platform_session() as session:
        city = session.scalar(select(Tenant).where(Tenant.code == code).with_for_update())
        if city is None:
            registry.get_tenant(code)
        assert city is not None
        before = city.state if city.state != "moving" else _state_before(session.connection(), city)
        if city.server == to or before not in MOVABLE:
            raise ConflictError("这个城市已经在那台服务器上，或者没有在服务中，不能迁移。")
        city.state, city.held_until = "moving", clock.now() + timedelta(seconds=hold)
        detail = {"from": city.server, "to": to, "before": before, "hold": hold}
        session.add(PlatformEvent(action=BEGAN, tenant_id=city.id, actor_name="system", detail=detail))
        session.flush()
        tenant = registry.reference(city)
    registry.forget()
    with connections.admin_engine(tenant.server).begin() as connection:
        roles.hold_city(connection, tenant.schema)
    return before, tenant


def _state_before(connection: Connection, city: Tenant) -> str:
    """The state in which a move began that was interrupted."""
    began = (PlatformEvent.tenant_id == city.id) & (PlatformEvent.action == BEGAN)
    events = select(PlatformEvent.detail).where(began).order_by(PlatformEvent.recorded_at.desc()).limit(1)
    return str((connection.scalar(events) or {}).get("before", "active"))


def _carry(tenant: TenantRef, to: str, before: str, deadline: Deadline) -> int:
    """Copy, then commit in the order in which a failure between two commits does no harm.

    The new server first: should the registry not follow, what is there is taken away when the move begins anew. The
    registry next. The old server's queue last: a job that is in both has its effect once, by its run's id.
    """
    with ExitStack() as stack:
        closing = stack.enter_context(connections.admin_engine(tenant.server).begin())
        with ExitStack() as copying:
            source = copying.enter_context(_reading(tenant, deadline))
            target = copying.enter_context(connections.admin_engine(to).begin())
            deadline.impose(target)
            shape = _prepare(target, tenant)
            rows = transfer.carry(source, target, tenant.schema, deadline)
            tables.restore_shape(target, tenant.schema, shape)
            deadline.impose(closing)
            transfer.follow(closing, target, tenant.schema)
            _open(target, closing, tenant, before, to)
        waiting.remove_jobs(closing, tenant.schema)
        _switch(tenant, to, before)
    return rows


@contextmanager
def _reading(tenant: TenantRef, deadline: Deadline) -> Iterator[Connection]:
    """The old place as of one moment after the last writer; who only reads is not kept waiting."""
    with connections.admin_engine(tenant.server).connect() as connection:
        source = connection.execution_options(isolation_level="REPEATABLE READ")
        with source.begin():
            deadline.impose(source)
            tables.lock(source, tenant.schema, "share", leave=transfer.STILL_WRITTEN)
            yield source


def _prepare(target: Connection, tenant: TenantRef) -> list[str]:
    assert tenant.version is not None
    ground.take_away(target, tenant.schema)
    ground.lay(target, tenant.schema, tenant.version)
    return tables.strip(target, tenant.schema)


def _open(target: Connection, closing: Connection, tenant: TenantRef, before: str, to: str) -> None:
    """Give the login its rights in the new place, bring the waiting jobs, and write down what was done."""
    assert tenant.version is not None
    ground.finish(target, tenant)
    roles.apply_limits(target, tenant.schema, tenant.limits)
    if before == "read_only":
        roles.hold_city(target, tenant.schema)
    waiting.add_jobs(target, tenant.schema, waiting.list_jobs(closing, tenant.schema))
    journal.note_in_city(target, tenant, DataAudit.MOVED, {"from": tenant.server, "to": to})
    tables.analyze(target, tenant.schema)


def _switch(tenant: TenantRef, to: str, before: str) -> None:
    with registry.platform_session() as session:
        session.execute(update(Tenant).where(Tenant.id == tenant.id).values(server=to, state=before, held_until=None))
        detail = {"from": tenant.server, "to": to}
        session.add(PlatformEvent(action=DataAudit.MOVED, tenant_id=tenant.id, actor_name="system", detail=detail))


def _let_go(tenant: TenantRef, before: str) -> None:
    """After a failure: everything as it was, unless the registry already names the new place."""
    registry.forget()
    if registry.get_tenant(tenant.code).server != tenant.server:
        return
    with connections.admin_engine(tenant.server).begin() as connection:
        roles.release_city(connection, tenant.schema)
        if before == "read_only":
            roles.hold_city(connection, tenant.schema)
    with registry.platform_session() as session:
        session.execute(update(Tenant).where(Tenant.id == tenant.id).values(state=before, held_until=None))
    registry.forget()


def _put_aside(tenant: TenantRef) -> None:
    """Close the old place and keep its rows under another name."""
    kept = KEPT.format(schema=tenant.schema)
    with connections.admin_engine(tenant.server).begin() as connection:
        ground.disconnect(connection, tenant.schema)
        waiting.remove_jobs(connection, tenant.schema)
        run(connection, "DROP SCHEMA IF EXISTS {kept} CASCADE", kept=sql.Identifier(kept))
        run(
            connection,
            "ALTER SCHEMA {schema} RENAME TO {kept}",
            schema=sql.Identifier(tenant.schema),
            kept=sql.Identifier(kept),
        )
