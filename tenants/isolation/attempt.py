"""One login trying attacks on a connection of its own, and what came of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, LiteralString, Self

import psycopg
from psycopg import errors, sql
from sqlalchemy import URL

from saas.db.extended import ExtendedCursor
from saas.db.logins import conninfo
from tenants.isolation.attacks import Attack

REFUSED, EMPTY, CROSSED = "refused", "empty", "crossed"
REFUSALS = (
    errors.InsufficientPrivilege,
    errors.UndefinedTable,
    errors.UndefinedFunction,
    errors.FeatureNotSupported,
)
"""Errors that mean no. Any other one, such as a missing value, means that the right was there."""


@dataclass(frozen=True)
class Outcome:
    """What came of an attack: ``refused``, ``empty`` or ``crossed``, and what the server said."""

    name: str
    said: str | None = None


class Attacker:
    """A connection that belongs to one login."""

    def __init__(self, url: URL) -> None:
        """Connect, as the application would but for the protocol: an attacker chooses the laxer one."""
        self._address = conninfo(url)
        self._connection = self._connect()

    def __enter__(self) -> Self:
        """Nothing more is needed."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the connection."""
        self._connection.close()

    @property
    def pid(self) -> int:
        """The number of the server's process behind the connection."""
        return self._connection.info.backend_pid

    def attempt(self, attack: Attack, holes: Mapping[str, sql.Composable]) -> Outcome:
        """Try it, undo it and say what came of it."""
        outcome = self._try(attack, holes)
        if outcome.name == CROSSED:
            # Whatever it left in the session must not help, or spoil, the next one.
            self._connection.close()
            self._connection = self._connect()
        else:
            self._connection.rollback()
        return outcome

    def _try(self, attack: Attack, holes: Mapping[str, sql.Composable]) -> Outcome:
        kind = ExtendedCursor if attack.stacked else psycopg.Cursor
        try:
            with kind(self._connection) as cursor:
                for statement in attack.statements:
                    cursor.execute(_filled(statement, holes))
                return Outcome(_judge(cursor))
        except psycopg.Error as error:
            refused = isinstance(error, errors.SyntaxError) if attack.stacked else isinstance(error, REFUSALS)
            return Outcome(REFUSED if refused else CROSSED, str(error).partition("\n")[0])

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self._address, prepare_threshold=None)


def enters(url: URL) -> bool:
    """Whether the server lets this login in with this password."""
    try:
        psycopg.connect(conninfo(url)).close()
    except psycopg.OperationalError:
        return False
    return True


def _filled(statement: LiteralString, holes: Mapping[str, sql.Composable]) -> sql.Composed:
    return sql.SQL(statement).format(**holes)


def _judge(cursor: psycopg.Cursor[Any]) -> str:
    """What a statement that was let through brought: nothing, or something."""
    if cursor.description is None:
        return CROSSED
    return CROSSED if any(any(row) for row in cursor.fetchall()) else EMPTY
