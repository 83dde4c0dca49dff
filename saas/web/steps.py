"""The steps after the password: the second factor, setting one up, a password that is due."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import ParamSpec

from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.errors import InvalidInputError, NotFoundError
from saas.identity import door, factors, passkeys, policy, totp
from saas.identity.models import User, WebSession
from saas.identity.passwords import MAX_LENGTH
from saas.identity.permissions import public
from saas.web import qr
from saas.web.addresses import own_page
from saas.web.blueprint import city_only, web
from saas.web.bureau import bureau_name
from saas.web.requests import adopt

Arguments = ParamSpec("Arguments")
View = Callable[Arguments, ResponseReturnValue]

NEXT = "next"
PAGES = {door.SECOND: "web.ask_second", door.ENROL: "web.show_enrolment", door.PASSWORD: "web.ask_due_password"}
MISSING_CODE = "请输入手机上显示的六位数字。"
MISSING = {"password": "请输入新密码。", "again": "请再输入一次新密码。"}
UNEQUAL = "两次输入的密码不一样，请重新输入。"
TOO_LONG = f"密码不能超过{MAX_LENGTH}位。"


def page_of(session: WebSession) -> str:
    """Where a session goes on: the step that is owed, or the page that was asked for."""
    if session.stage in PAGES:
        return url_for(PAGES[session.stage])
    return own_page(session.data.get(NEXT), url_for("web.home"))


def pending() -> WebSession | None:
    """The session of this request, when a step of signing in is owed."""
    session: WebSession | None = g.web_session
    return session if session is not None and session.user is not None and session.stage in PAGES else None


def at_stage(stage: str) -> Callable[[View[Arguments]], View[Arguments]]:
    """The view is for who owes this step; others are led to where they belong."""

    def mark(view: View[Arguments]) -> View[Arguments]:
        @wraps(view)
        def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> ResponseReturnValue:
            session = pending()
            if session is None:
                return redirect(url_for("web.sign_in"), 303)
            if session.stage != stage:
                return redirect(page_of(session), 303)
            return view(*args, **kwargs)

        return public(city_only(guarded))

    return mark


@web.get("/sign-in/second")
@at_stage(door.SECOND)
def ask_second() -> ResponseReturnValue:
    """Ask for the code of the app, or one on paper; who has to use a passkey, or has nothing else, is led to that."""
    user = g.web_session.user
    if passkeys.has_any(user.id) and (passkeys.is_demanded(user) or not factors.has_app(user.id)):
        return redirect(url_for("web.ask_passkey_second"), 303)
    return _second({})


@web.post("/sign-in/second")
@at_stage(door.SECOND)
def prove_second() -> ResponseReturnValue:
    """Check the code and go on."""
    try:
        token = door.prove_second(g.web_session, _code(), by=g.actor)
    except InvalidInputError as error:
        return _second(error.fields), 422
    adopt(token)
    return redirect(page_of(g.web_session), 303)


@web.get("/sign-in/enrol")
@at_stage(door.ENROL)
def show_enrolment() -> ResponseReturnValue:
    """Show the secret that was offered, as a picture and in letters; who has to use a passkey is led to that."""
    if passkeys.is_demanded(g.web_session.user):
        return redirect(url_for("web.ask_passkey_due"), 303)
    return enrolment(g.web_session.user, {}, "web.finish_enrolment", "web/enrolment.html")


@web.post("/sign-in/enrol")
@at_stage(door.ENROL)
def finish_enrolment() -> ResponseReturnValue:
    """Take the first code; the codes for paper are shown here and never again."""
    try:
        token, codes = door.finish_enrolment(g.web_session, _code(), by=g.actor)
    except InvalidInputError as error:
        return enrolment(g.web_session.user, error.fields, "web.finish_enrolment", "web/enrolment.html"), 422
    adopt(token)
    return shown_codes(codes, page_of(g.web_session), "web/codes.html")


@web.get("/sign-in/totp.svg")
@public
@city_only
def enrolment_picture() -> ResponseReturnValue:
    """The offered secret as a two-dimensional code, for its owner only."""
    user = g.web_session.user if g.web_session is not None else None
    offered = factors.find_offered(user) if user is not None else None
    if user is None or offered is None or not (g.web_session.stage == door.ENROL or g.is_fresh):
        raise NotFoundError
    address = totp.address_of(offered.secret, user.username, bureau_name(g.tenant))
    return Response(qr.svg(address), mimetype="image/svg+xml")


@web.get("/sign-in/password")
@at_stage(door.PASSWORD)
def ask_due_password() -> ResponseReturnValue:
    """Ask for the password that is due."""
    return _due({})


@web.post("/sign-in/password")
@at_stage(door.PASSWORD)
def replace_password() -> ResponseReturnValue:
    """Take the new password and go on."""
    try:
        token = door.replace_expired(g.web_session, new_password(), by=g.actor)
    except InvalidInputError as error:
        return _due(error.fields), 422
    adopt(token)
    return redirect(page_of(g.web_session), 303)


def enrolment(user: User, errors: dict[str, str], action: str, template: str) -> Response:
    """The page with the offered secret and the question for its first code."""
    offered = factors.find_offered(user)
    if offered is None:
        raise NotFoundError
    return make_response(
        render_template(
            template,
            secret=totp.in_groups(offered.secret),
            action=url_for(action),
            errors=list(errors.items()),
        )
    )


def shown_codes(codes: Sequence[str], onward: str, template: str) -> ResponseReturnValue:
    """The page with the codes for paper; answered to the very post, since nothing keeps them."""
    return render_template(template, codes=codes, onward=onward)


def new_password() -> str:
    """The new password of a form, typed twice.

    Raises:
        InvalidInputError: One is missing or too long, or they differ.
    """
    given = {name: request.form.get(name, "") for name in MISSING}
    if wrong := {name: sentence for name, sentence in MISSING.items() if not given[name]}:
        raise InvalidInputError(wrong)
    if len(given["password"]) > MAX_LENGTH:
        raise InvalidInputError({"password": TOO_LONG})
    if given["password"] != given["again"]:
        raise InvalidInputError({"again": UNEQUAL})
    return given["password"]


def _code() -> str:
    if not (code := request.form.get("code", "").strip()):
        raise InvalidInputError({"code": MISSING_CODE})
    return code


def _second(errors: dict[str, str]) -> Response:
    has_passkey = passkeys.has_any(g.web_session.user.id)
    page = render_template("web/second.html", errors=list(errors.items()), has_passkey=has_passkey)
    return make_response(page)


def _due(errors: dict[str, str]) -> Response:
    page = render_template(
        "web/due_password.html",
        username=g.web_session.user.username,
        policy=policy.current(),
        errors=list(errors.items()),
    )
    return make_response(page)
