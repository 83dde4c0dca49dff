"""The least a request can cost: its statements through the bare driver, and its template with its values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg

from saas.config import Config
from saas.db.logins import conninfo, login_url
from saas.db.session import TenantRef
from tests.benchmarks.recording import Recording, Sent, digest

KEY = re.compile(r'(name="_key" value=)"[^"]*"')
NEW = re.compile(r"(id|key|number)(__\d+)?")  # parameters of an insert that must differ from row to row
Changes = Mapping[object, object]


@dataclass
class Floor:
    """A connection of the city's own login, as the driver makes it."""

    connection: psycopg.Connection[Any]

    @classmethod
    def open(cls, config: Config, city: TenantRef) -> "Floor":
        """Connect."""
        return cls(psycopg.connect(conninfo(login_url(config, city.schema))))

    def answers(self, recording: Recording, changes: Changes) -> list[str]:
        """Send a request's statements again; the digests of the rows they give.

        Args:
            recording: The request.
            changes: Values to put in the place of others, so that a row can be written again.
        """
        with self.connection.transaction(), self.connection.cursor() as cursor:
            answers = []
            for sent in recording.sent:
                self._send(cursor, sent, changes)
                answers.append(digest(cursor))
            return answers

    def work(self, recording: Recording, changes: Changes) -> str:
        """Send a request's statements again, take their rows, and draw its page: what is timed."""
        with self.connection.transaction(), self.connection.cursor() as cursor:
            for sent in recording.sent:
                self._send(cursor, sent, changes)
                if cursor.description:
                    cursor.fetchall()
        return recording.template.render(recording.values) if recording.template else ""

    @staticmethod
    def _send(cursor: psycopg.Cursor[Any], sent: Sent, changes: Changes) -> None:
        send = cursor.executemany if sent.many else cursor.execute
        send(sent.statement, changed(sent.parameters, changes))


def fresh(recording: Recording) -> dict[object, object]:
    """New ids, keys and numbers for the rows a request wrote, so that they can be written once more."""
    written = [sent.parameters for sent in recording.sent if "INSERT INTO" in sent.statement.upper()]
    rows: list[Any] = [
        row for parameters in written for row in (parameters if isinstance(parameters, list) else [parameters])
    ]
    found = {value for row in rows for name, value in row.items() if NEW.fullmatch(name) and value is not None}
    return {value: uuid4() if isinstance(value, UUID) else f"{value}-{uuid4()}" for value in found}


def changed(value: Any, changes: Changes) -> Any:  # noqa: ANN401 - whatever a statement's parameters hold
    """Parameters with some values replaced, wherever they stand."""
    if isinstance(value, Mapping):
        return {key: changed(item, changes) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(changed(item, changes) for item in value)
    return changes.get(value, value) if isinstance(value, (str, UUID)) else value


def without_tokens(page: str) -> str:
    """A page without what is drawn anew each time: the keys of its forms."""
    return KEY.sub(r"\1", page)
