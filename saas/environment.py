"""Reading variables of the environment: one that is there and wrong is named, and stops the start."""

import hashlib
from collections.abc import Callable, Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import TypeVar

from saas.config_parts import Argon2, ConfigError, Network, OutboundHost

Value = TypeVar("Value")
SHORTEST_SECRET = 32  # characters


def read(environ: Mapping[str, str], name: str, parse: Callable[[str], Value], default: Value) -> Value:
    """What a variable says, or the default where it is absent or empty.

    Raises:
        ConfigError: It is there and its value is wrong.
    """
    text = environ.get(name, "").strip()
    if not text:
        return default
    try:
        return parse(text)
    except ValueError as error:
        message = f"{name}: {error}"
        raise ConfigError(message) from error


def digest(text: str) -> str:
    """How seals are made: ``sha256`` or ``sm3``."""
    if text not in {"sha256", "sm3"} or text not in hashlib.algorithms_available:
        raise ValueError("must be sha256 or sm3, and known to this machine's OpenSSL")
    return text


def post_address(text: str) -> str:
    """The address of a server for mail."""
    if not text.startswith(("smtp://", "smtps://")):
        raise ValueError("must be an address that begins with smtps:// or smtp://")
    return text


def web_address(text: str) -> str:
    """The address of a server on the web."""
    if not text.startswith(("http://", "https://")):
        raise ValueError("must be an address that begins with https:// or http://")
    return text


def database_url(text: str) -> str:
    """The address of a database, with the driver that is used here."""
    scheme, separator, rest = text.partition("://")
    if not separator or scheme not in {"postgres", "postgresql", "postgresql+psycopg"}:
        raise ValueError("must be an address that begins with postgresql://")
    return f"postgresql+psycopg://{rest}"


def secret(text: str) -> str:
    """A secret that is long enough."""
    if len(text) < SHORTEST_SECRET:
        message = f"must have at least {SHORTEST_SECRET} characters"
        raise ValueError(message)
    return text


def argon2(text: str) -> Argon2:
    """Memory in KiB, passes and lanes, at least what OWASP asks for: 19 MiB in two passes, or 46 MiB in one."""
    parts = [positive(part.strip()) for part in text.split(",")]
    if len(parts) != 3:  # noqa: PLR2004 - memory, passes, lanes
        raise ValueError("must be three numbers: memory in KiB, passes, lanes")
    cost = Argon2(*parts)
    if cost.memory < (19 if cost.passes > 1 else 46) * 1024:
        raise ValueError("must be at least 47104,1,1 or 19456,2,1")
    return cost


def demand(text: str) -> str:
    """Whether something must be: ``required`` or ``optional``."""
    if text not in {"required", "optional"}:
        raise ValueError("must be required or optional")
    return text


def cipher(text: str) -> str:
    """What keys are for: ``sm4`` or ``aes``."""
    if text not in {"sm4", "aes"}:
        raise ValueError("must be sm4 or aes")
    return text


def positive(text: str) -> int:
    """A whole number above zero."""
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise ValueError("must be a whole number above zero")
    return int(text)


def absolute(text: str) -> Path:
    """The path of a folder, from the root."""
    path = Path(text)
    if not path.is_absolute():
        raise ValueError("must be an absolute path")
    return path


def boolean(text: str) -> bool:
    """Whether something is wanted: ``yes`` or ``no``."""
    if text not in {"yes", "no"}:
        raise ValueError("must be yes or no")
    return text == "yes"


def networks(text: str) -> tuple[Network, ...]:
    """Networks, with commas between them."""
    return tuple(ip_network(part.strip()) for part in text.split(","))


def host(text: str) -> str:
    """The name of a host, in small letters."""
    if not text.replace("-", "").replace(".", "").isalnum():
        raise ValueError("must be the name of a host without a port")
    return text.lower().rstrip(".")


def hosts(text: str) -> tuple[str, ...]:
    """Names of hosts, with commas between them."""
    return tuple(host(part.strip()) for part in text.split(","))


def outbound(text: str) -> tuple[OutboundHost, ...]:
    """The servers that may be called, with commas between them."""
    return tuple(_outbound_host(part.strip()) for part in text.split(","))


def _outbound_host(text: str) -> OutboundHost:
    """``sms.example.cn``, or ``sso.intra=10.8.0.0/16`` for a server inside a network of ours."""
    name, equals, network = text.partition("=")
    return OutboundHost(host(name.strip()), ip_network(network.strip()) if equals else None)
