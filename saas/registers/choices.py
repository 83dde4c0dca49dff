"""Entries as answers to questions of cases and of other registers: what can be chosen, and what a choice is called."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from saas.registers import queries
from saas.registers.catalogue import find
from saas.registers.models import RegisterEntry


def options(key: str, unit_path: str, *, public_only: bool) -> list[tuple[str, str]]:
    """The active entries of a register that can be chosen at a unit, by name.

    For citizens there are only registers that everybody may read.
    """
    register = find(key).register
    if public_only and not register.public:
        return []
    return [(str(id_), title) for id_, title in queries.list_choices(register, unit_path)]


def name(entry_id: str) -> str | None:
    """What an entry is called now; None where there is none of that id."""
    try:
        found = UUID(entry_id)
    except ValueError:
        return None
    return queries.names_of([found]).get(found)


def told(chosen: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """What rules may go by of chosen entries, by the questions they answer; nothing of what lies sealed."""
    found = {str(row.id): _told(row) for row in queries.list_by_ids(map(UUID, chosen.values()))}
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
