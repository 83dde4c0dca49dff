"""What was read of a city's configuration, kept by the process for as long as the city's stamp stays the same."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, cast
from uuid import UUID

from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.sql.dml import UpdateBase

from saas.db.session import TenantSession, current_tenant, db

Read = TypeVar("Read")

WATCHED = frozenset(
    {
        *("app_user", "calendar_day", "calendar_year", "code_item", "document_design", "person"),
        *("process_version", "role_grant", "setting_value", "unit"),
    }
)
"""The tables whose changes put a new stamp on the configuration; the database's triggers stand on the same ones."""

MOST_CITIES = 200
MOST_VALUES = 2000  # of one city; areas and bodies are asked for one by one

EXTENSION = "fengqiao.remembered"
_STAMP = "fengqiao.config_stamp"
_OWN = "fengqiao.config_read"
_WROTE = "fengqiao.config_written"
_MISSING = object()


@dataclass(frozen=True)
class Kept:
    """What was read under one stamp."""

    stamp: UUID
    values: dict[str, object] = field(default_factory=dict)


def begin(stamp: UUID | None) -> None:
    """Tell the session the stamp it found; without one it keeps what it reads to itself."""
    db.session.info[_STAMP] = stamp


def remembered(name: str, read: Callable[[], Read]) -> Read:
    """A part of the configuration: as it was read before under the same stamp, else as it is read now.

    The value is shared by threads and must not be changed; rows of a session have no place in it.
    """
    values = _values()
    found = values.get(name, _MISSING)
    if found is _MISSING:
        found = read()
        if len(values) >= MOST_VALUES:
            values.clear()
        values[name] = found
    return cast("Read", found)


def _values() -> dict[str, object]:
    session = db.session()
    if _touches(session):
        _note(session)
    stamp: UUID | None = session.info.get(_STAMP)
    if stamp is None or session.info.get(_WROTE):
        # What a transaction changed is its own until it is committed.
        own: dict[str, object] = session.info.setdefault(_OWN, {})
        return own
    return _kept(stamp).values


def _kept(stamp: UUID) -> Kept:
    cities: OrderedDict[str, Kept] = current_app.extensions.setdefault(EXTENSION, OrderedDict())
    tenant = current_tenant()
    name = f"{tenant.schema} {tenant.server}"
    kept = cities.get(name)
    if kept is None or kept.stamp != stamp:
        kept = cities[name] = Kept(stamp)
    if len(cities) > MOST_CITIES:
        cities.popitem(last=False)
    return kept


def _touches(session: Session) -> bool:
    changed = (*session.new, *session.dirty, *session.deleted)
    return any(row.__tablename__ in WATCHED for row in changed)


def _note(session: Session) -> None:
    session.info[_WROTE] = True
    session.info.pop(_OWN, None)


@event.listens_for(TenantSession, "after_flush")
def _flushed(session: Session, _context: object) -> None:
    """From here on the session's own rows are what it has to see."""
    if _touches(session):
        _note(session)


@event.listens_for(TenantSession, "do_orm_execute")
def _executes(state: ORMExecuteState) -> None:
    """The same where rows are changed by a statement of their own."""
    statement = state.statement
    if isinstance(statement, UpdateBase) and getattr(statement.table, "name", None) in WATCHED:
        _note(state.session)
