"""Which city a request is for: its host decides, and nothing else does."""

from datetime import timedelta
from math import ceil

from flask import Flask, current_app, g, request

from saas import clock
from saas.config import current_config
from saas.db.session import TenantRef, bind_tenant
from saas.errors import NotFoundError, UnavailableError
from tenants import connections, registry
from tenants.histories import TENANT

READABLE = frozenset({"active", "read_only", "moving"})
READING = frozenset({"GET", "HEAD", "OPTIONS"})
CLOSED = "本市的服务暂时停用，请稍后再来，或拨打 12348 咨询。"
MOVING = "本市的数据正在搬迁，几十秒后就能提交。您填写的内容还在，请稍等再提交一次。"
UPGRADING = (
    "本市的系统正在升级，很快就好，已经提交的内容不会丢失。请过几分钟再打开，着急办理的请拨打 12348 或到窗口办理。"
)
HELD = "本市暂停受理，目前只能查看，已经提交的内容不受影响。请稍后再提交，着急办理的请拨打 12348 或到窗口办理。"


def init_app(app: Flask) -> None:
    """Resolve the city before everything else that looks at a request."""
    app.before_request(resolve)


def resolve() -> None:
    """Bind the session to the city of the request's host; the platform's own hosts have none.

    Raises:
        NotFoundError: No city is served here, or the page belongs to the other kind of host.
        UnavailableError: The city is suspended, or held and asked to write.
    """
    g.tenant = None
    if request.endpoint == "static":
        # The page that says a city is closed, or that there is none, has styles too.
        return
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
    g.tenant = tenant
    _refuse_what_is_shut(tenant)
    bind_tenant(tenant, connections.engine_of(tenant))


def _refuse_what_is_shut(tenant: TenantRef) -> None:
    """Refuse everything at a city that is closed, and entries at one that is held."""
    if tenant.state not in READABLE:
        raise UnavailableError(tenant.notice or CLOSED)
    if tenant.version not in TENANT.accepted:
        raise UnavailableError(UPGRADING)
    if not tenant.takes_entries and request.method not in READING:
        if tenant.state == "moving":
            raise UnavailableError(MOVING, retry_after=_seconds_held(tenant))
        raise UnavailableError(tenant.notice or HELD)


def _seconds_held(tenant: TenantRef) -> int:
    """For how many seconds at most a city that moves takes nothing in."""
    left = tenant.held_until - clock.now() if tenant.held_until else timedelta()
    return max(1, ceil(left.total_seconds()))


def _host_kind() -> str:
    """``city``, ``platform`` or ``any``: what the blueprint of the route says; one that says nothing is a city's."""
    if request.blueprint is None:
        return "any"
    kind: str = getattr(current_app.blueprints[request.blueprint], "host_kind", "city")
    return kind
