"""Entries as answers to questions of cases and of other registers: what can be chosen, and what a choice is called."""

import re
from uuid import UUID

from sqlalchemy import func, literal, select

from saas.db.session import db
from saas.registers import queries
from saas.registers.catalogue import find
from saas.registers.models import RegisterEntry

_LAST = "[^/]+/$"


def options(key: str, unit_path: str, *, public_only: bool) -> list[tuple[str, str]]:
    """The active entries of a register that can be chosen at a unit, by name.

    They are those kept in the unit's own area, above it or below it; without a unit those of the whole city. For
    citizens there are only registers that everybody may read.
    """
    register = find(key).register
    if public_only and not register.public:
        return []
    query = select(RegisterEntry.id, RegisterEntry.name).where(
        RegisterEntry.register == key, RegisterEntry.status == register.active
    )
    if unit_path:
        here = literal(re.sub(_LAST, "", unit_path))
        kept = func.regexp_replace(RegisterEntry.unit_path, _LAST, "")
        query = query.where(func.starts_with(here, kept) | func.starts_with(kept, here))
    rows = db.session.execute(query.order_by(RegisterEntry.name, RegisterEntry.id))
    return [(str(row.id), row.name) for row in rows]


def name(entry_id: str) -> str | None:
    """What an entry is called now; None where there is none of that id."""
    try:
        found = UUID(entry_id)
    except ValueError:
        return None
    return queries.names_of([found]).get(found)
