"""What a proxy says of the browser behind it: believed from the listed ones, taken away from everybody else."""

from collections.abc import Iterable
from ipaddress import ip_address
from typing import TYPE_CHECKING

from saas.config_parts import Network

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FORWARDED = "HTTP_X_FORWARDED_FOR"
SCHEME = "HTTP_X_FORWARDED_PROTO"
CLAIMS = (FORWARDED, SCHEME, "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_X_FORWARDED_PREFIX")
SCHEMES = frozenset({"http", "https"})


class TrustedProxies:
    """Puts the browser's own address and scheme in the place of the proxy's."""

    def __init__(self, application: "WSGIApplication", networks: Iterable[Network]) -> None:
        """Remember whom to believe.

        Args:
            application: What answers the request.
            networks: Where the proxies of this deployment are; nobody else is believed.
        """
        self._application = application
        self._networks = tuple(networks)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer the request as the browser made it."""
        if belongs(environ.get("REMOTE_ADDR"), self._networks):
            environ["REMOTE_ADDR"] = self._browser(environ)
            claimed = environ.get(SCHEME, "").strip().lower()
            environ["wsgi.url_scheme"] = claimed if claimed in SCHEMES else environ["wsgi.url_scheme"]
        for claim in CLAIMS:
            environ.pop(claim, None)
        return self._application(environ, start_response)

    def _browser(self, environ: "WSGIEnvironment") -> str:
        """The nearest address that is no proxy of ours; what stands left of it anybody could have written."""
        chain = [part.strip() for part in environ.get(FORWARDED, "").split(",") if part.strip()]
        for address in reversed(chain):
            if not belongs(address, self._networks):
                return address if is_address(address) else str(environ["REMOTE_ADDR"])
        return str(environ["REMOTE_ADDR"])


def belongs(address: str | None, networks: Iterable[Network]) -> bool:
    """Whether an address lies in one of the networks; what is no address lies nowhere."""
    if address is None or not is_address(address):
        return False
    known = ip_address(address)
    return any(known.version == network.version and known in network for network in networks)


def is_address(text: str) -> bool:
    """Whether the text is an address of the Internet protocol."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
