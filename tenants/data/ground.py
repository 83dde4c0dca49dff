"""The ground a city's data stands on: its schema and login on a server, made empty or taken away whole."""

import psycopg
from psycopg import errors, sql
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import DBAPIError

from saas.config import current_config
from saas.db.logins import conninfo
from saas.db.session import TenantRef
from tenants import migrator, roles
from tenants.data import waiting
from tenants.histories import TENANT, base_script
from tenants.statements import run, send


def lay(connection: Connection, schema: str, version: str) -> None:
    """Make the schema with empty tables at a version, and the login that reaches it."""
    roles.create_city(connection, current_config(), schema)
    if version != TENANT.head:
        TENANT.upgrade(connection, schema, version)
        return
    run(connection, "SET LOCAL search_path = {schema}", schema=sql.Identifier(schema))
    send(connection, base_script())


def finish(connection: Connection, tenant: TenantRef) -> None:
    """Bring the tables from the version they came in to the newest, and set the login's rights on them."""
    migrator.bring_forward(connection, tenant)
    roles.limit_city(connection, tenant.schema)


def take_away(connection: Connection, schema: str) -> None:
    """Remove the schema, its jobs and its login with everything the login may do here.

    A login that still has rights in another database of the same server stays until those are gone.
    """
    run(connection, "DROP SCHEMA IF EXISTS {schema} CASCADE", schema=sql.Identifier(schema))
    waiting.remove_jobs(connection, schema)
    connection.execute(text("DELETE FROM queue.tenant_limit WHERE tenant = :schema"), {"schema": schema})
    if connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :schema"), {"schema": schema}) is None:
        return
    run(connection, "DROP OWNED BY {login}", login=sql.Identifier(schema))
    try:
        with connection.begin_nested():
            run(connection, "DROP ROLE {login}", login=sql.Identifier(schema))
    except (DBAPIError, errors.DependentObjectsStillExist) as error:
        if not isinstance(getattr(error, "orig", error), errors.DependentObjectsStillExist):
            raise


def disconnect(connection: Connection, schema: str) -> None:
    """Let nobody sign in with the city's login any more, and end every connection it has."""
    login = {"login": schema}
    if connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :login"), login) is not None:
        run(connection, "ALTER ROLE {login} NOLOGIN", login=sql.Identifier(schema))
    ended = "SELECT pg_terminate_backend(pid, 3000) FROM pg_stat_activity WHERE usename = :login"
    connection.execute(text(ended), login)


def sweep(address: str) -> None:
    """Give back the room of deleted rows in the tables that cities share, and forget samples of what was in them.

    Args:
        address: The administrator's of a server.
    """
    with psycopg.connect(conninfo(make_url(address)), autocommit=True) as connection:
        shared = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('platform', 'queue')"
        ).fetchall()
        for schema, table in shared:
            connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(schema, table)))
