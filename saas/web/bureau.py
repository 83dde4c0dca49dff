"""The name at the top of a city's pages: its own bureau's, asked for once in a while."""

import time

from sqlalchemy import func, select

from saas.db.session import TenantRef, db
from saas.organisation.models import Unit

SECONDS_KNOWN = 60.0

_known: dict[str, tuple[float, str]] = {}


def bureau_name(tenant: TenantRef) -> str:
    """The name of the body that answers for the whole city; the city's own name before there is one."""
    until, name = _known.get(tenant.schema, (0.0, ""))
    if until < time.monotonic():
        name = _find() or tenant.name
        # A city that is gone, or closed for long, is forgotten too.
        for stale in [schema for schema, (end, _) in _known.items() if end < time.monotonic() - SECONDS_KNOWN]:
            _known.pop(stale, None)
        _known[tenant.schema] = (time.monotonic() + SECONDS_KNOWN, name)
    return name


def remembered_name(tenant: TenantRef) -> str:
    """The name as last known, without asking the database."""
    return _known.get(tenant.schema, (0.0, tenant.name))[1]


def _find() -> str | None:
    root = select(Unit.path).where(Unit.parent_id.is_(None), Unit.kind == "area").scalar_subquery()
    bodies = select(Unit.name).where(Unit.kind == "body", Unit.active, Unit.scope == root)
    return db.session.scalar(bodies.order_by(func.length(Unit.path), Unit.code).limit(1))
