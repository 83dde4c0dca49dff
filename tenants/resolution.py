"""Which city a request is for: its host decides, and nothing else does."""

from flask import Flask, current_app, g, request

from saas.config import current_config
from saas.db.session import bind_tenant
from saas.errors import NotFoundError, UnavailableError
from tenants import connections, registry


def init_app(app: Flask) -> None:
    """Resolve the city before everything else that looks at a request."""
    app.before_request(resolve)


def resolve() -> None:
    """Bind the session to the city of the request's host; the platform's own hosts have none.

    Raises:
        NotFoundError: No city is served here, or the page belongs to the other kind of host.
        UnavailableError: The city is suspended.
    """
    g.tenant = None
    host = request.host.rsplit(":", 1)[0].lower().rstrip(".")
    platform = host in current_config().platform_hosts
    kind = _host_kind()
    if platform:
        if kind == "city":
            raise NotFoundError
        return
    tenant = registry.find_by_host(host)
    if tenant is None or kind == "platform":
        raise NotFoundError
    if tenant.state not in {"active", "read_only"}:
        raise UnavailableError("本市的服务暂时停用，请稍后再来，或拨打 12348 咨询。")
    g.tenant = tenant
    bind_tenant(tenant, connections.engine_of(tenant))


def _host_kind() -> str:
    """``city``, ``platform`` or ``any``: what the blueprint of the route says; one that says nothing is a city's."""
    if request.blueprint is None:
        return "any"
    kind: str = getattr(current_app.blueprints[request.blueprint], "host_kind", "city")
    return kind
