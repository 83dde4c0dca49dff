"""Entries of registers as what inspections draw from."""

from collections.abc import Sequence

from sqlalchemy import false, or_, select
from sqlalchemy.orm import joinedload

from saas.db.session import db
from saas.inspections.sources import Asked, Drawable
from saas.registers.catalogue import find
from saas.registers.models import RegisterEntry


def active_entries(asked: Asked) -> Sequence[Drawable]:
    """The active entries of a register under a unit, where the planner may plan; by name."""
    register = find(asked.name).register
    scopes = asked.by.scopes(asked.permission)
    query = (
        select(RegisterEntry)
        .where(
            RegisterEntry.register == register.key,
            RegisterEntry.status == register.active,
            RegisterEntry.unit_path.startswith(asked.path, autoescape=True),
            or_(false(), *(RegisterEntry.unit_path.startswith(scope, autoescape=True) for scope in scopes)),
        )
        .options(joinedload(RegisterEntry.unit))
        .order_by(RegisterEntry.name, RegisterEntry.id)
    )
    return [
        Drawable(str(entry.id), entry.name, entry.unit_path, entry.unit.name) for entry in db.session.scalars(query)
    ]
