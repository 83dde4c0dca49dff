"""The door for operators: sign in, the second factor, sign out."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from saas.errors import InvalidInputError, NotFoundError
from saas.identity import totp
from saas.identity.passwords import MAX_LENGTH
from saas.identity.permissions import public
from saas.web import qr
from saas.web.requests import adopt, browser_token, forget_browser
from tenants.web import operators, second
from tenants.web.blueprint import platform

MISSING = {"username": "请输入账号。", "password": "请输入密码。"}
LONGEST_NAME = 64
PAGES = {
    operators.FULL: "platform.list_cities",
    operators.SECOND: "platform.ask_second",
    operators.ENROL: "platform.ask_second",
}


class SignInSchema(Schema):
    """What the form sends; the token field belongs to the shell."""

    class Meta:
        """Fields of the shell are not this form's."""

        unknown = EXCLUDE

    username = fields.String(required=True, validate=validate.Length(min=1, max=LONGEST_NAME))
    password = fields.String(required=True, validate=validate.Length(min=1, max=MAX_LENGTH))


@platform.get("/ops/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Show the form."""
    return render_template("operator/sign_in.html", username="", errors=[])


@platform.post("/ops/sign-in")
@public
def enter() -> ResponseReturnValue:
    """Begin a session and show the cities."""
    try:
        given = _load()
        username, agent = given["username"].strip().lower(), request.user_agent.string
        token, stage = operators.sign_in(username, given["password"], request.remote_addr, agent)
    except InvalidInputError as error:
        username = request.form.get("username", "")
        return render_template("operator/sign_in.html", username=username, errors=list(error.fields.items())), 422
    adopt(token)
    return redirect(url_for(PAGES[stage]), 303)


@platform.get("/ops/sign-in/second")
@public
def ask_second() -> ResponseReturnValue:
    """Ask for the code of the app, or show the app's secret to who has none yet."""
    known = _owing()
    if known is None:
        return redirect(url_for("platform.sign_in"), 303)
    if operators.has_passkey(known.id) and "code" not in request.args:
        return redirect(url_for("platform.ask_passkey"), 303)
    return _second(known, {})


@platform.post("/ops/sign-in/second")
@public
def prove_second() -> ResponseReturnValue:
    """Check the code; the codes for paper are shown to who has just set up an app, and never again."""
    known = _owing()
    if known is None:
        return redirect(url_for("platform.sign_in"), 303)
    given, token, codes = request.form.get("code", "").strip(), browser_token(), list[str]()
    try:
        if known.stage == operators.ENROL:
            token, codes = second.enrol(token, known, given)
        else:
            token = second.prove(token, known, given)
    except InvalidInputError as error:
        return _second(known, error.fields), 422
    adopt(token)
    if codes:
        return render_template("operator/codes.html", codes=codes, onward=url_for("platform.list_cities"))
    return redirect(url_for("platform.list_cities"), 303)


@platform.get("/ops/sign-in/totp.svg")
@public
def enrolment_picture() -> ResponseReturnValue:
    """The secret that is being set up as a two-dimensional code, for its owner only."""
    known = _owing()
    if known is None or known.stage != operators.ENROL:
        raise NotFoundError
    address = totp.address_of(second.offered_secret(known.id), known.username, request.host)
    return Response(qr.svg(address), mimetype="image/svg+xml")


def _owing() -> operators.SignedIn | None:
    known = operators.find(browser_token())
    return known if known is not None and known.stage != operators.FULL else None


def _second(known: operators.SignedIn, errors: dict[str, str]) -> str:
    secret = totp.in_groups(second.offered_secret(known.id)) if known.stage == operators.ENROL else None
    return render_template("operator/second.html", secret=secret, errors=list(errors.items()))


@platform.post("/ops/sign-out")
@public
def leave() -> ResponseReturnValue:
    """End the session and show the door again."""
    operators.sign_out(browser_token())
    forget_browser()
    return redirect(url_for("platform.sign_in"), 303)


def _load() -> dict[str, str]:
    try:
        given: dict[str, str] = SignInSchema().load(request.form.to_dict())
    except ValidationError as error:
        wrong = {name: sentence for name, sentence in MISSING.items() if not request.form.get(name)}
        raise InvalidInputError(wrong or {"password": operators.WRONG}) from error
    return given
