"""A form posted here must have been drawn here: a token bound to the browser's cookie, and the browser's own word."""

import hashlib
import hmac
from urllib.parse import urlsplit

from flask import current_app, request

from saas.errors import BadRequestError
from saas.web.requests import browser_token

FIELD = "_csrf"
HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES = frozenset({"same-origin", "none"})


def token_for(browser: str, secret: str) -> str:
    """The form token that belongs to a browser's cookie value."""
    return hmac.new(secret.encode(), b"csrf:" + browser.encode(), hashlib.sha256).hexdigest()


def csrf_token() -> str:
    """The token for forms of this page; a browser without a cookie gets one with the answer."""
    return token_for(browser_token(), _secret())


def protect() -> None:
    """Before the view: refuse an unsafe request that another site made or that carries no valid token."""
    if request.method in SAFE_METHODS:
        return
    if _is_from_elsewhere() or not _has_valid_token():
        raise BadRequestError("页面停留时间过长，或者不是从本网站提交的。请返回上一页，刷新页面后重新提交。")


def _is_from_elsewhere() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    return (site is not None and site not in OWN_SITES) or (
        origin is not None and urlsplit(origin).netloc != request.host
    )


def _has_valid_token() -> bool:
    given = request.headers.get(HEADER) or request.form.get(FIELD, "")
    return hmac.compare_digest(given.encode(), csrf_token().encode())


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])
