"""Sealing a stream: encrypted in chunks under a key of its own, which the deployment's backup key wraps."""

import hashlib
import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from saas.errors import AppError

MAGIC = b"FQSEAL1\n"
KEY_BYTES = 32
NONCE = 12
TAG = 16
SALT = 16
CHUNK = 1 << 20  # bytes of the stream in one sealed chunk
NAME = 8  # bytes that tell keys apart


class SealError(AppError):
    """A sealed file cannot be opened: another key, damage, or an end that is missing."""

    title = "备份文件无法打开"


class SealingWriter:
    """Takes bytes and writes them sealed; the end must be written by :meth:`close`, or the file will not open.

    Each chunk's nonce is its number and whether it is the last, so that none can be left out, swapped or cut off.
    """

    def __init__(self, stream: BinaryIO, secret: str) -> None:
        """Write the head: what the file is, and its key wrapped under the secret."""
        salt, key = os.urandom(SALT), os.urandom(KEY_BYTES)
        wrapping, name = _derive(secret, salt)
        head = MAGIC + name + salt
        stream.write(head + AESGCM(wrapping).encrypt(bytes(NONCE), key, head))
        self._stream, self._cipher = stream, AESGCM(key)
        self._number, self._waiting = 0, bytearray()

    def write(self, data: bytes) -> None:
        """Take some bytes."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._seal(bytes(memoryview(self._waiting)[:CHUNK]), last=False)
            del self._waiting[:CHUNK]

    def close(self) -> None:
        """Write what is left, marked as the end."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, last=last), chunk, None)
        self._stream.write(len(sealed).to_bytes(4, "big") + sealed)
        self._number += 1


def unseal(stream: BinaryIO, secret: str) -> Iterator[bytes]:
    """The bytes of a sealed stream, chunk by chunk; a chunk is given out only after it has been proven.

    Raises:
        SealError: It is no sealed stream, was sealed under another secret, or is damaged or cut off.
    """
    head = stream.read(len(MAGIC) + NAME + SALT)
    if not head.startswith(MAGIC):
        raise SealError("这不是本系统的备份文件，请检查文件是否选对。")
    wrapping, name = _derive(secret, head[-SALT:])
    if head[len(MAGIC) : -SALT] != name:
        raise SealError("这个备份是用另一个备份密钥加密的，请把 FENGQIAO_BACKUP_KEY 设为当时的密钥。")
    try:
        cipher = AESGCM(AESGCM(wrapping).decrypt(bytes(NONCE), stream.read(KEY_BYTES + TAG), head))
        yield from _chunks(stream, cipher)
    except InvalidTag as error:
        raise SealError("备份文件已损坏，请换另一份备份。") from error


def _chunks(stream: BinaryIO, cipher: AESGCM) -> Iterator[bytes]:
    sealed, number = _next(stream), 0
    while sealed is not None:
        following = _next(stream)
        yield cipher.decrypt(_nonce(number, last=following is None), sealed, None)
        sealed, number = following, number + 1


def _next(stream: BinaryIO) -> bytes | None:
    """The next sealed chunk as it lies there; None at the end."""
    size = stream.read(4)
    if not size:
        return None
    length = int.from_bytes(size, "big")
    if len(size) < len(b"size") or length > CHUNK + TAG:
        raise SealError("备份文件已损坏，请换另一份备份。")
    return stream.read(length)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(NONCE - 1, "big") + bytes([last])


def _derive(secret: str, salt: bytes) -> tuple[bytes, bytes]:
    """The key that wraps, and a name by which it is known without giving anything away."""
    derived = HKDF(SHA256(), KEY_BYTES, salt, b"fengqiao sealed stream").derive(secret.encode())
    return derived, hashlib.sha256(b"name of the key" + derived).digest()[:NAME]
