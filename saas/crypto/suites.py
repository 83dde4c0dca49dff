"""The two suites: SM4-GCM with SM3 (GM/T 0002, 0004; RFC 8998), and AES-256-GCM with SHA-256."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, SM3, HashAlgorithm
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from saas.errors import AppError

NONCE = 12  # bytes
TAG = 16  # bytes


class SealBrokenError(AppError):
    """A ciphertext is not what was put there, or was put somewhere else, or no key opens it."""

    status = 503
    title = "数据校验没有通过"

    def __init__(self, message: str = "这项数据不能解密，可能已被改动，请联系系统管理员从备份恢复。") -> None:
        """Refuse in words that name no value."""
        super().__init__(message)


@dataclass(frozen=True)
class Suite:
    """One set of algorithms.

    Attributes:
        name: How the setting ``FENGQIAO_CIPHER`` and the key tables call it.
        number: The byte that stands for it in every ciphertext.
        key_bytes: How long its keys are.
        digest: The name of its hash, as :mod:`hashlib` knows it.
        encrypt: Key, nonce, plain text, associated data; gives ciphertext and tag.
        decrypt: Key, nonce, ciphertext with tag, associated data; raises ``InvalidTag``.
    """

    name: str
    number: int
    key_bytes: int
    digest: str
    encrypt: Callable[[bytes, bytes, bytes, bytes], bytes]
    decrypt: Callable[[bytes, bytes, bytes, bytes], bytes]

    def derive(self, secret: bytes, purpose: bytes, length: int | None = None) -> bytes:
        """A key for one purpose out of a longer secret (RFC 5869)."""
        algorithm: HashAlgorithm = SM3() if self.digest == "sm3" else SHA256()
        return HKDF(algorithm, length or self.key_bytes, None, purpose).derive(secret)

    def mac(self, key: bytes, message: bytes) -> bytes:
        """The keyed digest of a message, 32 bytes."""
        return hmac.digest(key, message, self.digest)


def _sm4_encrypt(key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(bound)
    return encryptor.update(plain) + encryptor.finalize() + encryptor.tag


def _sm4_decrypt(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    if len(sealed) < TAG:
        raise InvalidTag
    decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, sealed[-TAG:])).decryptor()
    decryptor.authenticate_additional_data(bound)
    return decryptor.update(sealed[:-TAG]) + decryptor.finalize()


@lru_cache(maxsize=64)
def _aes(key: bytes) -> AESGCM:
    return AESGCM(key)


def _aes_encrypt(key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
    return _aes(key).encrypt(nonce, plain, bound)


def _aes_decrypt(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    return _aes(key).decrypt(nonce, sealed, bound)


SM4 = Suite("sm4", 1, 16, "sm3", _sm4_encrypt, _sm4_decrypt)
AES = Suite("aes", 2, 32, "sha256", _aes_encrypt, _aes_decrypt)
SUITES = {suite.name: suite for suite in (SM4, AES)}
BY_NUMBER = {suite.number: suite for suite in (SM4, AES)}


def get_suite(name: str) -> Suite:
    """The suite of a name.

    Raises:
        SealBrokenError: This program knows none of that name.
    """
    try:
        return SUITES[name]
    except KeyError as error:
        raise SealBrokenError("这项数据使用了本程序不认识的加密算法，请用更新的程序打开。") from error
