"""The door for staff: sign in, sign out; the steps after the password are in :mod:`saas.web.steps`."""

from typing import Any

from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from saas.credentials import providers
from saas.errors import InvalidInputError
from saas.identity import door, services, sessions, tries
from saas.identity.passwords import MAX_LENGTH
from saas.identity.permissions import public
from saas.jobs import sleeping
from saas.web import steps
from saas.web.addresses import own_page
from saas.web.blueprint import city_only, web
from saas.web.requests import adopt, forget_browser

MISSING = {"username": "请输入账号。", "password": "请输入密码。"}


class SignInSchema(Schema):
    """What the sign-in form sends; the token field belongs to the shell."""

    class Meta:
        """Fields of the shell are not this form's."""

        unknown = EXCLUDE

    username = fields.String(required=True, validate=validate.Length(min=1, max=services.USERNAME_LENGTH))
    password = fields.String(required=True, validate=validate.Length(min=1, max=MAX_LENGTH))
    next = fields.String(load_default=None, allow_none=True)


@web.get("/sign-in")
@public
@city_only
def sign_in() -> ResponseReturnValue:
    """Show the form, or lead on who is signed in already."""
    if g.actor.is_authenticated:
        return redirect(_next(request.args.get("next")), 303)
    if steps.pending() is not None:
        return redirect(steps.page_of(g.web_session), 303)
    return _form(request.args.get("next"), "", {})


# The form carries no idempotency key: the second of two clicks has to get a cookie of its own,
# since the browser may have dropped the answer to the first.
@web.post("/sign-in")
@public
@city_only
def enter() -> ResponseReturnValue:
    """Begin a session and go to the page that was asked for."""
    try:
        given = _load()
        data = {steps.NEXT: _next(given["next"])}
        token, session = door.sign_in(given["username"], given["password"], by=g.actor, data=data)
    except InvalidInputError as error:
        return _form(request.form.get("next"), request.form.get("username", ""), error.fields), 422
    if g.web_session is not None:
        sessions.end(g.web_session)
    adopt(token)
    sleeping.ask_daily()
    return redirect(steps.page_of(session), 303)


@web.post("/sign-out")
@public
@city_only
def sign_out() -> ResponseReturnValue:
    """End the session and show the door again."""
    if g.web_session is not None:
        door.sign_out(g.web_session, by=g.actor)
        g.web_session = None
    forget_browser()
    return redirect(url_for("web.sign_in"), 303)


def _load() -> dict[str, Any]:
    try:
        given: dict[str, Any] = SignInSchema().load(request.form.to_dict())
    except ValidationError as error:
        wrong = {name: sentence for name, sentence in MISSING.items() if not request.form.get(name)}
        raise InvalidInputError(wrong or {"password": tries.WRONG}) from error
    given["username"] = given["username"].strip().lower()
    return given


def _form(next_page: str | None, username: str, errors: dict[str, str]) -> Response:
    page = render_template(
        "web/sign_in.html",
        next_page=next_page,
        username=username,
        provider=providers.find_provider("staff"),
        errors=list(errors.items()),
    )
    return make_response(page)


def _next(address: str | None) -> str:
    return own_page(address, url_for("web.home"))
