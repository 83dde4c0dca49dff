"""A database of its own for every process that runs tests, made new each time."""

import os
import re

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from saas.db.logins import conninfo

PREFIX = "fengqiao_test_"


def make_new(admin: str) -> URL:
    """An empty database named after this process; those whose process has ended are dropped first."""
    url = make_url(admin)
    name = f"{PREFIX}{os.getpid()}"
    with psycopg.connect(conninfo(url), autocommit=True) as connection:
        for stale in _stale(connection, name):
            _drop(connection, url, stale)
        connection.execute(sql.SQL("CREATE DATABASE {} STRATEGY file_copy").format(sql.Identifier(name)))
    return url.set(database=name)


def drop(admin: str) -> None:
    """Drop this process's database with its logins."""
    url = make_url(admin)
    with psycopg.connect(conninfo(url), autocommit=True) as connection:
        _drop(connection, url, f"{PREFIX}{os.getpid()}")


def _stale(connection: psycopg.Connection, own: str) -> list[str]:
    """Databases of processes that are gone, and one of our own number from an earlier life."""
    rows = connection.execute("SELECT datname FROM pg_database WHERE datname ~ %s", (f"^{PREFIX}[0-9]+$",)).fetchall()
    return [name for (name,) in rows if name == own or not _alive(int(re.sub(r"\D", "", name)))]


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _drop(connection: psycopg.Connection, url: URL, name: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
    logins = _logins(url.set(database=name), name) if known else []
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    for login in logins:
        connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(login)))


def _logins(url: URL, name: str) -> list[str]:
    """The logins that belong to a database: one per city's schema, and the two that carry its name."""
    try:
        with psycopg.connect(conninfo(url)) as connection:
            found = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^t_[0-9a-f]{10}$'")
            schemas = found.fetchall()
    except psycopg.OperationalError:  # Another run of the tests has just dropped it, logins and all.
        return []
    return [schema for (schema,) in schemas] + [f"{name}_platform", f"{name}_worker"]
