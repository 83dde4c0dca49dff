"""A city's connection as code may use it: through SQLAlchemy, and without leaving its schema, login or transaction."""

import re
import sys
from types import FrameType
from typing import Any

import psycopg
from psycopg._queries import PostgresQuery

from saas.db.extended import ExtendedCursor
from saas.db.patient import PatientConnection

LEAVING = re.compile(
    rb"(?:\s|--[^\n]*\n|/\*.*?\*/)*"
    rb"(?:SET\b(?!\s+(?:CONSTRAINTS|ROLE|SESSION\s+AUTHORIZATION)\b)|RESET\b|DISCARD\b|"
    rb"(?:BEGIN|START|COMMIT|END|ABORT|PREPARE\s+TRANSACTION|ROLLBACK(?!\s+TO\b))\b(?!\s*;\s*\S))",
    re.IGNORECASE | re.DOTALL,
)
"""Statements that change where or in which transaction a session is; all others are a matter of the login's rights.

Two statements in one text are left to the server, which refuses them.
"""

DRIVERS = ("sqlalchemy.", "psycopg.", "procrastinate.")
RAW_USERS = frozenset({"saas.organisation.services"})
"""Our own modules that use the driver's connection; each stands in the contract of every connection with its reason."""


class FenceError(RuntimeError):
    """Something tried to use a city's connection around the session."""


class FencedCursor(ExtendedCursor):
    """Refuses statements that would change the session itself."""

    def _execute_send(self, query: PostgresQuery, *, force_extended: bool = False, binary: bool | None = None) -> None:
        if LEAVING.match(query.query):
            raise FenceError("A city's session keeps its path, its login and its transaction.")
        super()._execute_send(query, force_extended=force_extended, binary=binary)


class FencedConnection(PatientConnection):
    """Refuses to be used by modules that are not named for it."""

    def cursor(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - the base class's types
        """A cursor, for those who may have one."""
        _refuse_strangers(sys._getframe(1))  # noqa: SLF001 - the only way to know who asks
        return super().cursor(*arguments, **options)

    def execute(self, *arguments: Any, **options: Any) -> psycopg.Cursor[Any]:  # noqa: ANN401 - the base class's types
        """Send a statement, for those who may."""
        _refuse_strangers(sys._getframe(1))  # noqa: SLF001 - as above
        return super().execute(*arguments, **options)


def _refuse_strangers(frame: FrameType | None) -> None:
    """Let SQLAlchemy, the queue and the modules named go on.

    Raises:
        FenceError: Somebody else asks.
    """
    # The pool's own cover hands on what it is asked, whoever asks.
    while frame is not None and frame.f_globals.get("__name__") == "sqlalchemy.pool.base":
        frame = frame.f_back
    name = str(frame.f_globals.get("__name__")) if frame is not None else ""
    if not name.startswith(DRIVERS) and name not in RAW_USERS:
        raise FenceError(f"{name} must ask the session, not the driver's connection.")
