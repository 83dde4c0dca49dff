"""Bringing the platform's tables up to date, then every city's, each in its own transaction."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from uuid import UUID

from alembic.util import CommandError
from flask import Flask, current_app
from psycopg import Error as PostgresError
from psycopg import sql
from psycopg.errors import LockNotAvailable
from sqlalchemy import URL, Connection, Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from saas.audit.models import AuditEvent
from saas.config import Config, current_config
from saas.crypto.models import DataKey
from saas.db.base import PLATFORM_SCHEMA
from saas.db.logins import worker_login
from saas.db.session import TenantRef
from saas.errors import AppError
from saas.jobs import schema as queue
from tenants import backfill, connections, registry, renewal, rights, roles
from tenants.histories import HISTORIES, PLATFORM, TENANT, base_script
from tenants.placement import MAIN
from tenants.statements import ask, run, send

SCRATCH = "t_0000000000"
BEGIN = "SET LOCAL lock_timeout = '2s'; SET LOCAL search_path = {schema}"
AT = "SELECT version_num FROM alembic_version FOR UPDATE"
TELL = "UPDATE platform.tenant SET version = {head} WHERE schema = {name} RETURNING state"
PAUSES = (0.5, 1.0, 2.0, 4.0)  # seconds between tries to get hold of tables that others use
LIMITED = (AuditEvent.__tablename__, DataKey.__tablename__)
HELD_STATES = frozenset({"read_only", "suspended"})


@dataclass(frozen=True)
class Migrated:
    """What became of one city: the revision it is at, and why it did not get further."""

    code: str
    version: str | None
    problem: str | None = None


@dataclass(frozen=True)
class Way:
    """The way of a schema to the newest revision: where it began, the script still to be sent, and all of them."""

    start: str
    last: str
    whole: str


def migrate_platform() -> None:
    """Make or bring up to date the logins, the platform's tables and the queue."""
    config = current_config()
    with connections.admin_engine().begin() as connection:
        prepare(connection, config)


def prepare(connection: Connection, config: Config) -> None:
    """As :func:`migrate_platform`, in the connection's transaction; one process at a time.

    Raises:
        CommandError: The administrator's address does not carry what building needs.
    """
    if sentences := rights.missing(connection):
        raise CommandError(" ".join(sentences))
    run(connection, "SELECT pg_advisory_xact_lock(hashtext('fengqiao.platform'))")
    roles.prepare_database(connection, config)
    PLATFORM.upgrade(connection, PLATFORM_SCHEMA)
    roles.limit_platform(connection, config)
    queue.install(connection, worker_login(config))


def migrate_tenants(jobs: int = 1, only: str | None = None) -> list[Migrated]:
    """Bring every city that is behind up to date; one that fails stays as it was and the others go on.

    What is left when the work is broken off is done by doing it again: every city is a transaction of its own.

    Args:
        jobs: How many cities at a time.
        only: The code of a city, when it is to be that one alone.
    """
    asked = [city for city in registry.list_tenants() if only in (None, city.code)]
    behind = [city for city in asked if city.version != TENANT.head]
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - threads have no context yet.
    with ExitStack() as stack, ThreadPoolExecutor(jobs) as threads:
        servers = {MAIN, *(city.server for city in behind)} if behind else ()
        pools = {server: stack.enter_context(_pool(connections.admin_engine(server).url, jobs)) for server in servers}
        done = list(threads.map(lambda city: _migrate_city(app, city, pools[city.server], pools[MAIN]), behind))
    registry.forget()
    current = [Migrated(city.code, city.version) for city in asked if city.version == TENANT.head]
    return sorted(current + done, key=lambda city: city.code)


@contextmanager
def _pool(address: URL, size: int) -> Iterator[Engine]:
    """The administrator's connections to a server, closed at the end.

    They begin no transaction by themselves, since that would be one message more for every city.
    """
    engine = create_engine(address, pool_size=size, max_overflow=0, connect_args={"autocommit": True})
    try:
        yield engine
    finally:
        engine.dispose()


def _migrate_city(app: Flask, city: TenantRef, engine: Engine, main: Engine) -> Migrated:
    """Bring one city up to date in a transaction of its own; where others hold its tables, a few times."""
    for pause in (*PAUSES, None):
        try:
            with app.app_context():
                _bring_forward(city, engine, main)
        except (SQLAlchemyError, PostgresError, CommandError, AppError) as error:
            cause = getattr(error, "orig", error)
            if pause is None or not isinstance(cause, LockNotAvailable):
                return Migrated(city.code, city.version, str(error).partition("\n")[0])
            time.sleep(pause)
        else:
            break
    return Migrated(city.code, TENANT.head)


def _bring_forward(city: TenantRef, engine: Engine, main: Engine) -> None:
    with engine.begin() as connection:
        way = begin_city(connection, city)
        if engine is main:
            _tell(connection, connection, city.schema, way.last)
        elif way.last:
            send(connection, way.last)
        # Other tables have the rights that tables of a city are made with.
        if any(name in way.whole for name in LIMITED):
            roles.limit_city(connection, city.schema)
        _complete(connection, city, way)
    if engine is not main:
        with main.begin() as registered, engine.begin() as connection:
            run(registered, "BEGIN")
            _tell(registered, connection, city.schema)


def begin_city(connection: Connection, city: TenantRef) -> Way:
    """Begin a transaction in a city's schema and lead it through all stages but the last; see :func:`_lead`."""
    version = ask(connection, f"BEGIN; {BEGIN}; {AT}", schema=sql.Identifier(city.schema))
    return _lead(connection, str(version), city.origin_id)


def bring_forward(connection: Connection, city: TenantRef) -> None:
    """Lead a city's schema to the newest revision in the connection's transaction, whatever the registry says."""
    run(connection, BEGIN, schema=sql.Identifier(city.schema))
    way = _lead(connection, str(connection.scalar(text(AT))), city.origin_id)
    if way.last:
        send(connection, way.last)
    _complete(connection, city, way)


def _lead(connection: Connection, start: str, origin: UUID) -> Way:
    """Lead the schema the connection works in through all stages but the last.

    Args:
        connection: On the server of the city's tables.
        start: Where it is.
        origin: What its keys are bound to; between stages rows are sealed under them.
    """
    if start == TENANT.head:
        return Way(start, "", "")
    version, whole = start, ""
    for stage in TENANT.stages(start)[:-1]:
        send(connection, part := TENANT.script(version, stage))
        backfill.seal(connection, origin)
        version, whole = stage, whole + part
    last = TENANT.script(version)
    return Way(start, last, whole + last)


def _complete(connection: Connection, city: TenantRef, way: Way) -> None:
    """Do what SQL cannot, once the last script was sent."""
    if not way.last:
        return
    if TENANT.renews(way.start):
        renewal.renew(connection, city)
    for added in TENANT.widens(way.start):
        renewal.widen(connection, city, added)


def lay_tables(connection: Connection, registered: Connection, schema: str) -> None:
    """Make all tables of a new city in its empty schema, in one message.

    Args:
        connection: On the server of the city's tables.
        registered: Where the registry is; the same connection on the main server.
        schema: The city's.
    """
    run(connection, BEGIN, schema=sql.Identifier(schema))
    send(connection, base_script())
    roles.limit_city(connection, schema)
    _tell(registered, connection, schema)


def _tell(registered: Connection, connection: Connection, schema: str, script: str = "") -> None:
    """Tell the registry the city's revision; a city that is held stays held, its new tables too.

    Args:
        registered: Where the registry is.
        connection: Where the city is.
        schema: The city's.
        script: Sent before, in the same message.
    """
    state = ask(registered, TELL, script, head=sql.Literal(TENANT.head), name=sql.Literal(schema))
    if state in HELD_STATES:
        roles.hold_city(connection, schema)


def draft(history: str, message: str) -> None:
    """Write the next revision of a history from what the models have and the newest revision has not."""
    with connections.admin_engine().connect() as connection, connection.begin() as scratch:
        if history == PLATFORM.name:
            HISTORIES[history].draft(connection, PLATFORM_SCHEMA, message)
        else:
            run(connection, "CREATE SCHEMA {schema}", schema=sql.Identifier(SCRATCH))
            TENANT.upgrade(connection, SCRATCH)
            TENANT.draft(connection, SCRATCH, message)
        scratch.rollback()
