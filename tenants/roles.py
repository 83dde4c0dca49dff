"""Who may do what in the database: the platform's login, the worker's, and one for each city."""

from psycopg import sql
from sqlalchemy import Connection, Table, text

from saas.audit.models import (
    OWN_TIME,
    AuditAnchored,
    AuditEvent,
    AuditSeal,
    AuditSealed,
    AuditVerification,
)
from saas.config import Config
from saas.db.logins import password_of, platform_login, worker_login
from saas.db.session import Limits
from tenants.hardening import HARDEN
from tenants.statements import run

LOGIN = """
ALTER ROLE {login} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT PASSWORD {password};
ALTER ROLE {login} SET statement_timeout = '15s';
ALTER ROLE {login} SET lock_timeout = '5s';
ALTER ROLE {login} SET idle_in_transaction_session_timeout = '10s';
GRANT CONNECT ON DATABASE {database} TO {login};
"""

CITY = """
CREATE SCHEMA {schema};
REVOKE ALL ON SCHEMA {schema} FROM PUBLIC;
GRANT USAGE ON SCHEMA {schema}, queue TO {schema};
GRANT EXECUTE ON FUNCTION queue.procrastinate_defer_jobs_v1 TO {schema};
ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {schema};
ALTER ROLE {schema} SET search_path = {schema}, queue, pg_temp;
"""

CITY_LIMITS = """
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {schema}.audit_event, {schema}.audit_link, {added}, {schema}.alembic_version,
    {schema}.data_key, {schema}.signing_key FROM {schema};
"""
"""The audit is only ever added to, its times are the database's own, and links are the database's alone; keys are made
by commands."""

ADDING = "GRANT INSERT ({columns}) ON {schema}.{table} TO {schema};"

HOLD = """
REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} FROM {schema};
GRANT INSERT, UPDATE, DELETE ON {schema}.web_session TO {schema};
REVOKE EXECUTE ON FUNCTION queue.procrastinate_defer_jobs_v1 FROM {schema};
"""
"""Who only reads still has a session, and is still written down and sealed."""

RELEASE = """
GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {schema};
GRANT EXECUTE ON FUNCTION queue.procrastinate_defer_jobs_v1 TO {schema};
"""

LIMITS = """
ALTER ROLE {schema} CONNECTION LIMIT {connections};
DELETE FROM queue.tenant_limit WHERE tenant = {name};
INSERT INTO queue.tenant_limit (tenant, jobs) SELECT {name}, {jobs} WHERE {jobs}::int IS NOT NULL;
"""

SEALING: tuple[Table, ...] = tuple(
    model.metadata.tables[model.__tablename__] for model in (AuditSeal, AuditSealed, AuditAnchored, AuditVerification)
)
"""What the city's own sealer adds to, and nobody changes."""

TIMES = frozenset({"sealed_at", "anchored_at", "made_at"})
CONNECTIONS = 20  # at once, of a city without a limit of its own; all processes together

PLATFORM = """
CREATE SCHEMA IF NOT EXISTS platform;
GRANT USAGE ON SCHEMA platform TO {login};
ALTER DEFAULT PRIVILEGES IN SCHEMA platform GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {login};
"""

PLATFORM_LIMITS = """
REVOKE INSERT, UPDATE, DELETE ON platform.alembic_version FROM {login};
REVOKE UPDATE, DELETE ON platform.platform_event FROM {login};
"""


def prepare_server(connection: Connection, config: Config) -> None:
    """Close what PostgreSQL leaves open to everybody, and make the worker's login."""
    run(connection, HARDEN, database=_database(connection))
    _ensure_login(connection, config, worker_login(config))
    run(connection, "ALTER ROLE {login} SET search_path = queue, pg_temp", login=sql.Identifier(worker_login(config)))


def prepare_database(connection: Connection, config: Config) -> None:
    """As :func:`prepare_server`, and make the login of the platform's own tables."""
    prepare_server(connection, config)
    _ensure_login(connection, config, platform_login(config))
    run(connection, PLATFORM, login=sql.Identifier(platform_login(config)))


def limit_platform(connection: Connection, config: Config) -> None:
    """Take back what the platform's login must not do with tables that exist by now."""
    run(connection, PLATFORM_LIMITS, login=sql.Identifier(platform_login(config)))


def create_city(connection: Connection, config: Config, schema: str) -> None:
    """Make a city's empty schema and the login that reaches nothing else."""
    _ensure_login(connection, config, schema)
    run(connection, CITY, schema=sql.Identifier(schema))
    apply_limits(connection, schema, Limits())


def limit_city(connection: Connection, schema: str) -> None:
    """Take back what a city's login must not do with tables that exist by now."""
    added = sql.SQL(", ").join(sql.Identifier(schema, table.name) for table in SEALING)
    run(connection, CITY_LIMITS, schema=sql.Identifier(schema), added=added)
    _let_add(connection, schema)


def hold_city(connection: Connection, schema: str) -> None:
    """Let a city's login read only, at once and on every connection there is."""
    run(connection, HOLD, schema=sql.Identifier(schema))
    _let_add(connection, schema)


def release_city(connection: Connection, schema: str) -> None:
    """Let a city's login write again."""
    run(connection, RELEASE, schema=sql.Identifier(schema))
    limit_city(connection, schema)


def apply_limits(connection: Connection, schema: str, limits: Limits) -> None:
    """Have the database keep a city within its limits of connections and of jobs that wait."""
    run(
        connection,
        LIMITS,
        schema=sql.Identifier(schema),
        name=sql.Literal(schema),
        connections=sql.Literal(limits.connections or CONNECTIONS),
        jobs=sql.Literal(limits.jobs),
    )


def _let_add(connection: Connection, schema: str) -> None:
    """Let a city's login add to its record and to its seals, but for the columns that the database fills."""
    for table in (AuditEvent.metadata.tables[AuditEvent.__tablename__], *SEALING):
        columns = [column.name for column in table.columns if column.name not in OWN_TIME | TIMES]
        run(
            connection,
            ADDING,
            schema=sql.Identifier(schema),
            table=sql.Identifier(str(table.name)),
            columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        )


def _ensure_login(connection: Connection, config: Config, login: str) -> None:
    known = connection.scalar(text("select 1 from pg_roles where rolname = :login"), {"login": login})
    if known is None:
        run(connection, "CREATE ROLE {login}", login=sql.Identifier(login))
    run(
        connection,
        LOGIN,
        login=sql.Identifier(login),
        password=sql.Literal(password_of(config, login)),
        database=_database(connection),
    )


def _database(connection: Connection) -> sql.Identifier:
    return sql.Identifier(str(connection.scalar(text("select current_database()"))))
