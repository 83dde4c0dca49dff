"""The shell around every page; read requests, csrf, idempotency, transactions, errors, headers, context, so ordered."""

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager

from saas.files.kinds import ACCEPT, NAMED
from saas.identity.permissions import enforce, public
from saas.web import (
    account,
    assets,
    context,
    csrf,
    deadline,
    errors,
    filters,
    first_sign_in,
    headers,
    home,
    idempotency,
    menu,
    nul,
    passkeys,
    private,
    proof,
    provider,
    requests,
    resets,
    sign_in,
    sizes,
    steps,
    transactions,
    transport,
)
from saas.web.admin import install as administration
from saas.web.blueprint import web
from saas.web.proxies import TrustedProxies
from saas.web.staff import install as console

__all__ = [
    "account",
    "first_sign_in",
    "home",
    "init_app",
    "passkeys",
    "proof",
    "provider",
    "resets",
    "sign_in",
    "steps",
]


class NoticeCookie(SecureCookieSessionInterface):
    """Flask's signed cookie; it carries nothing but the notices shown once after an act."""

    def get_cookie_name(self, app: Flask) -> str:
        """As every other cookie is called on this connection."""
        return transport.cookie_name(app.config["SESSION_COOKIE_NAME"])

    def get_cookie_secure(self, app: Flask) -> bool:
        """Secure whenever the page came over TLS."""
        del app
        return request.is_secure


def init_app(app: Flask) -> None:
    """Install the shell; what finds the city must have been installed before."""
    deadline.init_app(app)
    app.wsgi_app = TrustedProxies(app.wsgi_app, app.extensions["fengqiao.config"].trusted_proxies)  # type: ignore[method-assign]
    _before(app)
    _after(app)
    _sign_in(app)
    app.register_error_handler(Exception, errors.answer)
    app.context_processor(context.page_context)
    app.jinja_env.globals["new_key"] = idempotency.new_key
    app.jinja_env.globals.update(file_kinds=NAMED, file_accept=ACCEPT)
    filters.init_app(app)
    app.register_blueprint(web)
    menu.declare(app, menu.HOME)
    console.init_app(app)
    administration.init_app(app)
    public(app.view_functions["static"])


def _before(app: Flask) -> None:
    """In the order in which a request meets them."""
    steps = (
        transport.refuse_plain,
        transport.refuse_strange_networks,
        sizes.limit,
        requests.begin,
        nul.refuse,
        private.refuse,
        csrf.protect,
        enforce,
        idempotency.claim,
    )
    for step in steps:
        app.before_request(step)


def _after(app: Flask) -> None:
    """Flask runs the last one first: the transaction ends before the answer is dressed."""
    assets.init_app(app)
    for step in (headers.harden, requests.send_cookie, transactions.finish):
        app.after_request(step)


def _sign_in(app: Flask) -> None:
    """Flask-Login knows the user of each request from our session; its own cookies stay off."""
    app.config.from_mapping(SESSION_COOKIE_NAME="fengqiao_notice", SESSION_COOKIE_SAMESITE="Lax")
    app.session_interface = NoticeCookie()
    manager = LoginManager()
    manager.session_protection = None
    manager.request_loader(requests.load_user)
    manager.init_app(app, add_context_processor=False)
