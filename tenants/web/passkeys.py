"""The operators' pages about passkeys: the second step, and looking after one's own."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from saas.errors import InvalidInputError
from saas.identity.permissions import public
from saas.web.passkeys import answer_of_form, passkey_of_form, this_place, title_of_form
from saas.web.requests import adopt, browser_token
from tenants.web import keys, operators
from tenants.web.blueprint import operators_only, platform


@platform.get("/ops/sign-in/passkey")
@public
def ask_passkey() -> ResponseReturnValue:
    """Ask for one of the operator's passkeys."""
    known = _owing()
    return redirect(url_for("platform.sign_in"), 303) if known is None else _ask(known, {})


@platform.post("/ops/sign-in/passkey")
@public
def prove_passkey() -> ResponseReturnValue:
    """Check the passkey and let the operator in."""
    known = _owing()
    if known is None:
        return redirect(url_for("platform.sign_in"), 303)
    try:
        token = keys.prove(browser_token(), known, answer_of_form(), this_place())
    except InvalidInputError as error:
        return _ask(known, error.fields), 422
    adopt(token)
    return redirect(url_for("platform.list_cities"), 303)


@platform.get("/ops/passkeys")
@operators_only
def list_passkeys() -> ResponseReturnValue:
    """Show one's own passkeys, and offer to add one."""
    return _own({})


@platform.post("/ops/passkeys")
@operators_only
def add_passkey() -> ResponseReturnValue:
    """Keep a new passkey."""
    try:
        keys.register(g.operator, answer_of_form(), title_of_form(), this_place())
    except InvalidInputError as error:
        return _own(error.fields), 422
    flash("通行密钥已经登记，下次登录的第二步使用它。", "success")
    return redirect(url_for("platform.list_passkeys"), 303)


@platform.post("/ops/passkeys/remove")
@operators_only
def remove_passkey() -> ResponseReturnValue:
    """Take one of one's own passkeys away."""
    keys.remove(g.operator, passkey_of_form())
    flash("通行密钥已经删除。", "success")
    return redirect(url_for("platform.list_passkeys"), 303)


def _owing() -> operators.SignedIn | None:
    known = operators.find(browser_token())
    return known if known is not None and known.stage == operators.SECOND else None


def _ask(known: operators.SignedIn, errors: dict[str, str]) -> str:
    options = keys.ask_to_prove(known, this_place())
    return render_template("operator/passkey.html", options=options, errors=list(errors.items()))


def _own(errors: dict[str, str]) -> str:
    return render_template(
        "operator/passkeys.html",
        keys=keys.list_of(g.operator.id),
        options=keys.ask_to_register(g.operator, this_place()),
        errors=list(errors.items()),
    )
