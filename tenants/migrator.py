"""Bringing the platform's tables up to date, then every city's, each in its own transaction."""

from dataclasses import dataclass
from itertools import starmap
from multiprocessing import get_context

from alembic.util import CommandError
from psycopg import sql
from sqlalchemy import Connection, NullPool, create_engine, select, update
from sqlalchemy.exc import SQLAlchemyError

from saas.config import Config, current_config
from saas.db.base import PLATFORM_SCHEMA
from saas.db.logins import worker_login
from saas.jobs import schema as queue
from tenants import connections, registry, roles
from tenants.histories import HISTORIES, PLATFORM, TENANT
from tenants.models import Tenant
from tenants.statements import run

SCRATCH = "t_0000000000"
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
    """As :func:`migrate_platform`, in the connection's transaction; one process at a time."""
    run(connection, "SELECT pg_advisory_xact_lock(hashtext('fengqiao.platform'))")
    roles.prepare_database(connection, config)
    PLATFORM.upgrade(connection, PLATFORM_SCHEMA)
    roles.limit_platform(connection, config)
    queue.install(connection, worker_login(config))


def migrate_tenants(jobs: int = 1) -> list[Migrated]:
    """Bring every city that is behind up to date; one that fails stays as it was and the others go on.

    Args:
        jobs: How many cities at a time. Alembic keeps its state in modules, so each has a process.
    """
    address = current_config().database_url
    with connections.admin_engine().connect() as connection:
        cities = connection.execute(select(Tenant.code, Tenant.schema, Tenant.version).order_by(Tenant.code)).all()
    work = [(address, city.code, city.schema, city.version) for city in cities]
    if jobs == 1 or all(city.version == TENANT.head for city in cities):
        done = list(starmap(migrate_city, work))
    else:
        with get_context("spawn").Pool(jobs) as pool:
            done = pool.starmap(migrate_city, work, chunksize=1)
    registry.forget()
    return done


def migrate_city(address: str, code: str, schema: str, version: str | None) -> Migrated:
    """Bring one city up to date in a transaction of its own, unless it is at the newest revision already."""
    if version == TENANT.head:
        return Migrated(code, version)
    try:
        with create_engine(address, poolclass=NullPool).begin() as connection:
            migrate_schema(connection, schema)
    except (SQLAlchemyError, CommandError) as error:
        return Migrated(code, version, str(error).splitlines()[0])
    return Migrated(code, TENANT.head)


def migrate_schema(connection: Connection, schema: str) -> None:
    """Bring one schema up to date, tell the registry, and set the rights on what is new."""
    run(connection, "SET LOCAL lock_timeout = '2s'")
    TENANT.upgrade(connection, schema)
    roles.limit_city(connection, schema)
    told = update(Tenant).where(Tenant.schema == schema).values(version=TENANT.head)
    if connection.scalar(told.returning(Tenant.state)) in HELD_STATES:
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
