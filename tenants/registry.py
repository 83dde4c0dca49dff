"""Which cities there are: looked up by host or code, remembered for seconds so that a request asks nothing."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from flask import Flask, current_app
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from saas.db.session import Limits, TenantRef, db
from saas.errors import InvalidInputError, NotFoundError
from tenants.models import Operator, Tenant, TenantHost

REMEMBERED = 10.0  # seconds; a change of a city is seen everywhere after this
LARGEST_MEMORY = 4096  # entries; strangers can invent hosts, so the memory is bounded


@dataclass
class Memory:
    """What was found lately, absent cities included."""

    found: dict[str, tuple[float, TenantRef | None]] = field(default_factory=dict)

    def get(self, key: str, look: Callable[[], TenantRef | None]) -> TenantRef | None:
        """The remembered answer, or a fresh one."""
        now = time.monotonic()
        known = self.found.get(key)
        if known is not None and known[0] > now:
            return known[1]
        if len(self.found) >= LARGEST_MEMORY:
            self.found.clear()
        # A city that has ended must not lie in memory for good.
        for stale in [name for name, (until, _) in list(self.found.items()) if until <= now]:
            self.found.pop(stale, None)
        answer = look()
        self.found[key] = (now + REMEMBERED, answer)
        return answer


def init_app(app: Flask) -> None:
    """Give the application its memory of cities."""
    app.extensions["fengqiao.tenants"] = Memory()


@contextmanager
def platform_session() -> Iterator[Session]:
    """A session on the platform's own tables, committed at the end unless something is raised."""
    with Session(db.engine) as session, session.begin():
        yield session


def find_by_host(host: str) -> TenantRef | None:
    """The city served at a host (lower case, without port), remembered for ten seconds."""
    query = select(Tenant).join(TenantHost).where(TenantHost.host == host)
    return _memory().get(f"host {host}", lambda: _find(query))


def find_by_schema(schema: str) -> TenantRef | None:
    """The city whose rows are in a schema, remembered for ten seconds."""
    return _memory().get(f"schema {schema}", lambda: _find(select(Tenant).where(Tenant.schema == schema)))


def get_tenant(code: str) -> TenantRef:
    """The city with this code.

    Raises:
        NotFoundError: There is none.
    """
    found = _find(select(Tenant).where(Tenant.code == code))
    if found is None:
        raise NotFoundError(f"没有代码为“{code}”的城市。")
    return found


def list_tenants() -> list[TenantRef]:
    """Every city by code."""
    with platform_session() as session:
        return [reference(tenant) for tenant in session.scalars(select(Tenant).order_by(Tenant.code))]


def list_operators() -> list[str]:
    """The account names of those who run the deployment."""
    with platform_session() as session:
        return list(session.scalars(select(Operator.username).where(Operator.active).order_by(Operator.username)))


def check_operator(username: str) -> None:
    """Refuse an account that nobody who runs the deployment has.

    Raises:
        InvalidInputError: Nobody of this name is an operator.
    """
    with platform_session() as session:
        known = session.scalar(select(Operator.id).where(Operator.username == username, Operator.active))
    if known is None:
        raise InvalidInputError({"by": f"没有名为“{username}”的运维人员，请填写运维人员的账号。"})


def list_hosts() -> dict[str, str]:
    """The primary host of every city that has one, by the city's code."""
    with platform_session() as session:
        tenants = session.scalars(select(Tenant).options(selectinload(Tenant.hosts)))
        return {tenant.code: host.host for tenant in tenants for host in tenant.hosts if host.is_primary}


def list_versions() -> dict[str, str | None]:
    """The revision of every city's tables, by the city's code."""
    with platform_session() as session:
        return {row.code: row.version for row in session.execute(select(Tenant.code, Tenant.version))}


def forget() -> None:
    """Drop what is remembered in this process, after a change made here."""
    _memory().found.clear()


def reference(tenant: Tenant) -> TenantRef:
    """What the rest of the application may know of a city's row."""
    return TenantRef(
        id=tenant.id,
        code=tenant.code,
        name=tenant.name,
        division=tenant.division,
        schema=tenant.schema,
        state=tenant.state,
        demo=tenant.demo,
        origin_id=tenant.origin_id,
        server=tenant.server,
        held_until=tenant.held_until,
        version=tenant.version,
        notice=tenant.notice,
        limits=Limits(**tenant.quotas),
    )


def _find(query: Select[Tenant]) -> TenantRef | None:
    with platform_session() as session:
        tenant = session.scalar(query)
        if tenant is None or tenant.origin_id == tenant.id:
            return reference(tenant) if tenant else None
        origin = session.get(Tenant, tenant.origin_id)
        of = origin.name if origin else f"{tenant.name}（原城市已注销）"
        return replace(reference(tenant), copy_of=of, copied_at=tenant.created_at)


def _memory() -> Memory:
    memory: Memory = current_app.extensions["fengqiao.tenants"]
    return memory
