"""Carrying a city's rows from one PostgreSQL server to another while nobody writes there."""

import time
from dataclasses import dataclass

from psycopg import sql
from sqlalchemy import Connection, text

from saas.errors import AppError
from tenants.data import tables
from tenants.data.tables import Content, Table
from tenants.statements import run

STILL_WRITTEN = ("audit_event", "audit_link", "audit_seal", "audit_sealed", "audit_anchored", "web_session")
NUMBERED = {"audit_link": "n", "audit_seal": "n", "audit_sealed": "seal_n", "audit_anchored": "seal_n"}
"""What reading writes too: it goes on while the rest is carried, and what was added meanwhile follows at the end."""

OVERLAP = "1 minute"  # how long before the copy a row may have got its time and still not have been seen
TOO_LONG = "在约定的停写时间内没有搬完，城市仍在原来的服务器上，没有丢失数据。请用 --hold 放宽时间再试。"
LEAST = 0.05  # seconds


class HoldExceededError(AppError):
    """The city could not be carried within the time that was announced."""

    title = "迁移没有按时完成"


@dataclass(frozen=True)
class Deadline:
    """When writing has to be let go again, by the clock that only runs forward."""

    moment: float

    @property
    def remaining(self) -> float:
        """Seconds left.

        Raises:
            HoldExceededError: There are none.
        """
        left = self.moment - time.monotonic()
        if left < LEAST:
            raise HoldExceededError(TOO_LONG)
        return left

    def impose(self, connection: Connection) -> None:
        """Let no statement of the transaction outlast it."""
        limit = sql.Literal(f"{int(self.remaining * 1000)}ms")
        run(connection, "SET LOCAL statement_timeout = {limit}; SET LOCAL lock_timeout = {limit}", limit=limit)


def carry(source: Connection, target: Connection, schema: str, deadline: Deadline) -> int:
    """Copy every table, and prove that what arrived is what left; how many rows.

    Args:
        source: In a repeatable-read transaction that has seen nothing yet.
        target: In a transaction in which the empty tables have been made and stripped.
        schema: The city's, the same on both.
        deadline: When it has to be over.

    Raises:
        HoldExceededError: It took too long.
    """
    found = tables.list_tables(source, schema)
    rows = 0
    for table in found:
        deadline.impose(source)
        left = Content()
        tables.write(target, schema, table, tables.read(source, schema, table, left))
        arrived = tables.prove(target, schema, table)
        if arrived != left:
            message = f"数据表 {table.name} 搬过去后内容不一致，城市仍在原来的服务器上。请联系开发人员。"
            raise HoldExceededError(message)
        rows += left.rows
    return rows


def follow(source: Connection, target: Connection, schema: str) -> None:
    """Carry what was written while the rest was on its way, and let nothing more be written there.

    Args:
        source: In a transaction of its own; those tables stay locked until it ends.
        target: As before, with its keys in place.
        schema: The city's.
    """
    names = sql.SQL(", ").join(sql.Identifier(schema, name) for name in STILL_WRITTEN)
    run(source, "LOCK TABLE {tables} IN SHARE MODE", tables=names)
    run(source, "REVOKE INSERT, UPDATE, DELETE ON {tables} FROM {login}", tables=names, login=sql.Identifier(schema))
    run(target, "SET LOCAL session_replication_role = replica")
    for table in tables.list_tables(source, schema):
        if table.name == "audit_event":
            _add_newer(source, target, schema, table)
        elif table.name in NUMBERED:
            _add_higher(source, target, schema, table)
        elif table.name in STILL_WRITTEN:
            run(target, "DELETE FROM {table}", table=sql.Identifier(schema, table.name))
            tables.write(target, schema, table, tables.read(source, schema, table, Content()))
    run(target, "SET LOCAL session_replication_role = origin")


def _add_newer(source: Connection, target: Connection, schema: str, table: Table) -> None:
    newest = "SELECT coalesce(max(recorded_at), 'epoch') - CAST(:overlap AS interval) FROM {}"
    since = target.scalar(text(newest.format(f'"{schema}"."{table.name}"')), {"overlap": OVERLAP})
    own = sql.Identifier(schema, table.name)
    run(target, "CREATE TEMPORARY TABLE arriving (LIKE {table}) ON COMMIT DROP", table=own)
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    newer = sql.SQL("recorded_at >= {}").format(sql.Literal(since))
    _pass_on(source, target, _Rows(own, sql.Identifier("arriving"), columns, newer))
    run(
        target,
        "INSERT INTO {table} ({columns}) SELECT {columns} FROM pg_temp.arriving ON CONFLICT DO NOTHING",
        table=sql.Identifier(schema, table.name),
        columns=columns,
    )


def _add_higher(source: Connection, target: Connection, schema: str, table: Table) -> None:
    """Carry what proves the record and was numbered since: seals are made at any time, and are never changed."""
    number = NUMBERED[table.name]
    newest = target.scalar(text(f'SELECT coalesce(max({number}), 0) FROM "{schema}"."{table.name}"'))  # noqa: S608 - our own names
    own = sql.Identifier(schema, table.name)
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    higher = sql.SQL("{} > {}").format(sql.Identifier(number), sql.Literal(newest))
    _pass_on(source, target, _Rows(own, own, columns, higher))


@dataclass(frozen=True)
class _Rows:
    """Which rows go from which table into which, named as statements need it."""

    left: sql.Composable
    arriving: sql.Composable
    columns: sql.Composable
    which: sql.Composable


def _pass_on(source: Connection, target: Connection, rows: _Rows) -> None:
    out = sql.SQL("COPY (SELECT {} FROM {} WHERE {}) TO STDOUT (FORMAT binary)")
    into = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)")
    with (
        tables.raw(source).cursor() as reading,
        tables.raw(target).cursor() as writing,
        reading.copy(out.format(rows.columns, rows.left, rows.which)) as left,
        writing.copy(into.format(rows.arriving, rows.columns)) as arriving,
    ):
        for row in left:
            arriving.write(row)
