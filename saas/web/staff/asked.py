"""What the pages of people in a case ask, as the field component draws it, and what they sent."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import url_for

from saas.cases.models import Case
from saas.errors import NotFoundError
from saas.fields.views import FieldView

LONGEST = 200  # characters of a reason
NAME_LENGTH = 64


def account(label: str, typed: str, errors: Mapping[str, str], hint: str) -> FieldView:
    """Whose account is meant."""
    error = errors.get("username")
    return FieldView(
        "username", "username", label, "text", typed, hint=hint, error=error, required=True, maxlength=NAME_LENGTH
    )


def reason(typed: str, error: str | None, prefix: str = "") -> FieldView:
    """Why; the prefix tells two forms of a page apart."""
    return FieldView(f"{prefix}reason", "reason", "理由", "text", typed, error=error, required=True, maxlength=LONGEST)


def ending(case: Case, endpoint: str, name: str, label: str) -> dict[str, Any]:
    """The button that ends the part a person has in a case."""
    return {"url": url_for(endpoint, number=case.number), "name": name, "label": label}


def entry(value: str) -> UUID:
    """The id of the entry that was sent.

    Raises:
        NotFoundError: It is none.
    """
    try:
        return UUID(value)
    except ValueError:
        raise NotFoundError from None
