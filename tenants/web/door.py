"""The door for operators: sign in, sign out."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from saas.errors import InvalidInputError
from saas.identity.passwords import MAX_LENGTH
from saas.identity.permissions import public
from saas.web.requests import adopt, browser_token, forget_browser
from tenants.web import operators
from tenants.web.blueprint import platform

MISSING = {"username": "请输入账号。", "password": "请输入密码。"}
LONGEST_NAME = 64


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
        token = operators.sign_in(given["username"].strip().lower(), given["password"], request.remote_addr)
    except InvalidInputError as error:
        username = request.form.get("username", "")
        return render_template("operator/sign_in.html", username=username, errors=list(error.fields.items())), 422
    adopt(token)
    return redirect(url_for("platform.list_cities"), 303)


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
