"""The blueprint of the platform's own host, and who may open an operator's page on it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import Blueprint, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.config import current_config
from saas.identity.permissions import public
from saas.web.requests import browser_token
from tenants.web import operators

LARGEST_DOSSIER = 10  # times the largest upload: a file holds many attachments

Arguments = ParamSpec("Arguments")

platform = Blueprint("platform", __name__)
platform.host_kind = "platform"  # type: ignore[attr-defined]


@platform.url_value_preprocessor
def _take_whole_dossiers(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let a dossier be sent for verification, however many attachments went into it."""
    request.max_content_length = LARGEST_DOSSIER * current_config().max_upload_bytes


def operators_only(view: Callable[Arguments, ResponseReturnValue]) -> Callable[Arguments, ResponseReturnValue]:
    """Only a signed-in operator may call the view; ``g.operator`` says who.

    An operator is no actor of any city: permissions of cities do not reach here, so the shell lets the
    request pass and this door keeps it.
    """

    @wraps(view)
    def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> ResponseReturnValue:
        g.operator = operators.find(browser_token())
        if g.operator is None or g.operator.stage != operators.FULL:
            return redirect(url_for("platform.sign_in"), 303)
        return view(*args, **kwargs)

    return public(guarded)
