"""Where the administrators' console begins: the first of its pages that somebody may open."""

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from saas.errors import PermissionDeniedError
from saas.identity.permissions import NOT_ALLOWED, ask_to_sign_in, public
from saas.web.admin.board import MENU, admin


# Public, since no one permission opens it: it shows nothing, and the page it leads to asks for its own.
@admin.get("")
@public
def open_console() -> ResponseReturnValue:
    """Lead to the first page that the person may open."""
    if not g.actor.is_authenticated:
        return ask_to_sign_in()
    first = next((entry for entry in MENU if g.actor.may(entry.permission)), None)
    if first is None:
        raise PermissionDeniedError(NOT_ALLOWED)
    return redirect(url_for(first.endpoint), 303)
