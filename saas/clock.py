"""The one place that knows what time it is: UTC in storage, Beijing time for people."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")

_frozen: ContextVar[datetime | None] = ContextVar("business_time", default=None)


def now() -> datetime:
    """The present business time, aware and in UTC."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    """The present day in Beijing time."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """An aware moment as Beijing time; a moment without a zone is a ValueError, never a guess."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(ZONE)


@contextmanager
def business_time(moment: datetime) -> Iterator[None]:
    """Let the block believe it is `moment` (aware); for tests and for loading demonstration cases."""
    token = _frozen.set(local(moment).astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
