"""Cities that many test modules share are put back as they began after each module that wrote into them."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
from flask import Flask
from psycopg import sql

from saas.config import current_config
from saas.crypto import rings
from saas.db.logins import conninfo
from saas.db.session import TenantRef
from tenants import connections, registry
from tests import queues

# Every act leaves an event; the stamp changes with every setting, person and list, and a key may be made by itself.
STATE = (
    "SELECT (SELECT stamp::text FROM {0}.config_stamp), (SELECT count(*) FROM {0}.audit_event), "
    "(SELECT count(*) FROM {0}.signing_key), (SELECT count(*) FROM {0}.case_file)"
)
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = %s AND tablename <> 'alembic_version'"


@dataclass
class Kept:
    """A city as it began: what its tables held, row by row as the database writes them."""

    city: TenantRef
    schema: sql.Identifier
    state: tuple[object, ...]
    rows: dict[str, bytes] = field(default_factory=dict)


class Shared:
    """The shared cities of this process."""

    def __init__(self) -> None:
        self._app: Flask | None = None
        self._kept: list[Kept] = []

    def keep(self, app: Flask, city: TenantRef) -> TenantRef:
        """Remember a city as it is now."""
        self._app = app
        with app.app_context(), _connected() as connection:
            schema = sql.Identifier(city.schema)
            kept = Kept(city, schema, _state(connection, schema))
            for (table,) in connection.execute(TABLES, [city.schema]).fetchall():
                with connection.cursor().copy(_copy(schema, table, "TO STDOUT")) as copy:
                    kept.rows[table] = b"".join(bytes(piece) for piece in copy)
            self._kept.append(kept)
        return city

    def put_back(self) -> None:
        """Put back the cities that somebody wrote into."""
        if self._app is None:
            return
        with self._app.app_context():
            with _connected() as connection:
                changed = [kept for kept in self._kept if _state(connection, kept.schema) != kept.state]
                for kept in changed:
                    _restore(connection, kept)
                    shutil.rmtree(current_config().audit.anchor_dir / str(kept.city.id), ignore_errors=True)
            if changed:
                registry.forget()
                rings.forget()
                queues.forget(self._app)


def _connected() -> psycopg.Connection:
    return psycopg.connect(conninfo(connections.admin_engine().url))


def _state(connection: psycopg.Connection, schema: sql.Identifier) -> tuple[object, ...]:
    return connection.execute(sql.SQL(STATE).format(schema)).fetchone() or ()


def _restore(connection: psycopg.Connection, kept: Kept) -> None:
    # No trigger fires and no foreign key is looked at: the rows were right when they were read.
    connection.execute("SET LOCAL lock_timeout = '30s'")
    connection.execute("SET LOCAL session_replication_role = replica")
    connection.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(_tables(kept))))
    for table, rows in kept.rows.items():
        if rows:
            with connection.cursor().copy(_copy(kept.schema, table, "FROM STDIN")) as copy:
                copy.write(rows)


def _tables(kept: Kept) -> Iterator[sql.Composed]:
    return (sql.SQL("{}.{}").format(kept.schema, sql.Identifier(table)) for table in kept.rows)


def _copy(schema: sql.Identifier, table: str, way: str) -> sql.Composed:
    return sql.SQL("COPY {}.{} {}").format(schema, sql.Identifier(table), sql.SQL(way))
