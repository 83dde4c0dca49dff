"""The platform's first page: which city to go to."""

from typing import Any

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from saas.config import current_config
from saas.identity.permissions import public
from tenants import registry
from tenants.web.blueprint import platform

FIRST_PAGE = "/"
OPEN_STATES = ("active", "read_only")


@platform.get("/cities")
@public
def choose_city() -> ResponseReturnValue:
    """Show the cities that are open, each with the way to its own host."""
    hosts = registry.list_hosts()
    cities = [
        {"title": city.name, "url": address_of(hosts[city.code]), "icon": "building"}
        for city in registry.list_tenants()
        if city.state in OPEN_STATES and city.code in hosts
    ]
    return render_template("operator/choose_city.html", cities=cities)


def address_of(host: str) -> str:
    """The address of a host, at the port and by the protocol of this request."""
    _, colon, port = request.host.partition(":")
    return f"{request.scheme}://{host}{colon}{port}/"


def lead_to_first_page(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Before anything else: a city's first page and the platform's have the same address, so the host decides."""
    host = request.host.rsplit(":", 1)[0].lower().rstrip(".")
    if request.path != FIRST_PAGE or host not in current_config().platform_hosts:
        return
    for rule in current_app.url_map.iter_rules("platform.choose_city"):
        request.url_rule, request.view_args, request.routing_exception = rule, {}, None
