"""Connections of all cities under one cap: who has none comes before who has many."""

import select
import threading
import time
from collections import Counter, OrderedDict
from typing import Any, Self

import psycopg
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry, Pool


class Reservoir:
    """The connections of this process, open ones counted and idle ones kept.

    Where the cap is reached, the city that keeps most idle connections gives one up, the one that was used
    longest ago first; where none is idle, the next one that comes back from a city with more goes to the one
    that waits with fewer.
    """

    def __init__(self, most: int, most_each: int, patience: float) -> None:
        """Start with none.

        Args:
            most: Of all cities together.
            most_each: Of one city.
            patience: Seconds to wait for one.
        """
        self._most, self._most_each, self._patience = most, most_each, patience
        self._idle: OrderedDict[str, list[ConnectionPoolEntry]] = OrderedDict()
        self._open: Counter[str] = Counter()
        self._waiting: Counter[str] = Counter()
        self._changed = threading.Condition()

    @property
    def open(self) -> dict[str, int]:
        """How many connections each city has, in use or idle."""
        with self._changed:
            return dict(+self._open)

    @property
    def idle(self) -> int:
        """How many connections nobody uses just now."""
        with self._changed:
            return sum(len(kept) for kept in self._idle.values())

    def take(self, key: str) -> ConnectionPoolEntry | None:
        """An idle connection of the city; None when the caller may open one, which is counted already.

        Raises:
            TimeoutError: Neither could be had in time.
        """
        deadline = time.monotonic() + self._patience
        with self._changed:
            self._waiting[key] += 1
            try:
                while True:
                    if kept := self._idle.get(key):
                        return kept.pop()
                    if self._may_open(key):
                        self._open[key] += 1
                        return None
                    if not self._changed.wait(deadline - time.monotonic()):
                        raise PoolTimeoutError("no connection became free in time")
            finally:
                self._waiting[key] -= 1

    def give(self, key: str, entry: ConnectionPoolEntry) -> None:
        """Take a connection back: kept for the next one of the city, or closed for one of another city."""
        with self._changed:
            if self._is_wanted_elsewhere(key):
                self._close(key, entry)
            else:
                self._idle.setdefault(key, []).append(entry)
                self._idle.move_to_end(key)
            self._changed.notify_all()

    def lose(self, key: str) -> None:
        """Count a connection no more that could not be opened."""
        with self._changed:
            self._open[key] -= 1
            self._changed.notify_all()

    def empty(self, key: str) -> None:
        """Close every idle connection of a city."""
        with self._changed:
            for entry in self._idle.pop(key, []):
                self._close(key, entry)
            self._changed.notify_all()

    def _may_open(self, key: str) -> bool:
        """Whether there is room for one more of the city, made by closing an idle one of another if need be."""
        if self._open[key] >= self._most_each:
            return False
        if self._open.total() < self._most:
            return True
        idle = [other for other, kept in self._idle.items() if kept and other != key]
        if not idle:
            return False
        # The first of equals: the order is that of last use.
        giver = max(idle, key=lambda other: self._open[other])
        self._close(giver, self._idle[giver].pop(0))
        return True

    def _is_wanted_elsewhere(self, key: str) -> bool:
        if self._open.total() < self._most:
            return False
        return any(count and self._open[other] < self._open[key] for other, count in self._waiting.items())

    def _close(self, key: str, entry: ConnectionPoolEntry) -> None:
        self._open[key] -= 1
        entry.close()


class CityPool(Pool):
    """A city's part of the reservoir, as SQLAlchemy asks for it."""

    def __init__(self, creator: Any, reservoir: Reservoir, city: str, **options: Any) -> None:  # noqa: ANN401 - the base class's types
        """Serve one city.

        Args:
            creator: Opens a connection.
            reservoir: What all cities share.
            city: Which one.
            options: Of every pool.
        """
        super().__init__(creator, **options)
        self._reservoir, self._city = reservoir, city

    def _do_get(self) -> ConnectionPoolEntry:
        entry = self._reservoir.take(self._city)
        if entry is not None:
            _renew_if_ended(entry)
            return entry
        try:
            return self._create_connection()
        except BaseException:
            self._reservoir.lose(self._city)
            raise

    def _do_return_conn(self, record: ConnectionPoolEntry) -> None:
        self._reservoir.give(self._city, record)

    def dispose(self) -> None:
        """Close every idle connection."""
        self._reservoir.empty(self._city)

    def recreate(self) -> Self:
        """The same: what is in use comes back here."""
        return self

    def status(self) -> str:
        """How many connections the city has."""
        return f"{self._city}: {self._reservoir.open.get(self._city, 0)}"


def _renew_if_ended(entry: ConnectionPoolEntry) -> None:
    """Let go of a connection that the server has ended, so that another one is opened in its place.

    A server that ends a connection says so on it, and says nothing on an idle one otherwise: looking whether there
    is anything to read costs no message, where asking the server would cost one for every request.
    """
    connection: psycopg.Connection[Any] | None = entry.driver_connection
    if connection is None:
        return
    ear = select.poll()
    ear.register(connection.fileno(), select.POLLIN)
    if ear.poll(0):
        entry.invalidate()
