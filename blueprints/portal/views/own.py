"""A citizen's own cases, for who proves a phone or comes from a provider of identity."""

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.portal import citizens, forms
from blueprints.portal import progress as reading
from blueprints.portal.blueprint import views
from blueprints.portal.citizens import Citizen
from saas import text
from saas.audit import services as audit
from saas.cases.models import Case
from saas.credentials import oidc, phone, providers
from saas.credentials.actions import CredentialAudit
from saas.errors import InvalidInputError, TooManyTriesError
from saas.identity.permissions import public
from saas.web.bureau import bureau_name
from saas.web.requests import browser_digest


@views.get("/my")
@public
def own() -> ResponseReturnValue:
    """List the citizen's cases; who has not signed in is asked to."""
    citizen = citizens.here()
    if citizen is None:
        return redirect(url_for(".ask_phone"), 303)
    rows = [_row(case) for case in citizens.list_cases(citizen, by=g.actor)]
    return render_template("portal/own.html", who=_who(citizen), rows=rows)


@views.get("/my/sign-in")
@public
def ask_phone() -> ResponseReturnValue:
    """Ask for the phone, and show the other ways in."""
    return _phone_page({}, {})


# The code's page is drawn by the answer itself: the number stays on the page and is kept nowhere.
@views.post("/my/sign-in")
@public
def send_code() -> ResponseReturnValue:
    """Send a code and ask for it."""
    sent = request.form.to_dict()
    try:
        number = forms.read(forms.PhoneSchema(), sent)["phone"]
        phone.send_code(number, browser=browser_digest(), bureau=bureau_name(g.tenant), by=g.actor)
    except InvalidInputError as error:
        return _phone_page(sent, error.fields), error.status
    except TooManyTriesError as error:
        return _phone_page(sent, {"phone": error.message}), error.status
    return _code_page(number, {})


@views.post("/my/code")
@public
def take_code() -> ResponseReturnValue:
    """Take the code, and let the citizen in."""
    sent = request.form.to_dict()
    try:
        given = forms.read(forms.CodeSchema(), sent)
        phone.redeem(given["phone"], given["code"], browser=browser_digest(), by=g.actor)
    except InvalidInputError as error:
        if "phone" in error.fields:
            return _phone_page(sent, error.fields), error.status
        return _code_page(text.normalise_phone(sent["phone"]), error.fields), error.status
    citizens.enter(Citizen(phone=given["phone"]))
    audit.record(CredentialAudit.CITIZEN_SIGNED_IN, ("citizen", "-"), by=g.actor, detail={"factors": ["sms"]})
    flash("已经登录。", "success")
    return redirect(url_for(".own"), 303)


@views.get("/my/provider")
@public
def ask_provider() -> ResponseReturnValue:
    """Lead on to the provider of identity; a form could not, the security policy keeps forms on this host."""
    return redirect(oidc.begin("citizen", browser=browser_digest(), redirect_uri=_answer_url()), 303)


@views.get("/my/answer")
@public
def take_answer() -> ResponseReturnValue:
    """Take the provider's answer, and let the citizen in."""
    try:
        found = oidc.finish(
            request.args, audience="citizen", browser=browser_digest(), redirect_uri=_answer_url(), by=g.actor
        )
    except InvalidInputError as error:
        return _phone_page({}, {"phone": error.message}), error.status
    verified = bool(found.name and found.number)
    citizens.enter(Citizen(found.phone, found.name, found.number, verified, found.issuer, found.subject))
    audit.record(CredentialAudit.CITIZEN_SIGNED_IN, ("citizen", "-"), by=g.actor, detail={"factors": ["provider"]})
    flash("已经登录。", "success")
    return redirect(url_for(".own"), 303)


def _answer_url() -> str:
    return url_for(".take_answer", _external=True)


def _row(case: Case) -> dict[str, Any]:
    state = reading.definition_of(case).states[case.state]
    return {
        "number": case.number,
        "title": reading.definition_of(case).title,
        "state": state.public or state.title,
        "day": text.chinese_date(reading.opened_on(case)),
        "url": url_for(".show_progress", number=case.number),
    }


def _who(citizen: Citizen) -> str:
    parts = [text.mask_name(citizen.name), text.mask_phone(citizen.phone) if citizen.phone else ""]
    return " ".join(part for part in parts if part)


def _phone_page(sent: Mapping[str, str], errors: Mapping[str, str]) -> str:
    return render_template(
        "portal/own_sign_in.html",
        fields=forms.phone_fields(sent, errors) if phone.is_offered() else [],
        provider=providers.find_provider("citizen"),
        errors=list(errors.items()),
    )


def _code_page(number: str, errors: Mapping[str, str]) -> str:
    return render_template(
        "portal/own_code.html",
        number=number,
        masked=text.mask_phone(number),
        fields=forms.code_fields(errors),
        errors=list(errors.items()),
    )
