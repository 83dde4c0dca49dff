"""What the forms of inspections sent, as typed values; what makes no sense is none."""

import re
from datetime import date

from flask import request

LONGEST = 2000  # characters of a text
TITLE = 80
SPLIT = re.compile(r"[\s,，、;；]+")


def text(name: str, longest: int = LONGEST) -> str:
    """A text without blanks around it."""
    return request.form.get(name, "").strip()[:longest]


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
