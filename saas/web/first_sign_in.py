"""The page behind a one-time link: the owner of a new account sets its password."""

from typing import Any

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from saas.errors import InvalidInputError, NotFoundError
from saas.identity import first_password, links
from saas.identity.passwords import MAX_LENGTH
from saas.identity.permissions import public
from saas.web.blueprint import city_only, web

LONGEST_TOKEN = 64
MISSING = {"password": "请输入密码。", "again": "请再输入一次密码。"}
UNEQUAL = "两次输入的密码不一样，请重新输入。"
TOO_LONG = f"密码不能超过{MAX_LENGTH}位。"
DONE = "密码已经设置好，请登录。"


class FirstPasswordSchema(Schema):
    """What the form sends; the other fields belong to the shell."""

    class Meta:
        """Fields of the shell are not this form's."""

        unknown = EXCLUDE

    token = fields.String(required=True, validate=validate.Length(max=LONGEST_TOKEN))
    password = fields.String(required=True, validate=validate.Length(min=1, max=MAX_LENGTH))
    again = fields.String(required=True, validate=validate.Length(min=1, max=MAX_LENGTH))


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
    try:
        given = _load()
        first_password.choose(given["token"], given["password"], by=g.actor)
    except NotFoundError:
        return _form("", {})
    except InvalidInputError as error:
        page = _form(request.form.get("token", ""), error.fields)
        page.status_code = error.status
        return page
    flash(DONE, "success")
    return redirect(url_for("web.sign_in"), 303)


def _load() -> dict[str, Any]:
    try:
        given: dict[str, Any] = FirstPasswordSchema().load(request.form.to_dict())
    except ValidationError as error:
        wrong = {name: sentence for name, sentence in MISSING.items() if not request.form.get(name)}
        raise InvalidInputError(wrong or {"password": TOO_LONG}) from error
    if given["password"] != given["again"]:
        raise InvalidInputError({"again": UNEQUAL})
    return given


def _form(token: str, errors: dict[str, str]) -> Response:
    user, _purpose = first_password.find(token)
    page = render_template(
        "web/first_sign_in.html",
        token=token,
        user=user,
        spent=links.SPENT,
        errors=list(errors.items()),
    )
    return make_response(page, 200 if user else NotFoundError.status)
