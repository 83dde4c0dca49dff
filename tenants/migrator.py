"""Bringing the platform's tables up to date, then every city's, each in its own transaction."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from uuid import UUID

from alembic.util import CommandError
from psycopg import Error as PostgresError
from psycopg import sql
from psycopg.errors import LockNotAvailable
from sqlalchemy import URL, Connection, Engine, Row, create_engine, select, text
from sqlalchemy.exc import SQLAlchemyError

from saas.audit.models import AuditEvent
from saas.config import Config, current_config
from saas.crypto.models import DataKey
from saas.db.base import PLATFORM_SCHEMA
from saas.db.logins import worker_login
from saas.jobs import schema as queue
from tenants import backfill, connections, registry, rights, roles
from tenants.histories import HISTORIES, PLATFORM, TENANT, base_script
from tenants.models import Tenant
from tenants.placement import MAIN
from tenants.statements import run, send

SCRATCH = "t_0000000000"
BEGIN = "SET LOCAL lock_timeout = '2s'; SET LOCAL search_path = {schema}"
AT = text("SELECT version_num FROM alembic_version FOR UPDATE")
TOLD = text("UPDATE platform.tenant SET version = :head WHERE schema = :schema RETURNING state")
PAUSES = (0.5, 1.0, 2.0, 4.0)  # seconds between tries to get hold of tables that others use
LIMITED = (AuditEvent.__tablename__, DataKey.__tablename__)
HELD_STATES = frozenset({"read_only", "suspended"})


@dataclass(frozen=True)
class Migrated:
    """What became of one city: the revision it is at, and why it did not get further."""

    code: str
    version: str | None
    problem: str | None = None


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


def migrate_tenants(jobs: int = 1) -> list[Migrated]:
    """Bring every city that is behind up to date; one that fails stays as it was and the others go on.

    What is left when the work is broken off is done by doing it again: every city is a transaction of its own.

    Args:
        jobs: How many cities at a time.
    """
    with ExitStack() as stack:
        main = stack.enter_context(_pool(connections.admin_engine().url, jobs))
        with main.connect() as connection:
            cities = connection.execute(
                select(Tenant.code, Tenant.schema, Tenant.version, Tenant.server, Tenant.origin_id).order_by(
                    Tenant.code
                )
            ).all()
        behind = [city for city in cities if city.version != TENANT.head]
        pools = {
            server: stack.enter_context(_pool(connections.admin_engine(server).url, jobs))
            for server in {city.server for city in behind} - {MAIN}
        } | {MAIN: main}
        with ThreadPoolExecutor(jobs) as threads:
            done = list(threads.map(lambda city: _migrate_city(city, pools[city.server], main), behind))
    registry.forget()
    current = [Migrated(city.code, city.version) for city in cities if city.version == TENANT.head]
    return sorted(current + done, key=lambda city: city.code)


@contextmanager
def _pool(address: URL, size: int) -> Iterator[Engine]:
    """The administrator's connections to a server, closed at the end."""
    engine = create_engine(address, pool_size=size, max_overflow=0)
    try:
        yield engine
    finally:
        engine.dispose()


def _migrate_city(city: Row[tuple[str, str, str | None, str, UUID]], engine: Engine, main: Engine) -> Migrated:
    """Bring one city up to date in a transaction of its own; where others hold its tables, a few times."""
    for pause in (*PAUSES, None):
        try:
            with engine.begin() as connection:
                migrate_schema(connection, city.schema, city.origin_id)
                if engine is main:
                    _note(connection, connection, city.schema)
            if engine is not main:
                with main.begin() as registered, engine.begin() as connection:
                    _note(registered, connection, city.schema)
        except (SQLAlchemyError, PostgresError, CommandError) as error:
            cause = getattr(error, "orig", error)
            if pause is None or not isinstance(cause, LockNotAvailable):
                return Migrated(city.code, city.version, str(error).partition("\n")[0])
            time.sleep(pause)
        else:
            break
    return Migrated(city.code, TENANT.head)


def migrate_schema(connection: Connection, schema: str, origin: UUID) -> None:
    """Bring one schema to the newest revision from the one it says it is at, and set the rights on what is new."""
    run(connection, BEGIN, schema=sql.Identifier(schema))
    version = connection.scalar(AT)
    if version == TENANT.head:
        return
    script = ""
    for stage in TENANT.stages(version):
        send(connection, part := TENANT.script(version, stage))
        script, version = script + part, stage
        if stage != TENANT.head:
            backfill.seal(connection, origin)
    # Other tables have the rights that tables of a city are made with.
    if any(name in script for name in LIMITED):
        roles.limit_city(connection, schema)


def lay_tables(connection: Connection, schema: str) -> None:
    """Make all tables of a new city in its empty schema, in one message."""
    run(connection, BEGIN, schema=sql.Identifier(schema))
    send(connection, base_script())
    roles.limit_city(connection, schema)
    _note(connection, connection, schema)


def _note(registered: Connection, connection: Connection, schema: str) -> None:
    """Tell the registry the city's revision; a city that is held stays held, its new tables too."""
    if registered.scalar(TOLD, {"schema": schema, "head": TENANT.head}) in HELD_STATES:
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
