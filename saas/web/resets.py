"""An administrator starts the reset of a forgotten password: a link is shown once, a password never."""

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue

from saas.errors import NotFoundError
from saas.identity import first_password, queries
from saas.identity.models import User
from saas.identity.permissions import KernelPermission, fresh, requires
from saas.web.blueprint import city_only, web


@web.get("/admin/accounts/<username>/reset")
@requires(KernelPermission.IDENTITY_MANAGE)
@fresh
@city_only
def ask_reset(username: str) -> ResponseReturnValue:
    """Say what a reset does, and ask."""
    return render_template("web/reset.html", user=_reachable(username), link=None)


@web.post("/admin/accounts/<username>/reset")
@requires(KernelPermission.IDENTITY_MANAGE)
@fresh
@city_only
def start_reset(username: str) -> ResponseReturnValue:
    """Start the reset; the link is answered to the very post, since nothing keeps it."""
    user = _reachable(username)
    token = first_password.start_reset(user, by=g.actor)
    link = url_for("web.first_sign_in", token=token, _external=True)
    return render_template("web/reset.html", user=user, link=link)


def _reachable(username: str) -> User:
    """An active account inside the administrator's units; a guest's password is the operators' matter."""
    user = queries.get_account(username, g.actor.scopes(KernelPermission.IDENTITY_MANAGE))
    if not user.active or user.guest is not None:
        raise NotFoundError
    return user
