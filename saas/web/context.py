"""What every page may name: the bureau, the text size, who is signed in, the menu, the form token."""

from typing import Any

from flask import g, has_request_context, request

from saas.db.session import TenantRef
from saas.identity.actor import Actor
from saas.settings import services as settings
from saas.web import menu
from saas.web.bureau import bureau_name, remembered_name
from saas.web.csrf import csrf_token
from saas.web.transport import cookie_name

PRODUCT = "枫桥办案平台"
HOTLINE = "12348"
TEXT_SIZE_COOKIE = "fengqiao_text_size"
TEXT_SIZES = ("normal", "large", "xlarge")


def page_context() -> dict[str, Any]:
    """The names that layouts use.

    An error page must be drawn whatever failed: it asks the database nothing. What is rendered outside
    a request is no page.
    """
    if not has_request_context():
        return {}
    tenant: TenantRef | None = g.get("tenant")
    if g.get("plain_page") or "actor" not in g:
        return _names(remembered_name(tenant) if tenant else PRODUCT, HOTLINE, None)
    if tenant is None:
        return _names(PRODUCT, HOTLINE, g.actor)
    return _names(bureau_name(tenant), settings.get("site.phone"), g.actor)


def _names(bureau: str, phone: str, actor: Actor | None) -> dict[str, Any]:
    return {
        "site_name": PRODUCT,
        "bureau_name": bureau,
        "service_phone": phone,
        "text_size": text_size(),
        "csrf_token": csrf_token() if actor is not None else "",
        "current_user": actor if actor is not None and actor.is_authenticated else None,
        "menu": menu.open_to(actor) if actor is not None else [],
    }


def text_size() -> str:
    """The size of text this browser chose."""
    chosen = request.cookies.get(cookie_name(TEXT_SIZE_COOKIE), "")
    return chosen if chosen in TEXT_SIZES else TEXT_SIZES[0]
