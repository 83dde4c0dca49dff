"""A database of its own for every process that runs tests, made new each time."""

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from saas.db.logins import conninfo


def make_new(admin: str, name: str) -> URL:
    """Drop the database left from an earlier run with the logins it had, and make it again, empty."""
    url = make_url(admin)
    with psycopg.connect(conninfo(url), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        logins = _logins(url.set(database=name), name) if known else []
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        for login in logins:
            connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(login)))
        connection.execute(sql.SQL("CREATE DATABASE {} STRATEGY file_copy").format(sql.Identifier(name)))
    return url.set(database=name)


def _logins(url: URL, name: str) -> list[str]:
    """The logins that belong to a database: one per city's schema, and the two that carry its name."""
    with psycopg.connect(conninfo(url)) as connection:
        schemas = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^t_[0-9a-f]{10}$'").fetchall()
    return [schema for (schema,) in schemas] + [f"{name}_platform", f"{name}_worker"]
