"""The platform's own routes hang on this blueprint; those of a city say so themselves."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Blueprint, g

from saas.errors import NotFoundError

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

web = Blueprint("web", __name__)
# Health and the text size are for every host; read by the part that resolves hosts.
web.host_kind = "any"  # type: ignore[attr-defined]


def city_only(view: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """The view is not found on the platform's own hosts."""

    @wraps(view)
    def at_a_city(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        if g.tenant is None:
            raise NotFoundError
        return view(*args, **kwargs)

    return at_a_city
