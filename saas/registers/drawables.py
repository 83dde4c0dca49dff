"""Entries of registers as what inspections draw from."""

from collections.abc import Sequence

from saas.inspections.sources import Asked, Drawable
from saas.registers import queries
from saas.registers.catalogue import find


def active_entries(asked: Asked) -> Sequence[Drawable]:
    """The active entries of a register under a unit, where the planner may plan; by name."""
    register = find(asked.name).register
    scopes = asked.by.scopes(asked.permission)
    found = queries.list_active(register, asked.path, scopes)
    return [Drawable(str(entry.id), entry.name, entry.unit_path, entry.unit.name) for entry in found]
