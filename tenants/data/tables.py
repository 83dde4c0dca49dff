"""The tables of a city as a whole: which there are, their rows out and in by COPY, counted and proven."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

import psycopg
from psycopg import Copy, sql
from psycopg.abc import Buffer
from sqlalchemy import Connection, text

from tenants.histories import VERSIONS
from tenants.statements import run, send

HEAD = b"PGCOPY\n"  # what COPY in binary begins with
TRAILER = b"\xff\xff"  # what COPY in binary ends with
SAMPLE = 10  # the planner's statistics target for rows that have just come; see :func:`analyze`
PIECE = 1 << 18  # bytes handed on at a time

TABLES = """
SELECT c.relname, array_agg(a.attname ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    AND a.attgenerated = ''
WHERE c.relnamespace = to_regnamespace(:schema) AND c.relkind = 'r' AND c.relname <> :versions
GROUP BY c.relname ORDER BY c.relname
"""

FOREIGN_KEYS = """
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE connamespace = to_regnamespace(:schema) AND contype = 'f' ORDER BY conname
"""

INDEXES = """
SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
FROM pg_index JOIN pg_class c ON c.oid = indexrelid
WHERE c.relnamespace = to_regnamespace(:schema)
    AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
ORDER BY c.relname
"""


@dataclass(frozen=True)
class Table:
    """A table and its columns in the order in which their values are copied."""

    name: str
    columns: tuple[str, ...]


@dataclass
class Content:
    """What was in a table: how many rows, and the SHA-256 of them as COPY writes them."""

    rows: int = 0
    digest: str = ""
    size: int = field(default=0, compare=False)


def list_tables(connection: Connection, schema: str) -> list[Table]:
    """The tables of a schema by name, without the one that holds its revision."""
    rows = connection.execute(text(TABLES), {"schema": schema, "versions": VERSIONS})
    return [Table(name, tuple(columns)) for name, columns in rows]


def lock(connection: Connection, schema: str, mode: str, leave: Collection[str] = ()) -> None:
    """Lock every table of a schema until the transaction ends, before its snapshot is taken.

    Args:
        connection: In a transaction that has asked nothing yet but this.
        schema: The city's.
        mode: ``access share`` keeps the tables' shape as it is, ``share`` also waits for writers and holds others.
        leave: Tables that are not locked.
    """
    with connection.engine.connect() as aside:  # a question asked here would take the snapshot too early
        names = [table.name for table in list_tables(aside, schema) if table.name not in leave]
    parts = [sql.Identifier(schema, name) for name in names]
    raw(connection).execute(sql.SQL("LOCK TABLE {} IN {} MODE").format(sql.SQL(", ").join(parts), _mode(mode)))


def read(connection: Connection, schema: str, table: Table, content: Content) -> Iterator[bytes]:
    """The rows of a table as COPY writes them in binary, in pieces; ``content`` is filled in at the end."""
    statement = sql.SQL("COPY {} ({}) TO STDOUT (FORMAT binary)").format(*_named(schema, table))
    seen, waiting = hashlib.sha256(), bytearray()
    with raw(connection).cursor() as cursor:
        with cursor.copy(statement) as copy:
            for row in _rows(copy, raw(connection)):
                waiting += row
                if len(waiting) >= PIECE:
                    piece = bytes(waiting)
                    waiting.clear()
                    seen.update(piece)
                    content.size += len(piece)
                    yield piece
        content.rows = cursor.rowcount
    seen.update(waiting)
    content.size += len(waiting)
    content.digest = seen.hexdigest()
    yield bytes(waiting)


def _rows(copy: Copy, connection: psycopg.Connection) -> Iterator[Buffer]:
    """Every row as it comes; those that are here already are taken without psycopg's waiting for each.

    The end of the command is psycopg's to read, so nothing is taken past what may be the last row.
    """
    while row := copy.read():
        yield row
        arrived = 0 if _may_be_last(row) else 1
        while arrived > 0:
            arrived, row = connection.pgconn.get_copy_data(1)
            if arrived > 0:
                yield row
                arrived = 0 if row == TRAILER else 1


def _may_be_last(row: Buffer) -> bool:
    """The first message carries the head, and the trailer too where there are no rows."""
    return row == TRAILER or bytes(row[: len(HEAD)]) == HEAD


def write(connection: Connection, schema: str, table: Table, pieces: Iterable[bytes]) -> None:
    """Put rows into an empty table as they come."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(*_named(schema, table))
    with raw(connection).cursor() as cursor, cursor.copy(statement) as copy:
        for piece in pieces:
            copy.write(piece)


def prove(connection: Connection, schema: str, table: Table) -> Content:
    """What is in a table now, read once more."""
    content = Content()
    for _ in read(connection, schema, table, content):
        continue
    return content


def enter(connection: Connection, schema: str) -> None:
    """Let names without a schema mean the city's until the transaction ends."""
    run(connection, "SET LOCAL search_path = {schema}", schema=sql.Identifier(schema))


def strip(connection: Connection, schema: str) -> list[str]:
    """Take away foreign keys and plain indexes for loading; the statements that put them back, and so check them."""
    enter(connection, schema)
    # Rows that are carried bring the links of the record along; none may be appended for them again.
    run(connection, "SET LOCAL synchronize_seqscans = off; SET LOCAL session_replication_role = replica")
    back: list[str] = []
    for question in (FOREIGN_KEYS, INDEXES):
        found = connection.execute(text(question), {"schema": schema}).all()
        _send_all(connection, [away for away, _ in found])
        back = [again for _, again in found] + back
    return back


def restore_shape(connection: Connection, schema: str, statements: Iterable[str]) -> None:
    """Put back what :func:`strip` took away."""
    enter(connection, schema)
    _send_all(connection, statements)
    run(connection, "SET LOCAL session_replication_role = origin")


def analyze(connection: Connection, schema: str) -> None:
    """Let the planner know roughly what the tables hold by now.

    The rows count as changes when the transaction ends, so PostgreSQL looks at them closely by itself soon after.
    """
    run(connection, "SET LOCAL default_statistics_target = {sample}", sample=sql.Literal(SAMPLE))
    names = sql.SQL(", ").join(sql.Identifier(schema, table.name) for table in list_tables(connection, schema))
    run(connection, "ANALYZE {tables}", tables=names)


def _send_all(connection: Connection, statements: Iterable[str]) -> None:
    """Send what the database itself wrote, all in one message."""
    send(connection, "; ".join(statements))


def raw(connection: Connection) -> psycopg.Connection:
    """The driver's connection under SQLAlchemy's."""
    found = connection.connection.driver_connection
    assert isinstance(found, psycopg.Connection)
    return found


def _named(schema: str, table: Table) -> tuple[sql.Composable, sql.Composable]:
    return sql.Identifier(schema, table.name), sql.SQL(", ").join(map(sql.Identifier, table.columns))


def _mode(mode: str) -> sql.Composable:
    return {"access share": sql.SQL("ACCESS SHARE"), "share": sql.SQL("SHARE")}[mode]
