"""Taking out of a text what must not stand in a record or a log: numbers of persons, secrets that sessions live by."""

import re
from collections.abc import Mapping
from typing import Any

_EDGE, _END = r"(?<![0-9A-Za-z_-])", r"(?![0-9A-Za-z_-])"
NUMBERS = re.compile(rf"{_EDGE}(?:[1-9][0-9]{{16}}[0-9Xx]|(?:\+?86[ -]?)?1[3-9][0-9]{{9}}){_END}")
"""ID numbers of 18 places and mobile numbers."""
SECRETS = re.compile(
    r"(?i)((?:password|passwd|secret|token|cookie|authorization|set-cookie|fengqiao_session|_csrf|query_code|code)"
    r"[\"']?\s*[=:]\s*[\"']?)(?:bearer\s+)?[^\s\"',;&]+"
)
TOKENS = re.compile(rf"{_EDGE}[A-Za-z0-9_-]{{43}}{_END}")
"""Tokens of sessions: 256 bits as 43 characters."""
HIDDEN = "***"


def numbers(text: str) -> str:
    """The text without numbers of persons."""
    return NUMBERS.sub(HIDDEN, text)


def everything(text: str) -> str:
    """The text without numbers of persons, and without what looks like a password, a token or a cookie."""
    return TOKENS.sub(HIDDEN, SECRETS.sub(rf"\1{HIDDEN}", numbers(text)))


def plain(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A JSON value whose texts carry no number of a person."""
    if isinstance(value, str):
        return numbers(value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value
