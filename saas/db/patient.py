"""Connections that give up a server which takes what is asked and never answers."""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

import psycopg
from psycopg.abc import PQGen

from saas.outside import DATABASE, QUEUE

Result = TypeVar("Result")
INTERVAL = 0.1  # seconds between two looks at signals while waiting
CONNECTING: Mapping[str, int] = {
    "connect_timeout": DATABASE.connect_seconds,
    # A peer that is gone altogether is noticed within a minute, also where nothing is being asked.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
"""What every connection is opened with."""


class SilentServerError(psycopg.OperationalError):
    """The server did not answer in time, or has not answered others just now."""


@dataclass
class Allowance:
    """How many seconds a piece of work may still spend waiting for databases."""

    left: float


_allowance: ContextVar[Allowance | None] = ContextVar("allowance", default=None)


@contextmanager
def allowed(seconds: float) -> Iterator[Allowance]:
    """Let the block wait for databases so long in all; outside of such a block only each answer has its limit."""
    made = Allowance(seconds)
    token = _allowance.set(made)
    try:
        yield made
    finally:
        _allowance.reset(token)


def allow(seconds: float | None) -> None:
    """As :func:`allowed`, from now on in this thread; None lifts it."""
    _allowance.set(None if seconds is None else Allowance(seconds))


@dataclass
class Breaker:
    """Remembers of each server whether it answers, so that one that is silent does not hold everybody up in turn."""

    failures: int = DATABASE.failures or 1
    rest_seconds: float = DATABASE.rest_seconds
    _failed: dict[str, int] = field(default_factory=dict)
    _closed_until: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self, server: str) -> None:
        """Go ahead, unless the server rests; when its rest is over one goes ahead and the others wait for its news.

        Raises:
            SilentServerError: It rests.
        """
        if server not in self._closed_until:
            return
        with self._lock:
            now = time.monotonic()
            if self._closed_until.get(server, now) > now:
                raise SilentServerError("the server did not answer lately and is left alone for a moment")
            self._closed_until[server] = now + self.rest_seconds

    def note(self, server: str, *, answered: bool) -> None:
        """Remember how it went."""
        if answered and server not in self._failed:
            return
        with self._lock:
            if answered:
                self._failed.pop(server, None)
                self._closed_until.pop(server, None)
                return
            self._failed[server] = self._failed.get(server, 0) + 1
            if self._failed[server] >= self.failures:
                self._closed_until[server] = time.monotonic() + self.rest_seconds


BREAKER = Breaker()


class PatientConnection(psycopg.Connection[Any]):
    """Waits for an answer as long as the work it is done for may, and then closes its socket."""

    server = ""
    _answered = False

    @classmethod
    def connect(cls, conninfo: str = "", **options: Any) -> Self:  # noqa: ANN401 - the base class's types
        """Open a connection, unless the server rests or the work has waited long enough."""
        server = f"{options.get('host', '')}:{options.get('port', '')}"
        if _seconds_left() <= 0:
            raise SilentServerError("the databases have been waited for long enough")
        BREAKER.check(server)
        started = time.monotonic()
        try:
            made = super().connect(conninfo, **options)
        except psycopg.errors.ConnectionTimeout:
            BREAKER.note(server, answered=False)
            raise
        finally:
            _spend(time.monotonic() - started)
        made.server = server
        return made

    def wait(self, gen: PQGen[Result], interval: float = INTERVAL, timeout: float | None = None) -> Result:
        """Wait for the server.

        Raises:
            SilentServerError: It kept silent for too long; the connection is closed.
        """
        try:
            wanted = next(gen)
        except StopIteration as done:
            # Nothing had to be asked, such as where there is nothing to undo.
            answer: Result = done.value
            return answer
        started, limit = time.monotonic(), _seconds_left() if timeout is None else timeout
        try:
            if self._answered:
                # Whether a new connection goes ahead was asked when it was opened.
                BREAKER.check(self.server)
            answer = super().wait(_going_on(gen, wanted), interval, max(limit, 0.0))
        except (psycopg.errors._WaitTimeout, SilentServerError) as error:  # noqa: SLF001 - the driver has no public name for it
            if not isinstance(error, SilentServerError):
                BREAKER.note(self.server, answered=False)
            self.pgconn.finish()
            raise SilentServerError("the server does not answer") from error
        finally:
            _spend(time.monotonic() - started)
        self._answered = True
        BREAKER.note(self.server, answered=True)
        return answer


class PatientAsyncConnection(psycopg.AsyncConnection[Any]):
    """The same for the queue, whose worker waits for nothing but answers."""

    async def wait(self, gen: PQGen[Result], interval: float = INTERVAL, timeout: float | None = None) -> Result:  # noqa: ASYNC109 - the base class's name
        """Wait for the server.

        Raises:
            SilentServerError: It kept silent for too long; the connection is closed.
        """
        try:
            return await super().wait(gen, interval, QUEUE.answer_seconds if timeout is None else timeout)
        except psycopg.errors._WaitTimeout as error:  # noqa: SLF001 - as above
            self.pgconn.finish()
            raise SilentServerError("the server does not answer") from error


def _going_on(gen: PQGen[Result], wanted: Any) -> PQGen[Result]:  # noqa: ANN401 - the driver's own flags
    """The rest of a generator that has said what it waits for."""
    try:
        while True:
            wanted = gen.send((yield wanted))
    except StopIteration as done:
        answer: Result = done.value
        return answer


def connect(_dialect: object, _record: object, arguments: Sequence[str], options: dict[str, Any]) -> PatientConnection:
    """Open the connection SQLAlchemy asks for; a listener of an engine's ``do_connect``."""
    return PatientConnection.connect(*arguments, **options)


def _seconds_left() -> float:
    allowance = _allowance.get()
    return DATABASE.answer_seconds if allowance is None else min(allowance.left, DATABASE.answer_seconds)


def _spend(seconds: float) -> None:
    if (allowance := _allowance.get()) is not None:
        allowance.left -= seconds
