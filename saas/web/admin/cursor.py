"""The edit of a draft that the person saw who sent a form: later edits by others are not overwritten unseen."""

from flask import request

NEVER = -1
"""An edit that no draft has."""
LONGEST = 9  # digits, as many as the database's column takes for certain


def seen() -> int:
    """The edit that the sent form was drawn from."""
    text = request.form.get("cursor", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else NEVER
