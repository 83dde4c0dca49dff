"""A city's keys over time: a new data key, and all keys wrapped under a new master key."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import current_app
from psycopg import sql
from sqlalchemy import Connection, func, select, text, update

from saas.audit import services as audit
from saas.config import current_config
from saas.crypto import renewing, rings
from saas.crypto.actions import KeyAudit
from saas.crypto.master import master_of
from saas.crypto.models import DataKey
from saas.crypto.rings import Ring
from saas.db.session import TenantRef, bind_tenant, db
from saas.errors import ConflictError
from saas.files import store
from saas.identity.actor import SYSTEM
from tenants import connections, registry
from tenants.statements import run

FIRST = UUID(int=0)


@dataclass(frozen=True)
class Rotated:
    """What a rotation did: the version in use since, and how many values and files were sealed anew."""

    version: int
    values: int
    files: int


def rotate(code: str, wait: Callable[[float], None] = time.sleep) -> Rotated:
    """Give a city a new data key and seal everything under it, while the city goes on; what was broken off goes on.

    The old key opens what lies under it until nothing does, and is kept retired after that.

    Args:
        code: The city's.
        wait: How to wait until every process has heard of the new key.

    Raises:
        NotFoundError: There is no such city.
        ConflictError: The city is not in service.
        SealBrokenError: A value cannot be opened; nothing of it was changed.
    """
    tenant = registry.get_tenant(code)
    if not tenant.takes_entries:
        raise ConflictError("这个城市没有在服务中，请恢复服务后再更换密钥。")
    ring = _begin(tenant)
    values = _renew_values(tenant, ring)
    # Until then a process may still seal under the key it knew.
    wait(rings.FRESH + 1)
    values += _renew_values(tenant, ring)
    with rings.lend(ring):
        files = store.renew(tenant.id)
    _finish(tenant, ring, values, files)
    rings.forget()
    return Rotated(ring.newest, values, files)


def rewrap() -> list[str]:
    """Wrap every city's keys under the master key in use; the codes of the cities whose keys were under another.

    Raises:
        SealBrokenError: A key was wrapped under neither the master key in use nor the one before it.
    """
    return [tenant.code for tenant in registry.list_tenants() if _rewrap_city(tenant)]


def _begin(tenant: TenantRef) -> Ring:
    """The keys with the new one, made now, or by an earlier rotation that did not come to its end."""
    with connections.admin_engine(tenant.server).begin() as connection:
        _enter(connection, tenant)
        connection.execute(text("LOCK TABLE data_key IN SHARE ROW EXCLUSIVE MODE"))
        open_ = connection.scalars(select(DataKey.version).where(DataKey.retired_at.is_(None))).all()
        if len(set(open_) - {rings.INDEX}) == 1:
            suite = master_of(current_config()).suite
            rings.add(connection, tenant.origin_id, max(open_) + 1, os.urandom(suite.key_bytes))
            _note(connection, tenant, KeyAudit.ROTATION_BEGAN, {"version": str(max(open_) + 1)})
        return rings.read(connection, tenant.origin_id)


def _renew_values(tenant: TenantRef, ring: Ring) -> int:
    """Seal every column anew, each batch in a transaction of its own; how many values lay under an older key."""
    engine = connections.admin_engine(tenant.server)
    with engine.begin() as connection:
        _enter(connection, tenant)
        count = renewing.count_old(connection, ring)
    for place in renewing.list_places():
        after: UUID | None = FIRST
        while after is not None:
            with engine.begin() as connection:
                _enter(connection, tenant)
                after = renewing.renew_batch(connection, ring, place, after)
    return count


def _finish(tenant: TenantRef, ring: Ring, values: int, files: int) -> None:
    older = DataKey.version.not_in([rings.INDEX, ring.newest]) & DataKey.retired_at.is_(None)
    with connections.admin_engine(tenant.server).begin() as connection:
        _enter(connection, tenant)
        if not renewing.count_old(connection, ring):
            connection.execute(update(DataKey).where(older).values(retired_at=func.clock_timestamp()))
        detail = {"version": str(ring.newest), "rows": values, "total": files}
        _note(connection, tenant, KeyAudit.ROTATED, detail)


def _rewrap_city(tenant: TenantRef) -> bool:
    master = master_of(current_config())
    with connections.admin_engine(tenant.server).begin() as connection:
        _enter(connection, tenant)
        rows = connection.execute(select(DataKey.version, DataKey.wrapped).with_for_update()).all()
        old = [row for row in rows if not master.is_current(row.wrapped)]
        for row in old:
            key = master.unwrap(row.wrapped, tenant.origin_id, row.version)
            wrapped = master.wrap(key, tenant.origin_id, row.version)
            connection.execute(update(DataKey).where(DataKey.version == row.version).values(wrapped=wrapped))
        if old:
            _note(connection, tenant, KeyAudit.REWRAPPED, {"total": len(old)})
    return bool(old)


def _enter(connection: Connection, tenant: TenantRef) -> None:
    run(connection, "SET LOCAL search_path = {schema}, queue", schema=sql.Identifier(tenant.schema))


def _note(connection: Connection, tenant: TenantRef, action: str, detail: dict[str, object]) -> None:
    with current_app.app_context():
        bind_tenant(tenant, connection)
        audit.record(action, ("tenant", tenant.id), by=SYSTEM, detail=detail)
        db.session.flush()
