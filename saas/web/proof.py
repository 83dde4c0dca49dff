"""Proving once more who one is, before something that must not be done on an unwatched screen."""

from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.errors import InvalidInputError
from saas.identity import door
from saas.identity.passwords import MAX_LENGTH
from saas.identity.permissions import signed_in
from saas.web.addresses import own_page
from saas.web.blueprint import city_only, web
from saas.web.requests import adopt

MISSING = "请输入密码。"


@web.get("/reauthenticate")
@signed_in
@city_only
def ask_proof() -> ResponseReturnValue:
    """Ask for the password again."""
    return _form(request.args.get("next"), {})


@web.post("/reauthenticate")
@signed_in
@city_only
def take_proof() -> ResponseReturnValue:
    """Check the password and go back to the page that wanted it."""
    try:
        token = door.reauthenticate(g.web_session, own_password(), by=g.actor)
    except InvalidInputError as error:
        return _form(request.form.get("next"), error.fields), 422
    adopt(token)
    return redirect(own_page(request.form.get("next"), url_for("web.home")), 303)


def own_password() -> str:
    """The present password of a form.

    Raises:
        InvalidInputError: It is missing.
    """
    if not (password := request.form.get("current", "")):
        raise InvalidInputError({"current": MISSING})
    return password[: MAX_LENGTH + 1]


def _form(next_page: str | None, errors: dict[str, str]) -> Response:
    return make_response(render_template("web/proof.html", next_page=next_page, errors=list(errors.items())))
