"""Passwords: argon2id digests, checked a few at a time, and what a new password must be."""

import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import has_app_context
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from saas.config import current_config
from saas.config_parts import Argon2
from saas.errors import InvalidInputError, UnavailableError
from saas.identity.policy import ASVS, Policy

MIN_LENGTH = 12
MAX_LENGTH = 128
MIN_DISTINCT = 6
COMMON = 10_000
LONGEST_RUN = 4

# Two at a time leave the machine to the others.
_places = threading.BoundedSemaphore(2)
_WAIT_SECONDS = 5.0

# What people build guessable passwords from; what is left without them has to carry the password.
_GUESSABLE = re.compile(
    r"p[a@]ssw[o0]rd|admin|qwertyuiop|qwerty|asdfgh|zxcvbn|welcome|sifaju|sfj|司法局|司法所|密码"
    r"|(?:19|20)\d\d|112233|abc",
    re.IGNORECASE,
)
_DISGUISES = str.maketrans("@013457$!", "aoleastsi")
_LETTERS = re.compile(r"[^\W\d_]+")
_CLASSES = (str.islower, str.isupper, str.isdigit)
_LISTED = frozenset(FREQUENCY_LISTS["passwords"][:COMMON])


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(timeout=_WAIT_SECONDS):
        raise UnavailableError("现在登录的人较多，请过一会儿再试。")
    try:
        yield
    finally:
        _places.release()


@cache
def _hasher_of(cost: Argon2) -> PasswordHasher:
    return PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory, parallelism=cost.lanes)


@cache
def _nobody_of(cost: Argon2) -> str:
    """The digest of no password: who does not exist is checked as slowly as who does."""
    return _hasher_of(cost).hash("nobody")


def _cost() -> Argon2:
    return current_config().argon2 if has_app_context() else Argon2()


def digest(password: str) -> str:
    """The argon2id digest to store."""
    with _place():
        return _hasher_of(_cost()).hash(password)


def is_right(stored: str | None, password: str) -> bool:
    """Whether the password belongs to the stored digest; None (nobody) takes as long and is never right."""
    cost = _cost()
    with _place():
        try:
            _hasher_of(cost).verify(stored or _nobody_of(cost), password)
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Whether the digest was made with other parameters than today's."""
    return _hasher_of(_cost()).check_needs_rehash(stored)


def check_new(
    password: str, *, username: str, policy: Policy = ASVS, words: Iterable[str] = (), field: str = "password"
) -> None:
    """Refuse a password that is too short, made of guessable pieces, or less than the policy demands.

    Args:
        password: As typed; nothing is cut off or normalised.
        username: Must not carry the password.
        policy: Of the city.
        words: What people of this place would think of first.
        field: Where the sentence is shown.

    Raises:
        InvalidInputError: With one sentence for the field.
    """
    if problem := _problem(password, policy, (username, *words)):
        raise InvalidInputError({field: problem})


def _problem(password: str, policy: Policy, words: Iterable[str]) -> str | None:
    if len(password) < MIN_LENGTH:
        return f"密码至少{MIN_LENGTH}位，可以用几个不相关的词连起来。"
    if len(password) > MAX_LENGTH:
        return f"密码不能超过{MAX_LENGTH}位。"
    if _is_guessable(password.casefold(), words):
        return "密码太容易被猜到，请不要用账号、单位名称、年份、常见密码和连续的数字字母。"
    if _count_classes(password) < policy.classes:
        return f"密码要有大写字母、小写字母、数字、其他字符四类中的至少{policy.classes}类。"
    return None


def _is_guessable(password: str, words: Iterable[str]) -> bool:
    left = password
    for word in sorted(filter(None, words), key=len, reverse=True):
        left = left.replace(word.casefold(), "")
    left = _without_runs(_GUESSABLE.sub("", left))
    return len(set(left)) < MIN_DISTINCT or _is_listed(password) or _is_listed(left)


def _without_runs(text: str) -> str:
    """The text without four or more characters that follow one another: 1234, dcba."""
    kept, run = "", text[:1]
    for char in text[1:]:
        step = ord(char) - ord(run[-1])
        if step in {1, -1} and (len(run) == 1 or step == ord(run[-1]) - ord(run[-2])):
            run += char
            continue
        kept, run = kept + (run if len(run) < LONGEST_RUN else ""), char
    return kept + (run if len(run) < LONGEST_RUN else "")


def _is_listed(text: str) -> bool:
    """Whether its letters, disguised or not, are one common password, once or several times over."""
    return any(_is_one_word(_LETTERS.findall(each)) for each in (text, text.translate(_DISGUISES)))


def _is_one_word(pieces: list[str]) -> bool:
    whole = "".join(pieces)
    return whole in _LISTED or (len(set(pieces)) == 1 and pieces[0] in _LISTED) or _repeated(whole) in _LISTED


def _repeated(text: str) -> str:
    """The shortest piece that makes up the text when repeated; the text itself when there is none."""
    return text[: (text + text).find(text, 1)] if text else text


def _count_classes(password: str) -> int:
    """How many of the four kinds of characters there are: capital, small, digit, any other."""
    other = any(not any(kind(char) for kind in _CLASSES) for char in password)
    return sum(any(kind(char) for char in password) for kind in _CLASSES) + other
