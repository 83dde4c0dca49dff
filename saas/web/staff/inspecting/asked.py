"""What the forms of inspections sent, as typed values; what makes no sense is none."""

import re
from datetime import date

from flask import request

from saas.errors import InvalidInputError

LONGEST = 2000  # characters of a text
TITLE = 80
SPLIT = re.compile(r"[\s,，、;；]+")


def text(name: str, longest: int = LONGEST) -> str:
    """A text without blanks around it.

    Raises:
        InvalidInputError: it is too long; nothing of it is cut off.
    """
    sent = request.form.get(name, "").strip()
    if len(sent) > longest:
        raise InvalidInputError({name: f"最多 {longest} 个字，现在是 {len(sent)} 个字，请缩短。"})
    return sent


def number(name: str) -> int | None:
    """A whole number in digits."""
    sent = request.form.get(name, "").strip()
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < TITLE else None


def day(name: str) -> date | None:
    """A day."""
    try:
        return date.fromisoformat(request.form.get(name, "").strip())
    except ValueError:
        return None


def names(name: str) -> list[str]:
    """Names of accounts, separated by anything."""
    return [one for one in SPLIT.split(text(name)) if one]
