"""Changing a city's entry, its rights and both records together: all of it, or nothing."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from saas.errors import NotFoundError
from tenants import connections, placement, registry
from tenants.data.journal import note_in_city
from tenants.lifecycle.actions import CityAudit
from tenants.models import PlatformEvent, Tenant


@dataclass
class Change:
    """A city while it is being changed.

    Attributes:
        row: Its entry, locked.
        session: The platform's session.
        city: The administrator's connection on the server of the city's tables.
        detail: What the records keep of the change.
    """

    row: Tenant
    session: Session
    city: Connection
    detail: dict[str, Any] = field(default_factory=dict)


@contextmanager
def changing(code: str, action: CityAudit, by: str = "system") -> Iterator[Change]:
    """A change that is committed at the end, together with what the city's and the platform's records say of it.

    The city's server is committed first: should the platform's not follow, doing the same again mends it.

    Args:
        code: The city's.
        action: What the records call it.
        by: Who does it, as the platform's record names operators.

    Raises:
        NotFoundError: There is no such city.
    """
    with ExitStack() as stack:
        main = stack.enter_context(connections.admin_engine().begin())
        session = stack.enter_context(Session(main))
        row = session.scalar(select(Tenant).where(Tenant.code == code).with_for_update())
        if row is None:
            raise NotFoundError(f"没有代码为“{code}”的城市。")
        elsewhere = row.server != placement.MAIN
        city = stack.enter_context(connections.admin_engine(row.server).begin()) if elsewhere else main
        change = Change(row, session, city)
        yield change
        session.add(PlatformEvent(action=action, tenant_id=row.id, actor_name=by, detail=change.detail))
        session.flush()
        note_in_city(city, registry.reference(row), action, change.detail | {"by": by})
    registry.forget()
