"""Passkeys in pages: signing in with one, proving the second step, looking after one's own."""

from uuid import UUID

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.errors import InvalidInputError
from saas.identity import door, door_passkeys, passkeys, queries, sessions
from saas.identity.keychecks import Place
from saas.identity.models import User
from saas.identity.permissions import fresh, public, signed_in
from saas.web import steps
from saas.web.addresses import own_page
from saas.web.blueprint import city_only, web
from saas.web.bureau import bureau_name
from saas.web.requests import adopt, browser_digest


@web.get("/sign-in/passkey")
@public
@city_only
def ask_passkey() -> ResponseReturnValue:
    """Ask a device to say who its holder is and prove it."""
    return _ask(None, {}, "web.enter_by_passkey", "web/passkey_sign_in.html")


@web.post("/sign-in/passkey")
@public
@city_only
def enter_by_passkey() -> ResponseReturnValue:
    """Begin a session of the passkey's holder."""
    data = {steps.NEXT: own_page(request.form.get("next"), url_for("web.home"))}
    try:
        token, session = door_passkeys.sign_in(answer_of_form(), this_place(), by=g.actor, data=data)
    except InvalidInputError as error:
        return _ask(None, error.fields, "web.enter_by_passkey", "web/passkey_sign_in.html"), 422
    if g.web_session is not None:
        sessions.end(g.web_session)
    adopt(token)
    return redirect(steps.page_of(session), 303)


@web.get("/sign-in/second/passkey")
@steps.at_stage(door.SECOND)
def ask_passkey_second() -> ResponseReturnValue:
    """Ask for one of the person's own passkeys."""
    return _ask(g.web_session.user, {}, "web.prove_passkey_second", "web/passkey_second.html")


@web.post("/sign-in/second/passkey")
@steps.at_stage(door.SECOND)
def prove_passkey_second() -> ResponseReturnValue:
    """Check the passkey and go on."""
    try:
        token = door_passkeys.prove_second(g.web_session, answer_of_form(), this_place(), by=g.actor)
    except InvalidInputError as error:
        page = _ask(g.web_session.user, error.fields, "web.prove_passkey_second", "web/passkey_second.html")
        return page, 422
    adopt(token)
    return redirect(steps.page_of(g.web_session), 303)


@web.get("/sign-in/enrol/passkey")
@steps.at_stage(door.ENROL)
def ask_passkey_due() -> ResponseReturnValue:
    """Ask for the passkey that the person's role demands."""
    return _make(g.web_session.user, {}, "web.take_passkey_due", "web/passkey_due.html")


@web.post("/sign-in/enrol/passkey")
@steps.at_stage(door.ENROL)
def take_passkey_due() -> ResponseReturnValue:
    """Keep the passkey and go on."""
    try:
        token = door_passkeys.enrol(g.web_session, answer_of_form(), title_of_form(), this_place(), by=g.actor)
    except InvalidInputError as error:
        return _make(g.web_session.user, error.fields, "web.take_passkey_due", "web/passkey_due.html"), 422
    adopt(token)
    return redirect(steps.page_of(g.web_session), 303)


@web.get("/account/passkeys")
@signed_in
@fresh
@city_only
def show_passkeys() -> ResponseReturnValue:
    """Show one's own passkeys, and offer to add one."""
    return _make(_me(), {}, "web.add_passkey", "web/passkeys.html")


@web.post("/account/passkeys")
@signed_in
@fresh
@city_only
def add_passkey() -> ResponseReturnValue:
    """Keep a new passkey; the session gets another token."""
    try:
        passkeys.register(_me(), answer_of_form(), title_of_form(), this_place(), by=g.actor)
    except InvalidInputError as error:
        return _make(_me(), error.fields, "web.add_passkey", "web/passkeys.html"), 422
    adopt(sessions.rotate(g.web_session))
    flash("通行密钥已经登记，下次登录可以直接使用。", "success")
    return redirect(url_for("web.show_passkeys"), 303)


@web.post("/account/passkeys/remove")
@signed_in
@fresh
@city_only
def remove_passkey() -> ResponseReturnValue:
    """Take one of one's own passkeys away; the session gets another token."""
    try:
        passkeys.remove(_me(), passkey_of_form(), by=g.actor)
    except InvalidInputError as error:
        return _make(_me(), error.fields, "web.add_passkey", "web/passkeys.html"), 422
    adopt(sessions.rotate(g.web_session))
    flash("通行密钥已经删除。", "success")
    return redirect(url_for("web.show_passkeys"), 303)


def _me() -> User:
    return queries.get_user(g.actor.id)


def this_place() -> Place:
    """Where the browser of this request is."""
    host = request.host.partition(":")[0]
    return Place(host, f"{request.scheme}://{request.host}", browser_digest())


def answer_of_form() -> str:
    """What the device answered; without script there is none, which proves nothing."""
    return request.form.get("answer", "")


def passkey_of_form() -> UUID:
    """Which passkey is meant.

    Raises:
        InvalidInputError: The form names none.
    """
    try:
        return UUID(request.form.get("passkey", ""))
    except ValueError as error:
        raise InvalidInputError({"passkey": "请在列表里选择要删除的通行密钥。"}) from error


def title_of_form() -> str:
    """What the person calls the device."""
    return request.form.get("title", "")


def _ask(user: User | None, errors: dict[str, str], action: str, template: str) -> Response:
    page = render_template(
        template,
        options=passkeys.ask_to_prove(user, this_place()),
        action=url_for(action),
        next_page=request.values.get("next"),
        errors=list(errors.items()),
    )
    return make_response(page)


def _make(user: User, errors: dict[str, str], action: str, template: str) -> Response:
    page = render_template(
        template,
        options=passkeys.ask_to_register(user, this_place(), bureau=bureau_name(g.tenant)),
        keys=passkeys.list_of(user.id),
        action=url_for(action),
        errors=list(errors.items()),
    )
    return make_response(page)
