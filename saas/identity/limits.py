"""How often something may be tried: counted in the database, apart from the request's transaction."""

import hashlib
import ipaddress
from datetime import timedelta

from sqlalchemy import Connection, Engine, case, delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.elements import ColumnElement

from saas.db.session import db
from saas.identity.models import RateCount


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


def hit(key: str, limit: int, per: timedelta, *, engine: Engine | Connection | None = None) -> bool:
    """Count a try and say whether it is within the limit; the count stays when the request fails.

    ``engine`` is the session's own city unless given; its search path must lead to ``rate_count``.
    """
    fresh: ColumnElement[bool] = RateCount.window_start <= func.clock_timestamp() - per
    row = insert(RateCount).values(key=key, window_start=func.clock_timestamp(), hits=1)
    counted = row.on_conflict_do_update(
        index_elements=[RateCount.key],
        set_={
            "hits": case((fresh, 1), else_=RateCount.hits + 1),
            "window_start": case((fresh, row.excluded.window_start), else_=RateCount.window_start),
        },
    ).returning(RateCount.hits)
    with _engine(engine).begin() as connection:
        return connection.execute(counted).scalar_one() <= limit


def forget(key: str, *, engine: Engine | Connection | None = None) -> None:
    """Start counting anew, after the right answer was given."""
    with _engine(engine).begin() as connection:
        connection.execute(delete(RateCount).where(RateCount.key == key))


def _engine(given: Engine | Connection | None) -> Engine:
    bind = given if given is not None else db.session.get_bind()
    # A connection's engine, so that the count is committed whatever becomes of that connection.
    return bind.engine
