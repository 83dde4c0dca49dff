"""The only way out: calls to other servers go to listed hosts, to the address that was judged, and nowhere further."""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from saas.config import current_config
from saas.config_parts import OutboundHost

PATIENCE = 3.0  # seconds for connecting and for every piece of the answer
DEADLINE = 6.0  # seconds for the answer; both together end before the database ends an idle transaction
LARGEST = 1024 * 1024  # bytes of an answer
PORTS = {"http": 80, "https": 443}
OK = range(200, 300)

# Global by their number, but they carry an IPv4 address inside: what is judged would not be what is reached.
_DISGUISED = tuple(ipaddress.ip_network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class OutboundError(Exception):
    """The other server could not be asked or gave no usable answer; the text is for the log, not for people."""


class OutboundRefusedError(OutboundError):
    """The call was not made: its target is one we do not call."""


@dataclass(frozen=True)
class Answer:
    """What the other server said: the status, a number, and the body as it came."""

    status: int
    body: bytes


class Target(NamedTuple):
    """Where a call goes: the address that was judged, and the name it was judged under."""

    scheme: str
    host: str
    port: int
    address: str
    path: str


def fetch(
    url: str,
    *,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    limit: int = LARGEST,
) -> Answer:
    """Ask another server once.

    The host's name is resolved once and the connection goes to that address, so that a name which points elsewhere a
    moment later changes nothing. A redirect is not followed but refused.

    Args:
        url: Where; http or https, without a user's name in it.
        method: GET or POST.
        body: What is sent.
        headers: Sent besides Host.
        limit: Bytes of the longest answer that is read.

    Raises:
        OutboundRefusedError: The host is not listed, or leads where it may not.
        OutboundError: No answer in time, none that fits, or one that is no success.
    """
    target = locate(url)
    connection = _connection(target)
    try:
        connection.connect()
        with _ending(connection.sock):
            given = {"Accept": "application/json", "Connection": "close", **(headers or {})}
            connection.request(method, target.path, body=body, headers=given)
            return _read(connection, limit)
    except (OSError, http.client.HTTPException) as error:
        message = f"{target.host}: {type(error).__name__}"
        raise OutboundError(message) from error
    finally:
        connection.close()


def locate(url: str) -> Target:
    """The one place an address leads to, looked up now.

    Raises:
        OutboundRefusedError: It is none we call.
    """
    parts = _parts(url)
    host = (parts.hostname or "").lower()
    listed = next((one for one in current_config().outbound_hosts if one.name == host), None)
    if listed is None:
        raise OutboundRefusedError(f"{host}: not listed in FENGQIAO_OUTBOUND_HOSTS")
    if parts.scheme == "http" and listed.network is None:
        raise OutboundRefusedError(f"{host}: only https leaves this network")
    port = parts.port or PORTS[parts.scheme]
    addresses = _resolve(host, port)
    for address in addresses:
        _judge(listed, address)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, str(addresses[0]), path)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise OutboundRefusedError("not an address") from error
    plain = url.isascii() and url.isprintable() and " " not in url
    if not plain or parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc or port == 0:
        raise OutboundRefusedError("not an address we call")
    return parts


def _resolve(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        message = f"{host}: no such host"
        raise OutboundError(message) from error
    return [ipaddress.ip_address(str(sockaddr[0]).split("%")[0]) for *_rest, sockaddr in found]


def _judge(listed: OutboundHost, address: Address) -> None:
    """Refuse an address inside some network unless the host is listed with it; one bad address spoils the name."""
    plain = getattr(address, "ipv4_mapped", None) or address
    if listed.network is not None:
        allowed = plain in listed.network
    else:
        allowed = plain.is_global and not plain.is_multicast and not any(plain in net for net in _DISGUISED)
    if not allowed:
        raise OutboundRefusedError(f"{listed.name}: leads to {plain}, where it may not")


class _Pinned(http.client.HTTPSConnection):
    """Connects to the address it is given and expects the certificate of the name."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=PATIENCE)
        self._target = target

    def connect(self) -> None:
        """Connect without asking for the name again."""
        family = socket.AF_INET6 if ":" in self._target.address else socket.AF_INET
        self.sock = socket.socket(family, socket.SOCK_STREAM)
        self.sock.settimeout(PATIENCE)
        self.sock.connect((self._target.address, self._target.port))
        if self._target.scheme == "https":
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self._target.host)


def _connection(target: Target) -> http.client.HTTPConnection:
    connection = _Pinned(target)
    # The Host header leaves out a port that goes without saying.
    connection.default_port = PORTS[target.scheme]
    return connection


@contextlib.contextmanager
def _ending(sock: socket.socket) -> Iterator[None]:
    """Hang up when the block takes too long: a server that sends a byte now and then meets no other limit.

    Raises:
        OutboundError: It took too long.
    """
    end = time.monotonic() + DEADLINE
    timer = threading.Timer(DEADLINE, _hang_up, (sock,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if time.monotonic() >= end:
        raise OutboundError("the answer took too long")


def _hang_up(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _read(connection: http.client.HTTPConnection, limit: int) -> Answer:
    """The answer, up to one byte over the limit.

    Raises:
        OutboundError: It is longer, or no success.
    """
    with connection.getresponse() as response:
        if response.status not in OK:
            message = f"{connection.host}: answered {response.status}"
            raise OutboundError(message)
        body = response.read(limit + 1)
    if len(body) > limit:
        message = f"{connection.host}: the answer is too long"
        raise OutboundError(message)
    return Answer(response.status, body)
