"""How an entry keeps its answers: open and sealed parts, what lists are drawn from, and a note of every change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from saas import clock
from saas.db.ids import new_id
from saas.db.session import db
from saas.fields.definition import FormDefinition
from saas.identity.actor import Actor
from saas.organisation.models import Unit
from saas.registers import catalogue
from saas.registers.actions import RegisterAudit
from saas.registers.declaration import Register
from saas.registers.models import RegisterChange, RegisterEntry


@dataclass(frozen=True)
class Kept:
    """Answers as an entry keeps them: open, sealed, and what lists and figures are drawn from."""

    values: dict[str, Any] = field(default_factory=dict)
    secret: dict[str, Any] = field(default_factory=dict)


def new(register: Register, values: Mapping[str, Any], unit: Unit, status: str) -> RegisterEntry:
    """An entry of checked values, kept by a unit."""
    now = clock.now()
    entry = RegisterEntry(
        id=new_id(),
        register=register.key,
        unit_id=unit.id,
        unit_path=unit.path,
        unit=unit,
        status=status,
        revision=0,
        created_at=now,
        changed_at=now,
    )
    keep(entry, register, values)
    return entry


def keep(entry: RegisterEntry, register: Register, values: Mapping[str, Any]) -> None:
    """Write the answers into an entry, and what lists and figures are drawn from."""
    kept = parted(catalogue.find(register.key).form, values)
    entry.values, entry.secret = kept.values, kept.secret
    entry.name = str(values[register.name_field])
    entry.kind = str(values[register.kind_field]) if register.kind_field and values.get(register.kind_field) else None
    entry.key_value = key_of(register, values)
    day = values.get(register.expires_field) if register.expires_field else None
    entry.expires_on = date.fromisoformat(day) if day else None


def key_of(register: Register, values: Mapping[str, Any]) -> str | None:
    """What the register's unique field says; None where it says nothing."""
    return str(values.get(register.key_field) or "") or None if register.key_field else None


def parted(form: FormDefinition, values: Mapping[str, Any]) -> Kept:
    """The answers that may lie open and those that are sealed; empty ones are not kept."""
    kept = Kept()
    for one in form.fields:
        value = values.get(one.id)
        if value not in (None, "", []):
            (kept.secret if catalogue.is_secret(one) else kept.values)[one.id] = value
    return kept


def write(
    entry: RegisterEntry, register: Register, values: Mapping[str, Any], action: RegisterAudit, *, by: Actor
) -> list[str]:
    """Write new answers; the ids of the fields that differ."""
    before = entry.answers
    keep(entry, register, values)
    after = entry.answers
    differing = {
        id_: [before.get(id_), after.get(id_)] for id_ in {**before, **after} if before.get(id_) != after.get(id_)
    }
    if differing:
        touch(entry)
        note(entry, action, by=by, fields=differing)
    return sorted(differing)


def touch(entry: RegisterEntry) -> None:
    """Note that an entry changed now: forms drawn before are out of date."""
    entry.revision += 1
    entry.changed_at = clock.now()


def note(
    entry: RegisterEntry,
    action: RegisterAudit,
    *,
    by: Actor,
    reason: str | None = None,
    fields: Mapping[str, Any] | None = None,
) -> None:
    """Keep what was done to an entry and how it stands after it."""
    made = RegisterChange(
        id=new_id(),
        entry_id=entry.id,
        seq=entry.revision,
        action=action,
        status=entry.status,
        kind=entry.kind,
        unit_path=entry.unit_path,
        reason=reason,
        by_id=by.id,
        by_name=by.name,
        made_at=clock.now(),
    )
    made.fields = dict(fields or {})
    db.session.add(made)
