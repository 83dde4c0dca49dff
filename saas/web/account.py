"""One's own account: where it is signed in, its password, its second factor."""

from typing import Any
from uuid import UUID

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.errors import InvalidInputError
from saas.identity import door, factors, passkeys, policy, queries, services, sessions
from saas.identity.devices import device_of
from saas.identity.models import User, WebSession
from saas.identity.permissions import fresh, signed_in
from saas.settings import services as settings
from saas.web import proof, steps
from saas.web.blueprint import city_only, web
from saas.web.requests import adopt


@web.get("/account")
@signed_in
@city_only
def show_account() -> ResponseReturnValue:
    """Show the account."""
    user = _me()
    return render_template(
        "web/account.html",
        user=user,
        sessions=[_row(session) for session in queries.list_sessions(user.id)],
        has_second=factors.has_app(user.id),
        codes=factors.count_codes(user),
        keys=len(passkeys.list_of(user.id)),
        policy=policy.current(),
    )


@web.post("/account/sessions/<uuid:session_id>/end")
@signed_in
@city_only
def end_session(session_id: UUID) -> ResponseReturnValue:
    """End one of one's own sessions."""
    services.end_session(queries.get_session(session_id, user_id=g.actor.id), by=g.actor)
    flash("已经退出那一处登录。", "success")
    return redirect(url_for("web.show_account"), 303)


@web.post("/account/sessions/end-others")
@signed_in
@city_only
def end_other_sessions() -> ResponseReturnValue:
    """End all of one's own sessions but this one."""
    ended = services.end_sessions(_me(), by=g.actor, but=g.web_session)
    flash(f"已经退出其他 {ended} 处登录。", "success")
    return redirect(url_for("web.show_account"), 303)


@web.get("/account/password")
@signed_in
@city_only
def ask_password() -> ResponseReturnValue:
    """Ask for the present and the new password."""
    return _password_form({})


@web.post("/account/password")
@signed_in
@city_only
def change_password() -> ResponseReturnValue:
    """Change one's own password; every other session ends, and this one gets another token."""
    user = _me()
    try:
        password = steps.new_password()
        door.check_own_password(user, proof.own_password(), by=g.actor)
        services.set_password(user, password, by=g.actor, keep=g.web_session)
    except InvalidInputError as error:
        return _password_form(error.fields), 422
    adopt(sessions.rotate(g.web_session))
    flash("密码已经修改，其他各处登录已经退出。", "success")
    return redirect(url_for("web.show_account"), 303)


@web.get("/account/totp")
@signed_in
@fresh
@city_only
def show_factor() -> ResponseReturnValue:
    """Show what can be done with the second factor; the offered secret when there is one."""
    return _factor_page(_me(), {})


@web.post("/account/totp")
@signed_in
@fresh
@city_only
def offer_factor() -> ResponseReturnValue:
    """Make a new secret to be set up."""
    factors.offer(_me())
    return redirect(url_for("web.show_factor"), 303)


@web.post("/account/totp/confirm")
@signed_in
@fresh
@city_only
def confirm_factor() -> ResponseReturnValue:
    """Take the first code of the offered app; the codes for paper are shown here and never again."""
    user = _me()
    try:
        codes = door.enrol(user, request.form.get("code", ""), by=g.actor)
    except InvalidInputError as error:
        return _factor_page(user, error.fields), 422
    adopt(sessions.rotate(g.web_session))
    return steps.shown_codes(codes, url_for("web.show_account"), "web/new_codes.html")


@web.post("/account/totp/remove")
@signed_in
@fresh
@city_only
def remove_factor() -> ResponseReturnValue:
    """Take the app away, where the city lets people do without."""
    user = _me()
    try:
        services.remove_factors(user, by=g.actor)
    except InvalidInputError as error:
        return _factor_page(user, error.fields), 422
    flash("动态口令已经解除。", "success")
    return redirect(url_for("web.show_account"), 303)


@web.post("/account/codes")
@signed_in
@fresh
@city_only
def renew_codes() -> ResponseReturnValue:
    """Make new codes for paper; they are shown here and never again."""
    codes = services.renew_codes(_me(), by=g.actor)
    return steps.shown_codes(codes, url_for("web.show_account"), "web/new_codes.html")


def _me() -> User:
    return queries.get_user(g.actor.id)


def _row(session: WebSession) -> dict[str, Any]:
    return {
        "id": session.id,
        "device": device_of(session.agent),
        "address": session.address or "—",
        "created_at": session.created_at,
        "seen_at": session.seen_at,
        "is_this": session.id == g.web_session.id,
    }


def _password_form(errors: dict[str, str]) -> str:
    return render_template(
        "web/change_password.html", username=g.actor.username, policy=policy.current(), errors=list(errors.items())
    )


def _factor_page(user: User, errors: dict[str, str]) -> Response:
    if factors.find_offered(user) is not None and "remove" not in errors:
        return steps.enrolment(user, errors, "web.confirm_factor", "web/new_factor.html")
    page = render_template(
        "web/factor.html",
        has_second=factors.has_app(user.id),
        codes=factors.count_codes(user),
        is_required=settings.get("identity.second_factor") == "required",
        errors=list(errors.items()),
    )
    return make_response(page)
