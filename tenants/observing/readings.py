"""Numbers of all cities, read with one connection to each server, so that hundreds of cities cost no more than one."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import TypeVar
from uuid import UUID

import psycopg
from flask import current_app
from psycopg import sql
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from saas import clock
from saas.cases.models import Case
from saas.config import current_config
from saas.db.session import TenantRef
from saas.errors import AppError
from saas.files import store
from saas.identity.models import User
from saas.jobs import status
from saas.jobs.addresses import ELSEWHERE
from saas.jobs.status import Status
from tenants import connections, facts, registry
from tenants.data.tables import raw
from tenants.histories import TENANT
from tenants.observing import queues
from tenants.statements import run

STORAGE_KNOWN = 600.0  # seconds; finding it out walks through every file
LONGEST = "5s"

THERE = """
SELECT nspname FROM pg_namespace n
WHERE nspname = ANY(:schemas) AND EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = n.oid AND relname = :table)
ORDER BY nspname
"""
Answer = TypeVar("Answer")

_stored: dict[UUID, tuple[float, int]] = {}


@dataclass(frozen=True)
class Counts:
    """Of one city."""

    users: int
    cases: int


@dataclass(frozen=True)
class CityReading:
    """A city in numbers; None where it could not be asked, or where there is nothing yet.

    Attributes:
        code: The city's.
        counts: Accounts and cases.
        stored: Bytes of files.
        waiting: Jobs that wait or are being done.
        failed: Jobs that were given up.
        backup_age: Seconds since the newest backup.
        is_behind: Whether its tables are at an older version.
    """

    code: str
    counts: Counts | None
    stored: int
    waiting: int
    failed: int
    backup_age: float | None
    is_behind: bool


@dataclass(frozen=True)
class Reading:
    """The deployment in numbers."""

    cities: Sequence[CityReading]
    queue: Status | None
    tasks: Mapping[str, int] = field(default_factory=dict)


def read() -> Reading:
    """The deployment as it is now."""
    cities = registry.list_tenants()
    counted, backups = count(cities), facts.last_backups()
    jobs = _or_none(lambda: queues.waiting(current_config())) or {}
    now = clock.now()
    rows = []
    for city in cities:
        mine = jobs.get(city.schema, queues.Waiting(city.schema, 0, 0))
        last = backups.get(city.id)
        age = (now - last.at).total_seconds() if last else None
        behind = city.version != TENANT.head
        rows.append(
            CityReading(city.code, counted.get(city.schema), measure(city), mine.waiting, mine.failed, age, behind)
        )
    return Reading(rows, queue(), facts.count_tasks())


def queue() -> Status | None:
    """How the queues are; None when one cannot be asked."""
    return _or_none(lambda: status.read(current_config(), current_app.extensions[ELSEWHERE]()))


def count(cities: Iterable[TenantRef]) -> dict[str, Counts]:
    """Accounts and cases of the cities by schema; a city or server that does not answer is left out."""
    found: dict[str, Counts] = {}
    for server, group in groupby(sorted(cities, key=attrgetter("server", "schema")), key=attrgetter("server")):
        try:
            with connections.admin_engine(server).begin() as connection:
                found |= _count(connection, [city.schema for city in group])
        except (SQLAlchemyError, psycopg.Error, AppError):
            # Where web processes do not know the key of backups, they know no administrator of another server.
            continue
    return found


def measure(city: TenantRef) -> int:
    """The bytes of a city's files, found out every ten minutes."""
    until, size = _stored.get(city.id, (0.0, 0))
    if until < time.monotonic():
        for stale in [known for known, (end, _) in list(_stored.items()) if end < time.monotonic() - STORAGE_KNOWN]:
            _stored.pop(stale, None)
        size = store.measure(city.id)
        _stored[city.id] = (time.monotonic() + STORAGE_KNOWN, size)
    return size


def _count(connection: Connection, schemas: list[str]) -> dict[str, Counts]:
    """Counts, never what is counted; the administrator's login reads, and is held to reading, for seconds."""
    limit = sql.Literal(LONGEST)
    run(connection, "SET LOCAL statement_timeout = {limit}; SET TRANSACTION READ ONLY", limit=limit)
    asked = {"schemas": schemas, "table": Case.__tablename__}
    there = list(connection.scalars(text(THERE), asked))
    # A statement for each city: none spans two.
    return {schema: Counts(*connection.exec_driver_sql(_question(connection, schema)).one()) for schema in there}


def _question(connection: Connection, schema: str) -> str:
    question = sql.SQL("SELECT (SELECT count(*) FROM {users} WHERE active), (SELECT count(*) FROM {cases})")
    users, cases = (sql.Identifier(schema, model.__tablename__) for model in (User, Case))
    return question.format(users=users, cases=cases).as_string(raw(connection))


def _or_none(ask: Callable[[], Answer]) -> Answer | None:
    try:
        return ask()
    except (SQLAlchemyError, psycopg.Error):
        return None
