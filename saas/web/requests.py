"""The browser behind a request: its cookie, its session, and so the actor."""

import re
from typing import Any

from flask import Response, g, request

from saas.db.ids import new_id
from saas.db.session import db
from saas.identity import sessions
from saas.identity.actor import Actor, citizen
from saas.identity.devices import LONGEST
from saas.identity.models import WebSession
from saas.web.transport import cookie_name

COOKIE = "fengqiao_session"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def begin() -> None:
    """Before the view: name the request and find out who asks; until a session says otherwise, a citizen."""
    g.request_id = str(new_id())
    g.web_session, g.is_fresh = None, False
    agent = request.user_agent.string[:LONGEST]
    g.actor = citizen(address=request.remote_addr, request_id=g.request_id, agent=agent)
    token = _token_of_cookie()
    if token is not None and g.get("tenant") is not None and request.endpoint != "static":
        _load(token)


def _load(token: str) -> None:
    found = sessions.find(token)
    if found is None:
        # A visitor's page may need nothing more: the connection goes back to the pool.
        db.session.rollback()
        return
    sessions.touch(found)
    g.web_session = found.session
    user = found.session.user
    # Who still owes a step of signing in is nobody yet.
    if user is not None and found.session.stage == sessions.FULL:
        g.actor = sessions.actor_of(user, by=g.actor)
        g.is_fresh = found.is_fresh


def load_user(_request: object) -> Actor | None:
    """The actor as Flask-Login's user of the request; None for visitors."""
    return g.actor if g.actor.is_authenticated else None


def browser_token() -> str:
    """The value of the browser's cookie; a browser without one gets it with the answer."""
    if "browser_token" not in g:
        known = _token_of_cookie()
        g.browser_token = known or sessions.new_token()
        g.cookie_due = known is None
    return str(g.browser_token)


def adopt(token: str) -> None:
    """Answer with this token in the browser's cookie from now on."""
    g.browser_token, g.cookie_due = token, True


def remembered(name: str, default: object = None) -> Any:  # noqa: ANN401 - any JSON value
    """What was remembered for this browser under a name."""
    session: WebSession | None = g.web_session
    return default if session is None else session.data.get(name, default)


def remember(name: str, value: object) -> None:
    """Keep a JSON value for this browser; the first one makes its session."""
    if g.web_session is None:
        g.web_session = sessions.start(browser_token())
    g.web_session.data = {**g.web_session.data, name: value}


def renew(name: str, value: object) -> None:
    """Keep a JSON value under a token never used before: after somebody proved who they are."""
    remember(name, value)
    adopt(sessions.rotate(g.web_session))


def browser_digest() -> bytes:
    """What the database keeps of this browser's cookie, session or not."""
    return sessions.digest(browser_token())


def forget_browser() -> None:
    """End the browser's session and take its cookie away with the answer."""
    if g.web_session is not None:
        sessions.end(g.web_session)
    g.web_session = None
    g.cookie_gone = True


def send_cookie(response: Response) -> Response:
    """After the view: set or delete the cookie where the request decided so.

    Nobody follows a link from elsewhere into the operators' console: there the cookie stays on the own site.
    """
    name, site = cookie_name(COOKIE), "Lax" if g.get("tenant") is not None else "Strict"
    if g.get("cookie_gone"):
        response.delete_cookie(name, path="/", httponly=True, samesite=site, secure=request.is_secure)
        response.headers["Clear-Site-Data"] = '"storage"'
    elif g.get("cookie_due"):
        response.set_cookie(name, g.browser_token, path="/", httponly=True, samesite=site, secure=request.is_secure)
    return response


def _token_of_cookie() -> str | None:
    value = request.cookies.get(cookie_name(COOKIE), "")
    return value if _TOKEN.fullmatch(value) else None
