"""Sealing one value: 0x01, suite, key version (2), nonce (12), ciphertext, tag (16); bound to city, column and row."""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag

from saas.crypto import rings
from saas.crypto.rings import Ring
from saas.crypto.suites import BY_NUMBER, NONCE, TAG, SealBrokenError

FORMAT = 1
HEAD = 4
SHORTEST = HEAD + NONCE + TAG


def seal(column: str, row_id: UUID, plain: str | bytes) -> bytes:
    """A value as it may lie in the database.

    Args:
        column: ``table.column``; the ciphertext opens there and nowhere else.
        row_id: Of the row it stands in.
        plain: The value.
    """
    return seal_under(rings.for_sealing(), column, row_id, plain)


def seal_under(ring: Ring, column: str, row_id: UUID, plain: str | bytes) -> bytes:
    """As :func:`seal`, with the newest key of a ring."""
    version = ring.newest
    key = ring.keys[version]
    head = bytes([FORMAT, key.suite.number]) + version.to_bytes(2, "big")
    nonce = os.urandom(NONCE)
    text = plain.encode() if isinstance(plain, str) else plain
    return head + nonce + key.suite.encrypt(key.secret, nonce, text, bound(head, ring, column, row_id))


def unseal(column: str, row_id: UUID, blob: bytes) -> bytes:
    """The value of a ciphertext.

    Raises:
        SealBrokenError: It was changed, cut, belongs to another row, column or city, or its key is not there.
    """
    return unseal_under(rings.for_opening(version_of(blob)), column, row_id, blob)


def unseal_under(ring: Ring, column: str, row_id: UUID, blob: bytes) -> bytes:
    """As :func:`unseal`, with the keys of a ring."""
    head, nonce, sealed = blob[:HEAD], blob[HEAD : HEAD + NONCE], blob[HEAD + NONCE :]
    key = ring.key(version_of(blob))
    if key.suite is not BY_NUMBER.get(head[1]):
        raise SealBrokenError
    try:
        return key.suite.decrypt(key.secret, nonce, sealed, bound(head, ring, column, row_id))
    except InvalidTag as error:
        raise SealBrokenError from error


def version_of(blob: bytes) -> int:
    """The version of the key a ciphertext names.

    Raises:
        SealBrokenError: It is not a ciphertext of ours.
    """
    if len(blob) < SHORTEST or blob[0] != FORMAT:
        raise SealBrokenError
    version = int.from_bytes(blob[2:HEAD], "big")
    if version == rings.INDEX:
        raise SealBrokenError
    return version


def bound(head: bytes, ring: Ring, column: str, row_id: UUID) -> bytes:
    """What a ciphertext is tied to."""
    return head + ring.origin.bytes + b"|" + column.encode() + b"|" + row_id.bytes
