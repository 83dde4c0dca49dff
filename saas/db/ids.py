"""Identifiers: time-ordered UUIDs, made here so that no table needs a sequence."""

import os
import time
from uuid import UUID

RANDOM = 10  # bytes of each


def new_id() -> UUID:
    """A version 7 UUID (RFC 9562): 48 bits of Unix milliseconds, then randomness."""
    value = bytearray((time.time_ns() // 1_000_000).to_bytes(6, "big") + os.urandom(RANDOM))
    value[6] = value[6] & 0x0F | 0x70
    value[8] = value[8] & 0x3F | 0x80
    return UUID(bytes=bytes(value))


def new_ids(count: int) -> list[str]:
    """So many of them at once, in hexadecimal digits; for rows that are copied by the thousand."""
    moment, noise = f"{time.time_ns() // 1_000_000:012x}", os.urandom(RANDOM * count)
    ids = []
    for start in range(0, len(noise), RANDOM):
        digits = noise[start : start + RANDOM].hex()
        variant = "89ab"[noise[start] & 3]
        ids.append(f"{moment}7{digits[1:4]}{variant}{digits[5:]}")
    return ids
