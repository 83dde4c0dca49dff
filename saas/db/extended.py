"""A cursor that sends every statement by the extended protocol, so that two statements in one text are refused."""

from typing import Any

import psycopg
from psycopg._queries import PostgresQuery


class ExtendedCursor(psycopg.Cursor[Any]):
    """Refuses ``select 1; drop table x``: the server takes one statement per message.

    The hook is psycopg's own and not public; the isolation tests fail when a release moves it.
    """

    def _execute_send(self, query: PostgresQuery, *, force_extended: bool = False, binary: bool | None = None) -> None:
        del force_extended
        super()._execute_send(query, force_extended=True, binary=binary)
