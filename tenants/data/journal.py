"""Writing down what was done to a city's data: in the city's own record, and in the platform's."""

import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from saas.audit import services as audit
from saas.db.session import TenantRef
from saas.errors import UnavailableError
from saas.identity.actor import SYSTEM
from saas.oversight import anchoring
from tenants import registry
from tenants.context import lent
from tenants.models import PlatformEvent

log = logging.getLogger(__name__)
Detail = Mapping[str, Any]


def note_in_city(connection: Connection, tenant: TenantRef, action: str, detail: Detail) -> None:
    """Add to the city's record, in the connection's transaction."""
    with lent(connection, tenant):
        audit.record(action, ("tenant", tenant.id), by=SYSTEM, detail=detail, high=True)


def anchor_restore(connection: Connection, tenant: TenantRef) -> None:
    """Put down outside the database that the city came back from a backup, so that later seals ended on purpose.

    Where that cannot be written now, the city is restored all the same, and its next verification names the seals
    that the backup lacks.
    """
    with lent(connection, tenant):
        try:
            anchoring.tell_of_restore()
        except UnavailableError as error:
            log.warning("the restore of %s could not be anchored: %s", tenant.code, type(error).__name__)


def note_on_platform(action: str, tenant_id: UUID | None, detail: Detail, by: str = "system") -> None:
    """Add to the platform's record, in a transaction of its own."""
    with registry.platform_session() as session:
        session.add(PlatformEvent(action=action, tenant_id=tenant_id, actor_name=by, detail=dict(detail)))
