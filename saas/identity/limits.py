"""How often something may be tried: counted in the database, apart from the request's transaction."""

import hashlib
import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, Engine, case, delete, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.elements import ColumnElement

from saas.db.session import db
from saas.identity.models import RateCount, TryCount

REMEMBERED = timedelta(hours=24)
LONGEST_LOCK = timedelta(minutes=30)


def network(address: str | None) -> str:
    """The neighbourhood an address is counted under: /24 of IPv4, /64 of IPv6."""
    try:
        ip = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    bits = 24 if isinstance(ip, ipaddress.IPv4Address) else 64
    return str(ipaddress.ip_network(f"{ip}/{bits}", strict=False))


def key_of(*parts: str) -> str:
    """A key for :func:`hit`: a digest, so that the table holds no names and no addresses."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Try:
    """What became of an announced try: whether it may be evaluated, and whether it is the last before a lock."""

    allowed: bool
    is_last: bool


def hit(key: str, limit: int, per: timedelta, *, engine: Engine | Connection | None = None) -> bool:
    """Count a try and say whether it is within the limit; the count stays when the request fails.

    ``engine`` is the session's own city unless given; its search path must lead to ``rate_count``.
    """
    with _engine(engine).begin() as connection:
        return count(connection, key, per) <= limit


def count(connection: Connection, key: str, per: timedelta) -> int:
    """Count a try in the connection's transaction: how many there were in the window, this one included."""
    fresh: ColumnElement[bool] = RateCount.window_start <= func.clock_timestamp() - per
    row = insert(RateCount).values(key=key, window_start=func.clock_timestamp(), hits=1)
    counted = row.on_conflict_do_update(
        index_elements=[RateCount.key],
        set_={
            "hits": case((fresh, 1), else_=RateCount.hits + 1),
            "window_start": case((fresh, row.excluded.window_start), else_=RateCount.window_start),
        },
    ).returning(RateCount.hits)
    return connection.execute(counted).scalar_one()


def announce(
    connection: Connection, key: str, tries: ColumnElement[int] | int, minutes: ColumnElement[int] | int
) -> Try:
    """Count a try before it is evaluated; however many come at once, exactly ``tries`` are let through.

    The last one locks the key for ``minutes``, and for twice as long the next time, half an hour at most; a day
    without a try forgets it all. Whoever turns out to be right is forgiven by :func:`forgive`.
    """
    now = func.clock_timestamp()
    locked = TryCount.locked_until > now
    stale = TryCount.counted_at < now - REMEMBERED
    failures = case((stale | (TryCount.failures >= tries), 1), else_=TryCount.failures + 1)
    locks = case((stale, 0), else_=TryCount.locks)
    lock = func.least(func.make_interval(0, 0, 0, 0, 0, minutes) * func.power(2, func.least(locks, 5)), LONGEST_LOCK)
    is_last = failures >= tries
    row = insert(TryCount).values(key=key, failures=1, locks=0, locked_until=None, counted_at=now, allowed=True)
    counted = row.on_conflict_do_update(
        index_elements=[TryCount.key],
        set_={
            "failures": case((locked, TryCount.failures), else_=failures),
            "locks": case((locked, TryCount.locks), (is_last, locks + 1), else_=locks),
            "locked_until": case((locked, TryCount.locked_until), (is_last, now + lock), else_=None),
            "counted_at": case((locked, TryCount.counted_at), else_=now),
            "allowed": case((locked, False), else_=True),
        },
    ).returning(TryCount.allowed, TryCount.locked_until)
    allowed, locked_until = connection.execute(counted).one()
    return Try(allowed, allowed and locked_until is not None)


def forgive(
    *, tries: Collection[str] = (), counts: Collection[str] = (), engine: Engine | Connection | None = None
) -> None:
    """Undo what :func:`announce` and :func:`count` noted of somebody who gave the right answer."""
    with _engine(engine).begin() as connection:
        lessened = update(RateCount).where(RateCount.key.in_(counts))
        connection.execute(lessened.values(hits=func.greatest(RateCount.hits - 1, 0)))
        connection.execute(delete(TryCount).where(TryCount.key.in_(tries)))


def _engine(given: Engine | Connection | None) -> Engine:
    bind = given if given is not None else db.session.get_bind()
    # A connection's engine, so that the count is committed whatever becomes of that connection.
    return bind.engine
