"""What one request asks of the database and gives to its template, kept so that it can be done again without us."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from flask import Flask, template_rendered
from jinja2 import Template
from sqlalchemy import Engine, event, inspect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.orm import DeclarativeBase


@dataclass(frozen=True)
class Sent:
    """A statement as the driver got it, and the digest of the rows it gave."""

    statement: str
    parameters: object
    many: bool
    rows: str


@dataclass
class Recording:
    """One request."""

    sent: list[Sent] = field(default_factory=list)
    template: Template | None = None
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def statements(self) -> int:
        """How many statements the request sent."""
        return len(self.sent)


@contextmanager
def recorded(app: Flask) -> Iterator[Recording]:
    """Record what is sent and what is rendered inside the block."""
    made = Recording()

    def after(_conn: object, cursor: DBAPICursor, statement: str, parameters: object, *rest: object) -> None:
        # Rows that were brought together into one statement are sent once, though they are said to be many.
        many = bool(rest[1]) and isinstance(parameters, list)
        made.sent.append(Sent(statement, parameters, many, digest(cursor)))

    def rendered(_app: Flask, template: Template, context: dict[str, Any], **_: object) -> None:
        made.template, made.values = template, {name: _plain(value) for name, value in context.items()}

    event.listen(Engine, "after_cursor_execute", after)
    try:
        with template_rendered.connected_to(rendered, app):
            yield made
    finally:
        event.remove(Engine, "after_cursor_execute", after)


def digest(cursor: object) -> str:
    """What the server answered to a statement, as it came; empty where it gives no rows."""
    result = getattr(cursor, "pgresult", None)
    if result is None:
        return ""
    cells = [result.get_value(row, column) for row in range(result.ntuples) for column in range(result.nfields)]
    return hashlib.sha256(repr(cells).encode()).hexdigest() if cells else ""


def _plain(value: object) -> object:
    """A row of a table as a plain value: after the request its session is gone."""
    if not isinstance(value, DeclarativeBase):
        return value
    return SimpleNamespace(**{column.key: getattr(value, column.key) for column in inspect(value).mapper.column_attrs})
