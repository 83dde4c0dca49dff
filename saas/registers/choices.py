"""Entries as answers to questions of cases and of other registers: what can be chosen, and what a choice is called."""

import re
from collections.abc import Mapping
from typing import Any
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


def told(chosen: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """What rules may go by of chosen entries, by the questions they answer; nothing of what lies sealed."""
    rows = db.session.scalars(select(RegisterEntry).where(RegisterEntry.id.in_([UUID(id_) for id_ in chosen.values()])))
    found = {str(row.id): _told(row) for row in rows}
    return {question: found[id_] for question, id_ in chosen.items() if id_ in found}


def _told(row: RegisterEntry) -> dict[str, Any]:
    return {
        "name": row.name,
        "status": row.status,
        "active": row.status == find(row.register).register.active,
        "kind": row.kind,
        "expires_on": str(row.expires_on) if row.expires_on else None,
        "values": dict(row.values),
    }
