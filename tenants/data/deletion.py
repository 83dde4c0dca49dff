"""Ending a city: asked for by one operator, confirmed by another after a waiting period, proven by a certificate."""

from sqlalchemy import delete

from saas.db.session import TenantRef
from saas.files import store
from tenants import connections, placement, registry
from tenants.data import ground
from tenants.models import PlatformEvent, Tenant


def erase(tenant: TenantRef) -> None:
    """Remove a city from its server, from the store and from the registry; may be called again after a failure."""
    with connections.admin_engine(tenant.server).begin() as connection:
        ground.disconnect(connection, tenant.schema)
    store.remove_all(tenant.id)
    if tenant.server != placement.MAIN:
        with connections.admin_engine(tenant.server).begin() as connection:
            ground.take_away(connection, tenant.schema)
    with connections.admin_engine().begin() as connection:
        ground.take_away(connection, tenant.schema)
        connection.execute(delete(PlatformEvent).where(PlatformEvent.tenant_id == tenant.id))
        connection.execute(delete(Tenant).where(Tenant.id == tenant.id))
    connections.dispose()
    registry.forget()
