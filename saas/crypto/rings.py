"""The keys of a city, unwrapped in memory: read once per process, and again when a newer one turns up."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from flask import current_app
from sqlalchemy import Connection, insert, select

from saas.config import current_config
from saas.crypto.master import master_of
from saas.crypto.models import DataKey
from saas.crypto.suites import SealBrokenError, Suite, get_suite
from saas.db.session import TenantRef, current_tenant, db

INDEX = 0  # the version of the key of the blind indexes
INDEX_BYTES = 32
FRESH = 20.0  # seconds for which a process seals under the key it knows as the newest
MOST = 65535  # versions; two bytes of every ciphertext
EXTENSION = "fengqiao.rings"


@dataclass(frozen=True)
class Key:
    """A key and the suite it belongs to."""

    suite: Suite
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class Ring:
    """The keys of one city as they were read.

    Attributes:
        origin: The permanent id every ciphertext is bound to; copies of a city share it.
        keys: By version.
        read_at: On the clock that only runs forward.
    """

    origin: UUID
    keys: dict[int, Key]
    read_at: float

    @property
    def newest(self) -> int:
        """The version that seals."""
        return max(self.keys)

    def key(self, version: int) -> Key:
        """The key of a version.

        Raises:
            SealBrokenError: The city has none.
        """
        try:
            return self.keys[version]
        except KeyError as error:
            raise SealBrokenError from error


_lent: ContextVar[Ring | None] = ContextVar("fengqiao.ring", default=None)


def for_sealing() -> Ring:
    """The ring of the city this session serves, read again when it may be out of date."""
    return _ring(lambda ring: time.monotonic() - ring.read_at < FRESH)


def for_opening(version: int) -> Ring:
    """The ring of the city this session serves, read again when it lacks the version."""
    return _ring(lambda ring: version in ring.keys)


def read(connection: Connection, origin: UUID) -> Ring:
    """The keys in the schema the connection works in.

    Raises:
        SealBrokenError: There are none, or the master key does not open them.
    """
    master = master_of(current_config())
    rows = connection.execute(select(DataKey.version, DataKey.alg, DataKey.wrapped)).all()
    keys = {row.version: Key(get_suite(row.alg), master.unwrap(row.wrapped, origin, row.version)) for row in rows}
    if len(keys) <= 1:
        raise SealBrokenError("这个城市还没有数据密钥，请先执行 flask tenant migrate。")
    return Ring(origin, keys, time.monotonic())


def ensure(connection: Connection, origin: UUID) -> None:
    """Make the first keys of a city that has none, in the connection's transaction."""
    if connection.scalar(select(DataKey.version).limit(1)) is None:
        suite = master_of(current_config()).suite
        add(connection, origin, INDEX, os.urandom(INDEX_BYTES))
        add(connection, origin, 1, os.urandom(suite.key_bytes))


def add(connection: Connection, origin: UUID, version: int, key: bytes) -> None:
    """Keep a key of the suite in use, wrapped."""
    master = master_of(current_config())
    row = {"version": version, "alg": master.suite.name, "wrapped": master.wrap(key, origin, version)}
    connection.execute(insert(DataKey).values(**row))


@contextmanager
def lend(ring: Ring) -> Iterator[None]:
    """Let the block use a ring where no session serves the city."""
    before = _lent.set(ring)
    try:
        yield
    finally:
        _lent.reset(before)


def forget() -> None:
    """Drop what this process has unwrapped."""
    _known().clear()


def _ring(good: Callable[[Ring], bool]) -> Ring:
    lent = _lent.get()
    if lent is not None:
        return lent
    tenant = current_tenant()
    known = _known().get(_name(tenant))
    if known is None or not good(known):
        # By the connection: the session may be in the middle of writing rows.
        known = _known()[_name(tenant)] = read(db.session.connection(), tenant.origin_id)
    return known


def _name(tenant: TenantRef) -> str:
    return f"{tenant.schema} {tenant.server}"


def _known() -> dict[str, Ring]:
    known: dict[str, Ring] = current_app.extensions.setdefault(EXTENSION, {})
    return known
