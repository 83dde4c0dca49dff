"""The least a web process can do for a page: its statements by the bare driver, its template, under the same cap."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from flask import Flask

from tests.benchmarks.floor import Changes, changed
from tests.benchmarks.recording import Recording, Sent, digest


@dataclass(frozen=True)
class Plan:
    """What is sent for one city: its login's address, and the statements with its own ids in them."""

    conninfo: str
    sent: tuple[Sent, ...]


@dataclass
class Connections:
    """Connections of all cities under one cap; the city unused longest gives way."""

    most: int
    idle: OrderedDict[str, list[psycopg.Connection[Any]]] = field(default_factory=OrderedDict)
    open: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def use(self, conninfo: str) -> Iterator[psycopg.Connection[Any]]:
        """A connection of a login."""
        connection = self._take(conninfo) or psycopg.connect(conninfo, prepare_threshold=None)
        try:
            yield connection
        finally:
            with self.changed:
                self.idle.setdefault(conninfo, []).append(connection)
                self.idle.move_to_end(conninfo)
                self.changed.notify()

    def _take(self, conninfo: str) -> psycopg.Connection[Any] | None:
        with self.changed:
            while True:
                if kept := self.idle.get(conninfo):
                    return kept.pop()
                if self.open < self.most:
                    self.open += 1
                    return None
                other = next((kept for kept in self.idle.values() if kept), None)
                if other is not None:
                    other.pop().close()
                    return None
                self.changed.wait()


class Lean:
    """A WSGI application that answers one page of every city."""

    def __init__(self, app: Flask, recording: Recording, plans: Mapping[str, Plan], path: str, most: int) -> None:
        """Answer for the hosts of the plans with at most so many connections."""
        self._app, self._recording, self._plans, self._path = app, recording, plans, path
        self._connections = Connections(most)
        self._thread = threading.local()

    def __call__(self, environ: Mapping[str, str], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI's own
        """Send the statements, take the rows, draw the page."""
        self._enter()
        plan = self._plans[environ["HTTP_HOST"]]
        with self._connections.use(plan.conninfo) as connection:
            for _ in run(connection, plan.sent):
                continue
        assert self._recording.template is not None
        page = self._recording.template.render(self._recording.values).encode()
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))])
        return [page]

    def _enter(self) -> None:
        """Templates ask which request they are drawn for: one stands for all of a thread."""
        if not hasattr(self._thread, "context"):
            host = next(iter(self._plans))
            self._thread.context = self._app.test_request_context(self._path, base_url=f"http://{host}/")
            self._thread.context.push()


def run(connection: psycopg.Connection[Any], statements: Iterable[Sent]) -> Iterator[psycopg.Cursor[Any]]:
    """Send statements in one transaction and take their rows."""
    with connection.transaction(), connection.cursor() as cursor:
        for sent in statements:
            cursor.execute(sent.statement, sent.parameters)  # type: ignore[call-overload]
            yield cursor
            if cursor.description:
                cursor.fetchall()


def answers(plan: Plan) -> list[str]:
    """The digests of the rows a city gives to its plan."""
    with psycopg.connect(plan.conninfo) as connection:
        return [digest(cursor) for cursor in run(connection, plan.sent)]


def with_ids(recording: Recording, changes: Changes) -> tuple[Sent, ...]:
    """The statements of a recording about the same rows of another city."""
    return tuple(
        Sent(sent.statement, changed(sent.parameters, changes), sent.many, sent.rows) for sent in recording.sent
    )


def ids_in(value: object) -> set[UUID]:
    """Every id in the parameters of statements."""
    if isinstance(value, UUID):
        return {value}
    if isinstance(value, Mapping):
        return ids_in(list(value.values()))
    if isinstance(value, (list, tuple)):
        return set().union(*map(ids_in, value)) if value else set()
    return set()
