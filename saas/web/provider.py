"""Staff who come from a provider of identity: only those whom an administrator linked to an account."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas.audit import services as audit
from saas.credentials import oidc, providers
from saas.credentials.actions import CredentialAudit
from saas.errors import InvalidInputError
from saas.identity import door, dormancy, factors, sessions
from saas.identity.permissions import public
from saas.web import steps
from saas.web.blueprint import city_only, web
from saas.web.requests import adopt, browser_digest

UNKNOWN = "您的统一身份还没有关联到本系统的账号，请联系本单位的系统管理员。"


@web.get("/sign-in/provider")
@public
@city_only
def ask_provider() -> ResponseReturnValue:
    """Lead on to the provider; a form could not, the security policy keeps forms on this host."""
    return redirect(oidc.begin("staff", browser=browser_digest(), redirect_uri=_answer_url()), 303)


@web.get("/sign-in/answer")
@public
@city_only
def take_provider_answer() -> ResponseReturnValue:
    """Take the provider's answer as the first factor; what else is owed follows."""
    try:
        found = oidc.finish(
            request.args, audience="staff", browser=browser_digest(), redirect_uri=_answer_url(), by=g.actor
        )
    except InvalidInputError as error:
        return _back(error.message)
    user = providers.find_linked(found.issuer, found.subject)
    if user is None or dormancy.falls_asleep(user, by=g.actor):
        audit.record_apart(CredentialAudit.PROVIDER_REFUSED, ("provider", "-"), by=g.actor, detail={"reason": "user"})
        return _back(UNKNOWN)
    if g.web_session is not None:
        sessions.end(g.web_session)
    data = {steps.NEXT: url_for("web.home")}
    token, session = door.begin(user, factors.PROVIDER, by=g.actor, data=data)
    adopt(token)
    return redirect(steps.page_of(session), 303)


def _back(sentence: str) -> ResponseReturnValue:
    flash(sentence, "danger")
    return redirect(url_for("web.sign_in"), 303)


def _answer_url() -> str:
    return url_for("web.take_provider_answer", _external=True)
