"""Statements about schemas and logins, their names quoted by the driver."""

from typing import LiteralString

import psycopg
from psycopg import sql
from sqlalchemy import Connection


def run(connection: Connection, text: LiteralString, **parts: sql.Composable) -> None:
    """Send statements, several in one message, on the administrator's connection.

    Args:
        connection: In a transaction, which the statements join.
        text: With ``{name}`` where a part goes.
        parts: Identifiers and literals.
    """
    raw = connection.connection.driver_connection
    assert isinstance(raw, psycopg.Connection)
    raw.execute(sql.SQL(text).format(**parts))


def send(connection: Connection, script: str) -> None:
    """Send a script of this repository as one message on the administrator's connection, in its transaction."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, psycopg.Connection)
    raw.execute(script.encode())


def ask(connection: Connection, text: LiteralString, before: str = "", **parts: sql.Composable) -> object:
    """The one value that the last of several statements gives, all sent in one message; None when it gives no row.

    Args:
        connection: The administrator's.
        text: As for :func:`run`.
        before: A script of this repository that comes first.
        parts: Identifiers and literals.
    """
    raw = connection.connection.driver_connection
    assert isinstance(raw, psycopg.Connection)
    cursor = raw.execute(before.encode() + sql.SQL(text).format(**parts).as_bytes(raw))
    while cursor.nextset():
        continue
    row = cursor.fetchone()
    return row[0] if row else None
