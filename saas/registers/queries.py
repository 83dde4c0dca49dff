"""Reading registers: one entry, lists inside the actor's units, counts, and what anybody may see."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, literal, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import joinedload

from saas import clock
from saas.db.session import db
from saas.errors import NotFoundError
from saas.identity.actor import Actor
from saas.identity.permissions import KernelPermission
from saas.registers import access
from saas.registers.catalogue import Declared
from saas.registers.declaration import Register
from saas.registers.models import RegisterChange, RegisterEntry

Entries = Select[RegisterEntry]
_LAST = "[^/]+/$"


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; empty values do not narrow. ``due`` is ``soon`` or ``over``."""

    text: str = ""
    status: str = ""
    kind: str = ""
    due: str = ""


@dataclass(frozen=True)
class Counts:
    """How many entries a register has in the reader's units, how many are active, and how many of these run out."""

    total: int
    active: int
    soon: int


def get_entry(entry_id: UUID, register: Register, actor: Actor, *, for_update: bool = False) -> RegisterEntry:
    """An entry within the actor's reach, with its unit.

    Raises:
        NotFoundError: there is none where the actor may look.
    """
    query = select(RegisterEntry).where(RegisterEntry.id == entry_id, access.reach(actor, register))
    query = query.options(joinedload(RegisterEntry.unit))
    if for_update:
        query = query.with_for_update(of=RegisterEntry).execution_options(populate_existing=True)
    entry = db.session.scalars(query).one_or_none()
    if entry is None:
        raise NotFoundError
    return entry


def find_by_key(register: Register, value: str) -> RegisterEntry | None:
    """The entry of a register that has this value in its unique field, wherever it is kept."""
    query = select(RegisterEntry).where(RegisterEntry.register == register.key, RegisterEntry.key_value == value)
    return db.session.scalars(query).one_or_none()


def by_keys(register: Register, values: Sequence[str]) -> dict[str, RegisterEntry]:
    """The entries that have one of these values in their unique field, by it; locked."""
    query = select(RegisterEntry).where(RegisterEntry.register == register.key, RegisterEntry.key_value.in_(values))
    return {str(entry.key_value): entry for entry in db.session.scalars(query.with_for_update(of=RegisterEntry))}


def entries_of(actor: Actor, register: Register, wanted: Wanted, today: date) -> Entries:
    """The entries of a register in the actor's units, by name."""
    conditions = [access.reach(actor, register), *_conditions(register, wanted, today)]
    query = select(RegisterEntry).where(*conditions).options(joinedload(RegisterEntry.unit))
    return query.order_by(RegisterEntry.name, RegisterEntry.id)


def entries_to_export(actor: Actor, register: Register, wanted: Wanted, today: date) -> Entries:
    """Of these the ones that lie where the actor may take lists out."""
    return entries_of(actor, register, wanted, today).where(access.counted(actor, KernelPermission.CASE_EXPORT))


def public_entries(register: Register, wanted: Wanted) -> Entries:
    """The active entries of a register in the whole city, by name; narrowed by name and kind only."""
    query = select(RegisterEntry).where(_is_active(register))
    if wanted.text:
        query = query.where(RegisterEntry.name.contains(wanted.text, autoescape=True))
    if wanted.kind:
        query = query.where(RegisterEntry.kind == wanted.kind)
    return query.order_by(RegisterEntry.name, RegisterEntry.id)


def count(query: Entries) -> int:
    """How many entries a list has in all."""
    ids = query.with_only_columns(RegisterEntry.id, maintain_column_froms=True).order_by(None)
    return db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def list_entries(query: Entries, *, offset: int, limit: int) -> Sequence[RegisterEntry]:
    """A page of a list."""
    return db.session.scalars(query.offset(offset).limit(limit)).all()


def counts_of(actor: Actor, declared: Sequence[Declared], today: date) -> dict[str, Counts]:
    """The figures of registers in the actor's units, by key; one statement."""
    found = {one.register.key: Counts(0, 0, 0) for one in declared}
    if not declared:
        return found
    active = or_(*(_is_active(one.register) for one in declared))
    soon = or_(*(_is_active(one.register) & _is_soon(one.register, today) for one in declared))
    query = select(RegisterEntry.register, func.count(), func.count().filter(active), func.count().filter(soon)).where(
        or_(*(access.reach(actor, one.register) for one in declared))
    )
    for key, total, in_force, ending in db.session.execute(query.group_by(RegisterEntry.register)):
        found[key] = Counts(total, in_force, ending)
    return found


def names_of(ids: Sequence[UUID]) -> dict[UUID, str]:
    """The names of entries, whatever became of them."""
    query = select(RegisterEntry.id, RegisterEntry.name).where(RegisterEntry.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(query)}


def list_choices(register: Register, unit_path: str) -> list[tuple[UUID, str]]:
    """The active entries that can be chosen at a unit, as id and name, by name.

    They are those kept in the unit's own area, above it or below it; without a unit those of the whole city.
    """
    query = select(RegisterEntry.id, RegisterEntry.name).where(
        RegisterEntry.register == register.key, _is_active(register)
    )
    if unit_path:
        here = literal(re.sub(_LAST, "", unit_path))
        kept = func.regexp_replace(RegisterEntry.unit_path, _LAST, "")
        query = query.where(func.starts_with(here, kept) | func.starts_with(kept, here))
    rows = db.session.execute(query.order_by(RegisterEntry.name, RegisterEntry.id))
    return [(row.id, row.name) for row in rows]


def list_by_ids(ids: Iterable[UUID]) -> Sequence[RegisterEntry]:
    """The entries of these ids, whatever their register and status."""
    return db.session.scalars(select(RegisterEntry).where(RegisterEntry.id.in_(list(ids)))).all()


def list_active(register: Register, path: str, scopes: Sequence[str]) -> Sequence[RegisterEntry]:
    """The active entries at or below a unit and inside one of these paths, with their units, by name."""
    inside = RegisterEntry.unit_path.startswith(path, autoescape=True)
    query = select(RegisterEntry).where(RegisterEntry.register == register.key, _is_active(register), inside)
    query = query.where(under(scopes)).options(joinedload(RegisterEntry.unit))
    return db.session.scalars(query.order_by(RegisterEntry.name, RegisterEntry.id)).all()


def ids_by_name(register: Register) -> dict[str, str]:
    """The ids of a register's entries by name, whatever their status."""
    query = select(RegisterEntry.name, RegisterEntry.id).where(RegisterEntry.register == register.key)
    return {row.name: str(row.id) for row in db.session.execute(query.order_by(RegisterEntry.id))}


def under(paths: Sequence[str]) -> ColumnElement[bool]:
    """A condition on entries: they are kept at or under one of the paths."""
    return or_(false(), *(RegisterEntry.unit_path.startswith(path, autoescape=True) for path in paths))


def count_on(
    key: str, day: date, within: ColumnElement[bool], *, kinds: Sequence[str] = (), statuses: Sequence[str] = ()
) -> int:
    """How many entries a register had at the end of a day.

    Args:
        key: The register's.
        day: The day.
        within: A condition on the entries that are counted.
        kinds: Of which kinds; of any when none is named.
        statuses: In which statuses; in any when none is named.
    """
    beyond = datetime.combine(day + timedelta(days=1), time.min, clock.ZONE)
    stood = select(RegisterChange.status, RegisterChange.kind).ext(distinct_on(RegisterChange.entry_id))
    stood = stood.join(RegisterChange.entry).where(
        RegisterEntry.register == key, RegisterChange.made_at < beyond, within
    )
    then = stood.order_by(RegisterChange.entry_id, RegisterChange.seq.desc()).subquery()
    query = select(func.count()).select_from(then)
    if kinds:
        query = query.where(then.c.kind.in_(kinds))
    if statuses:
        query = query.where(then.c.status.in_(statuses))
    return db.session.scalar(query) or 0


def lock_ending(register: Register, today: date, most: int) -> Sequence[RegisterEntry]:
    """Active entries that run out soon, of whose day nobody was told yet."""
    query = (
        select(RegisterEntry)
        .where(RegisterEntry.register == register.key, _is_active(register), _is_soon(register, today))
        .where(RegisterEntry.warned_for.is_distinct_from(RegisterEntry.expires_on))
        .order_by(RegisterEntry.expires_on, RegisterEntry.id)
        .limit(most)
        .with_for_update(skip_locked=True, of=RegisterEntry)
    )
    return db.session.scalars(query).all()


def _is_active(register: Register) -> ColumnElement[bool]:
    return (RegisterEntry.register == register.key) & (RegisterEntry.status == register.active)


def _is_soon(register: Register, today: date) -> ColumnElement[bool]:
    """It runs out within the days of warning, or has."""
    return RegisterEntry.expires_on <= today + timedelta(days=register.warn_days)


def _conditions(register: Register, wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.text:
        text = [RegisterEntry.name.contains(wanted.text, autoescape=True)]
        found.append(or_(*text, RegisterEntry.key_value == wanted.text))
    if wanted.status:
        found.append(RegisterEntry.status == wanted.status)
    if wanted.kind:
        found.append(RegisterEntry.kind == wanted.kind)
    if wanted.due:
        found.append(RegisterEntry.expires_on < today if wanted.due == "over" else _is_soon(register, today))
    return found
