"""Blind indexes: finding a row by the exact value of a sealed column without being able to read it."""

import re
from functools import lru_cache

from saas import text
from saas.crypto import rings
from saas.crypto.rings import Key, Ring

SIZE = 16  # bytes
_NOISE = re.compile(r"[\s\-()（）]")
_COUNTRY = re.compile(r"^(\+86|0086)")


def index_of(column: str, value: str) -> bytes:
    """The index of a value: keyed, another one in every city and column.

    Args:
        column: ``table.column``.
        value: As people write it; letters, spaces and full-width forms make no difference.
    """
    return index_under(rings.for_opening(rings.INDEX), column, value)


def index_under(ring: Ring, column: str, value: str) -> bytes:
    """As :func:`index_of`, with the keys of a ring."""
    key = ring.key(rings.INDEX)
    return key.suite.mac(_of_column(key, column), normalise(value).encode())[:SIZE]


@lru_cache(maxsize=512)
def _of_column(key: Key, column: str) -> bytes:
    return key.suite.mac(key.secret, b"blind index|" + column.encode())


def normalise(value: str) -> str:
    """A number as it is compared: plain characters, capitals, no gaps, no country code."""
    return _COUNTRY.sub("", _NOISE.sub("", text.halfwidth(value)).upper())
