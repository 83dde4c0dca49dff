"""The page behind a one-time link: the owner of a new account sets its password."""

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.errors import InvalidInputError, NotFoundError
from saas.identity import first_password, links, policy
from saas.identity.permissions import public
from saas.web import steps
from saas.web.blueprint import city_only, web

DONE = "密码已经设置好，请登录。"


@web.get("/first-sign-in")
@public
@city_only
def first_sign_in() -> ResponseReturnValue:
    """Ask for a password, or say that the link is good no more."""
    return _form(request.args.get("token", ""), {})


@web.post("/first-sign-in")
@public
@city_only
def set_first_password() -> ResponseReturnValue:
    """Set the password and lead to the door."""
    token = request.form.get("token", "")
    try:
        first_password.choose(token, steps.new_password(), by=g.actor)
    except NotFoundError:
        return _form("", {})
    except InvalidInputError as error:
        page = _form(token, error.fields)
        page.status_code = error.status
        return page
    flash(DONE, "success")
    return redirect(url_for("web.sign_in"), 303)


def _form(token: str, errors: dict[str, str]) -> Response:
    user, _purpose = first_password.find(token)
    page = render_template(
        "web/first_sign_in.html",
        token=token,
        user=user,
        spent=links.SPENT,
        policy=policy.current(),
        errors=list(errors.items()),
    )
    return make_response(page, 200 if user else NotFoundError.status)
