"""Over which wire a page may be asked for, and from where the consoles of administrators."""

from urllib.parse import urlsplit

from flask import request

from saas.config import current_config
from saas.errors import BadRequestError, PermissionDeniedError
from saas.web.proxies import belongs

CONSOLES = ("/ops", "/admin")
PROBES = frozenset({"/healthz", "/livez", "/readyz", "/metrics"})
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def refuse_plain() -> None:
    """Before the view: only TLS, but for the probes of the machine itself and demonstrations on it.

    Raises:
        BadRequestError: The page was asked for over plain http.
    """
    if request.is_secure or request.path in PROBES:
        return
    if not (current_config().plain_http and is_local(request.host)):
        raise BadRequestError("本网站只能用加密方式访问。请把网址开头的 http:// 改成 https:// 再打开。")


def is_local(host: str) -> bool:
    """Whether a host with or without a port is this machine by name: browsers send such requests nowhere else."""
    name = urlsplit(f"//{host}").hostname or ""
    return name in LOCAL or name.endswith(".localhost")


def refuse_strange_networks() -> None:
    """Before the view: the consoles answer only to the listed networks.

    Raises:
        PermissionDeniedError: The console was asked for from elsewhere.
    """
    if not any(request.path == console or request.path.startswith(f"{console}/") for console in CONSOLES):
        return
    if not belongs(request.remote_addr, current_config().console_networks):
        raise PermissionDeniedError("管理后台只能在单位的管理网络里打开。请换到办公网络，或者联系运维人员。")


def cookie_name(name: str) -> str:
    """The name of a cookie on this connection: over TLS, one that no other host and no plain page can set."""
    return f"__Host-{name}" if request.is_secure else name
