"""Sealing a file: chunks of one MiB under a key of its own, bound to the city, the file, their place and the end.

Head: ``FQF1``, suite, key version (2), salt (16). The file's key is derived from the city's with the salt, so that
the number of a chunk can be its nonce.
"""

import os
from collections.abc import Iterator

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
    key = ring.keys[ring.newest]
    head = MAGIC + bytes([key.suite.number]) + ring.newest.to_bytes(2, "big") + os.urandom(SALT)
    secret, bound = _of_file(key, head), head + ring.origin.bytes + name
    starts = range(0, max(len(data), 1), CHUNK)
    sealed = (
        key.suite.encrypt(secret, _nonce(n, last=start == starts[-1]), data[start : start + CHUNK], bound)
        for n, start in enumerate(starts)
    )
    return head + b"".join(sealed)


def unseal(ring: Ring, name: bytes, blob: bytes) -> Iterator[bytes]:
    """The file chunk by chunk; a chunk is given out only after it has been proven.

    Raises:
        SealBrokenError: A byte was changed, a piece is missing, or it is another file or another city's.
    """
    version = version_of(blob)
    if version is None or version == INDEX:
        raise SealBrokenError
    key, head = ring.key(version), blob[:HEAD]
    if key.suite is not BY_NUMBER.get(blob[len(MAGIC)]) or len(blob) < HEAD + TAG:
        raise SealBrokenError
    secret, bound = _of_file(key, head), head + ring.origin.bytes + name
    starts = range(HEAD, len(blob), CHUNK + TAG)
    for n, start in enumerate(starts):
        nonce = _nonce(n, last=start == starts[-1])
        try:
            yield key.suite.decrypt(secret, nonce, blob[start : start + CHUNK + TAG], bound)
        except InvalidTag as error:
            raise SealBrokenError from error


def version_of(blob: bytes) -> int | None:
    """The version of the key a file names; None for one that lies open, as files did before they were sealed."""
    if not blob.startswith(MAGIC) or len(blob) < HEAD:
        return None
    return int.from_bytes(blob[len(MAGIC) + 1 : len(MAGIC) + 3], "big")


def _of_file(key: Key, head: bytes) -> bytes:
    return key.suite.derive(key.secret, b"file|" + head)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(NONCE - 1, "big") + bytes([last])
