"""The entries of a register as objects that an inspection may draw."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from saas.db.session import db
from saas.inspections.sources import Asked, Drawable
from saas.registers import catalogue
from saas.registers.models import RegisterEntry


def active_entries(asked: Asked) -> Sequence[Drawable]:
    """The active entries of a register that units at or below the plan's keep, within the planner's reach."""
    register = catalogue.find(asked.name).register
    query = (
        select(RegisterEntry)
        .where(
            RegisterEntry.register == register.key,
            RegisterEntry.status == register.active,
            RegisterEntry.unit_path.startswith(asked.path, autoescape=True),
        )
        .options(joinedload(RegisterEntry.unit))
        .order_by(RegisterEntry.name, RegisterEntry.id)
    )
    return [
        Drawable(str(entry.id), entry.name, entry.unit_path, entry.unit.name)
        for entry in db.session.scalars(query)
        if asked.by.may_at(asked.permission, entry.unit_path)
    ]
