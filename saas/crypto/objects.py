"""Sealing a file: chunks of one MiB under a key of its own, bound to the city, the file, their place and the end.

Head: ``FQF1``, suite, key version (2), salt (16). The file's key is derived from the city's with the salt, so that
the number of a chunk can be its nonce.
"""

import io
import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag

from saas.crypto.rings import INDEX, Key, Ring
from saas.crypto.suites import BY_NUMBER, NONCE, TAG, SealBrokenError

MAGIC = b"FQF1"
SALT = 16
HEAD = len(MAGIC) + 3 + SALT
CHUNK = 1 << 20  # bytes of the file in one chunk


def seal(ring: Ring, name: bytes, data: bytes) -> bytes:
    """A file as it may lie in the store.

    Args:
        ring: The keys of the city.
        name: What the file is known by, its digest; it opens under no other.
        data: The whole file.
    """
    return b"".join(sealing(ring, name, io.BytesIO(data)))


def sealing(ring: Ring, name: bytes, source: BinaryIO) -> Iterator[bytes]:
    """The same piece by piece, from a file that is open at its beginning: never more than two chunks in memory."""
    key = ring.keys[ring.newest]
    head = MAGIC + bytes([key.suite.number]) + ring.newest.to_bytes(2, "big") + os.urandom(SALT)
    secret, bound = _of_file(key, head), head + ring.origin.bytes + name
    yield head
    for n, (chunk, last) in enumerate(_chunks(source, CHUNK)):
        yield key.suite.encrypt(secret, _nonce(n, last=last), chunk, bound)


def unseal(ring: Ring, name: bytes, blob: bytes) -> Iterator[bytes]:
    """The file chunk by chunk; a chunk is given out only after it has been proven.

    Raises:
        SealBrokenError: A byte was changed, a piece is missing, or it is another file or another city's.
    """
    return unsealing(ring, name, io.BytesIO(blob))


def unsealing(ring: Ring, name: bytes, source: BinaryIO) -> Iterator[bytes]:
    """The same from a file that is open at its beginning.

    Raises:
        SealBrokenError: As :func:`unseal`; chunks proven before the broken one have been given out by then.
    """
    head = read_exactly(source, HEAD)
    version = version_of(head)
    if version is None or version == INDEX:
        raise SealBrokenError
    key = ring.key(version)
    if key.suite is not BY_NUMBER.get(head[len(MAGIC)]):
        raise SealBrokenError
    secret, bound = _of_file(key, head), head + ring.origin.bytes + name
    for n, (chunk, last) in enumerate(_chunks(source, CHUNK + TAG)):
        try:
            yield key.suite.decrypt(secret, _nonce(n, last=last), chunk, bound)
        except InvalidTag as error:
            raise SealBrokenError from error


def read_exactly(source: BinaryIO, size: int) -> bytes:
    """So many bytes, fewer only at the end: what comes over a network is handed over as it arrives."""
    parts, lacking = [], size
    while lacking and (part := source.read(lacking)):
        parts.append(part)
        lacking -= len(part)
    return b"".join(parts)


def version_of(blob: bytes) -> int | None:
    """The version of the key a file names; None for one that lies open, as files did before they were sealed."""
    if not blob.startswith(MAGIC) or len(blob) < HEAD:
        return None
    return int.from_bytes(blob[len(MAGIC) + 1 : len(MAGIC) + 3], "big")


def _chunks(source: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """Pieces of one size, each with whether it is the last; of nothing there is one empty piece."""
    chunk = read_exactly(source, size)
    while True:
        following = read_exactly(source, size) if len(chunk) == size else b""
        yield chunk, not following
        if not following:
            return
        chunk = following


def _of_file(key: Key, head: bytes) -> bytes:
    return key.suite.derive(key.secret, b"file|" + head)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(NONCE - 1, "big") + bytes([last])
