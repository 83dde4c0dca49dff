"""Writing down what was done to a city's data: in the city's own record, and in the platform's."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import current_app
from psycopg import sql
from sqlalchemy import Connection

from saas.audit import services as audit
from saas.db.session import TenantRef, bind_tenant, db
from saas.identity.actor import SYSTEM
from tenants import registry
from tenants.models import PlatformEvent
from tenants.statements import run

Detail = Mapping[str, Any]


def note_in_city(connection: Connection, tenant: TenantRef, action: str, detail: Detail) -> None:
    """Add to the city's record, in the connection's transaction."""
    run(connection, "SET LOCAL search_path = {schema}, queue", schema=sql.Identifier(tenant.schema))
    with current_app.app_context():
        bind_tenant(tenant, connection)
        audit.record(action, ("tenant", tenant.id), by=SYSTEM, detail=detail)
        db.session.flush()


def note_on_platform(action: str, tenant_id: UUID | None, detail: Detail, by: str = "system") -> None:
    """Add to the platform's record, in a transaction of its own."""
    with registry.platform_session() as session:
        session.add(PlatformEvent(action=action, tenant_id=tenant_id, actor_name=by, detail=dict(detail)))
