"""Passwords: argon2id digests, checked a few at a time, and what a new password must be."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from saas.errors import InvalidInputError, UnavailableError

MIN_LENGTH = 12
MAX_LENGTH = 128
MIN_DISTINCT = 6

# 46 MiB in one pass takes about 70 ms of one core; two at a time leave the machine to the others.
_hasher = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)
_places = threading.BoundedSemaphore(2)
_WAIT_SECONDS = 5.0

# What people build guessable passwords from; what is left without them has to carry the password.
_GUESSABLE = re.compile(
    r"p[a@]ssw[o0]rd|admin|qwertyuiop|qwerty|asdfgh|zxcvbn|welcome|sifaju|sfj|司法局|密码"
    r"|(?:19|20)\d\d|0?123456789?0?|987654321|112233|abcdef|abc",
    re.IGNORECASE,
)

# The digest of no password: who does not exist is checked as slowly as who does.
_NOBODY = _hasher.hash("nobody")


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(timeout=_WAIT_SECONDS):
        raise UnavailableError("现在登录的人较多，请过一会儿再试。")
    try:
        yield
    finally:
        _places.release()


def digest(password: str) -> str:
    """The argon2id digest to store."""
    with _place():
        return _hasher.hash(password)


def is_right(stored: str | None, password: str) -> bool:
    """Whether the password belongs to the stored digest; None (nobody) takes as long and is never right."""
    with _place():
        try:
            _hasher.verify(stored or _NOBODY, password)
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Whether the digest was made with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def check_new(password: str, *, username: str, field: str = "password") -> None:
    """Refuse a password that is too short or made of guessable pieces.

    Raises:
        InvalidInputError: With one sentence for the field.
    """
    if problem := _problem(password, username):
        raise InvalidInputError({field: problem})


def _problem(password: str, username: str) -> str | None:
    if len(password) < MIN_LENGTH:
        return f"密码至少{MIN_LENGTH}位，可以用几个不相关的词连起来。"
    if len(password) > MAX_LENGTH:
        return f"密码不能超过{MAX_LENGTH}位。"
    if len(set(_GUESSABLE.sub("", password.lower().replace(username.lower(), "")))) < MIN_DISTINCT:
        return "密码太容易被猜到，请不要用账号、单位名称、年份和连续的数字字母。"
    return None
