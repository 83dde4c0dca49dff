"""The deployment's master key: it wraps the cities' keys and is never in a database."""

import hashlib
import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag

from saas.config import Config
from saas.config_parts import ConfigError
from saas.crypto.suites import BY_NUMBER, NONCE, SUITES, SealBrokenError, Suite

FORMAT = 1
NAME = 8  # bytes that tell master keys apart without giving anything away
HEAD = 2 + NAME
WRONG = (
    "这个城市的密钥是用另一个主密钥封装的，请把 FENGQIAO_MASTER_KEY 设为当时的主密钥"
    "（换过的，同时设 FENGQIAO_MASTER_KEY_PREVIOUS）。"
)


@dataclass(frozen=True)
class Master:
    """The master key in use, the one before it while keys are wrapped anew, and the suite for what is new."""

    key: str
    previous: str
    suite: Suite

    def wrap(self, key: bytes, origin: UUID, version: int) -> bytes:
        """A city's key as it may lie in the city's table: bound to the city it was made for and to its version."""
        head = bytes([FORMAT, self.suite.number]) + _name(self.key)
        nonce = os.urandom(NONCE)
        return (
            head
            + nonce
            + self.suite.encrypt(_wrapping(self.suite, self.key), nonce, key, _bound(head, origin, version))
        )

    def unwrap(self, wrapped: bytes, origin: UUID, version: int) -> bytes:
        """The city's key.

        Raises:
            SealBrokenError: It was wrapped under another master key, for another city, or is damaged.
        """
        head, nonce, sealed = wrapped[:HEAD], wrapped[HEAD : HEAD + NONCE], wrapped[HEAD + NONCE :]
        suite = BY_NUMBER.get(head[1]) if head[:1] == bytes([FORMAT]) else None
        key = next((key for key in (self.key, self.previous) if key and _name(key) == head[2:]), None)
        if suite is None or key is None:
            raise SealBrokenError(WRONG)
        try:
            return suite.decrypt(_wrapping(suite, key), nonce, sealed, _bound(head, origin, version))
        except InvalidTag as error:
            raise SealBrokenError("这个城市的密钥已损坏，请从备份恢复。") from error

    def is_current(self, wrapped: bytes) -> bool:
        """Whether it was wrapped under the master key in use."""
        return wrapped[2:HEAD] == _name(self.key)


def master_of(config: Config) -> Master:
    """What a deployment's settings say.

    Raises:
        ConfigError: There is no master key.
    """
    if not config.master_key:
        raise ConfigError("FENGQIAO_MASTER_KEY: is not set")
    return Master(config.master_key, config.master_key_previous, SUITES[config.cipher])


def _wrapping(suite: Suite, key: str) -> bytes:
    return suite.derive(key.encode(), b"wrapping of data keys")


def _name(key: str) -> bytes:
    return hashlib.sha256(b"name of the master key" + key.encode()).digest()[:NAME]


def _bound(head: bytes, origin: UUID, version: int) -> bytes:
    return head + origin.bytes + version.to_bytes(2, "big")
