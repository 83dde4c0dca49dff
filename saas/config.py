"""Settings of a deployment, read once from the environment; a wrong one stops the start and is named."""

import ipaddress
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypeVar

from flask import current_app

from saas import embedded

Value = TypeVar("Value")
Network = IPv4Network | IPv6Network
SHORTEST_SECRET = 32  # characters
MEGABYTE = 1024 * 1024
OFFICE_NETWORKS: tuple[Network, ...] = tuple(
    ip_network(network)
    for network in ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)


class ConfigError(ValueError):
    """A setting has a value the application cannot work with; the text names it."""


@dataclass(frozen=True)
class BucketConfig:
    """A bucket of S3-compatible storage.

    Attributes:
        name: The bucket's.
        endpoint: The address of the storage; empty for the one boto3 knows.
        key: Who we are; empty when the machine itself says so.
        secret: What proves it.
        region: Where the bucket is.
    """

    name: str
    endpoint: str = ""
    key: str = ""
    secret: str = ""
    region: str = "us-east-1"


@dataclass(frozen=True)
class OutboundHost:
    """A server we may call.

    Attributes:
        name: As it stands in addresses.
        network: Where it is when that is a network of ours; without it, only addresses of the internet are called.
    """

    name: str
    network: ipaddress.IPv4Network | ipaddress.IPv6Network | None = None


@dataclass(frozen=True)
class Argon2:
    """What a password's digest costs; 46 MiB in one pass take about 70 ms of one core.

    Attributes:
        memory: KiB.
        passes: Over the memory.
        lanes: Threads of one digest.
    """

    memory: int = 46 * 1024
    passes: int = 1
    lanes: int = 1


@dataclass(frozen=True)
class Config:
    """What a deployment decides; every field is one environment variable, see :meth:`from_env`.

    Attributes:
        database_url: The administrator's address of the database; logins with fewer rights are derived from it.
        secret_key: Signs cookies and tokens.
        database_secret: The passwords of the derived logins are made from it.
        storage_dir: Where files of cases are kept.
        platform_hosts: Hosts that serve operators and no city.
        host_suffix: A new city is reached at its code followed by a dot and this.
        demo_password: What the people of demo cities sign in with.
        max_upload_bytes: The largest request body.
        fonts_dir: The fonts official documents are printed with.
        bucket: Where files are kept instead of the storage folder, when several machines share them.
        backup_key: Backups can be opened with it and with nothing else.
        master_key: Wraps the keys of the cities' data.
        master_key_previous: The one before it, while keys are wrapped anew.
        cipher: What new keys are for: ``sm4`` or ``aes``.
        deletion_wait_days: Days between the two operators' words that end a city.
        pool_cap: How many connections one process opens to one city.
        connections_cap: How many connections one process opens to all cities together.
        outbound_hosts: The only servers that are ever called, each with its network when it is not on the internet.
        sms_url: Where short messages are handed over; without it they are written into files of demo cities.
        sms_key: What proves to the handler of short messages who we are.
        argon2: What the digest of a password costs; older digests are made anew at sign-in.
        operator_second_factor: Whether operators must have a second factor: ``required`` or ``optional``.
        plain_http: Whether hosts of this machine are served without TLS, as demonstrations are.
        trusted_proxies: Where the proxies are that may say for whom they ask.
        console_networks: From where the consoles of operators and administrators can be opened.
        testing: Whether tests run this application.
    """

    database_url: str
    secret_key: str
    database_secret: str
    storage_dir: Path
    platform_hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    host_suffix: str = "localhost"
    demo_password: str = "fengqiao-demo"  # noqa: S105 - the password of demonstrations is meant to be known.
    max_upload_bytes: int = 20 * MEGABYTE
    fonts_dir: Path = embedded.ROOT / "var" / "fonts"
    pool_cap: int = 10
    connections_cap: int = 40
    bucket: BucketConfig | None = None
    backup_key: str = ""
    master_key: str = ""
    master_key_previous: str = ""
    cipher: str = "sm4"
    deletion_wait_days: int = 7
    outbound_hosts: tuple[OutboundHost, ...] = ()
    sms_url: str = ""
    sms_key: str = ""
    argon2: Argon2 = Argon2()
    operator_second_factor: str = "required"
    plain_http: bool = False
    trusted_proxies: tuple[Network, ...] = ()
    console_networks: tuple[Network, ...] = OFFICE_NETWORKS
    testing: bool = False

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """Read every setting; what is absent has a default that serves a single machine.

        Raises:
            ConfigError: A variable is there and its value is wrong.
        """
        return cls(
            database_url=_read(environ, "DATABASE_URL", _database_url, None) or embedded.ensure_running(),
            secret_key=_read(environ, "FENGQIAO_SECRET_KEY", _secret, None) or embedded.instance()["secret_key"],
            database_secret=_read(environ, "FENGQIAO_DATABASE_SECRET", _secret, None)
            or embedded.instance()["database_secret"],
            storage_dir=_read(environ, "FENGQIAO_STORAGE_DIR", _absolute, embedded.ROOT / "var" / "storage"),
            platform_hosts=_read(environ, "FENGQIAO_PLATFORM_HOSTS", _hosts, cls.platform_hosts),
            host_suffix=_read(environ, "FENGQIAO_HOST_SUFFIX", _host, cls.host_suffix),
            demo_password=_read(environ, "FENGQIAO_DEMO_PASSWORD", _text, cls.demo_password),
            max_upload_bytes=_read(environ, "FENGQIAO_MAX_UPLOAD_BYTES", _positive, cls.max_upload_bytes),
            fonts_dir=_read(environ, "FENGQIAO_FONTS_DIR", _absolute, cls.fonts_dir),
            pool_cap=_read(environ, "FENGQIAO_POOL_CAP", _positive, cls.pool_cap),
            connections_cap=_read(environ, "FENGQIAO_CONNECTIONS_CAP", _positive, cls.connections_cap),
            bucket=_bucket(environ),
            backup_key=_read(environ, "FENGQIAO_BACKUP_KEY", _secret, None) or embedded.instance()["backup_key"],
            master_key=_read(environ, "FENGQIAO_MASTER_KEY", _secret, None) or embedded.instance()["master_key"],
            master_key_previous=_read(environ, "FENGQIAO_MASTER_KEY_PREVIOUS", _secret, ""),
            cipher=_read(environ, "FENGQIAO_CIPHER", _cipher, cls.cipher),
            deletion_wait_days=_read(environ, "FENGQIAO_DELETION_WAIT_DAYS", _positive, cls.deletion_wait_days),
            outbound_hosts=_read(environ, "FENGQIAO_OUTBOUND_HOSTS", _outbound, cls.outbound_hosts),
            sms_url=_read(environ, "FENGQIAO_SMS_URL", _web_address, cls.sms_url),
            sms_key=_read(environ, "FENGQIAO_SMS_KEY", _text, cls.sms_key),
            argon2=_read(environ, "FENGQIAO_ARGON2", _argon2, cls.argon2),
            operator_second_factor=_read(
                environ, "FENGQIAO_OPERATOR_SECOND_FACTOR", _demand, cls.operator_second_factor
            ),
            plain_http=_read(environ, "FENGQIAO_PLAIN_HTTP", _boolean, cls.plain_http),
            trusted_proxies=_read(environ, "FENGQIAO_TRUSTED_PROXIES", _networks, cls.trusted_proxies),
            console_networks=_read(environ, "FENGQIAO_CONSOLE_NETWORKS", _networks, cls.console_networks),
        )


def current_config() -> Config:
    """The settings of the application that is running."""
    config: Config = current_app.extensions["fengqiao.config"]
    return config


def _read(environ: Mapping[str, str], name: str, parse: Callable[[str], Value], default: Value) -> Value:
    text = environ.get(name, "").strip()
    if not text:
        return default
    try:
        return parse(text)
    except ValueError as error:
        message = f"{name}: {error}"
        raise ConfigError(message) from error


def _bucket(environ: Mapping[str, str]) -> BucketConfig | None:
    name = _read(environ, "FENGQIAO_S3_BUCKET", _text, "")
    if not name:
        return None
    return BucketConfig(
        name=name,
        endpoint=_read(environ, "FENGQIAO_S3_ENDPOINT", _web_address, ""),
        key=_read(environ, "FENGQIAO_S3_KEY", _text, ""),
        secret=_read(environ, "FENGQIAO_S3_SECRET", _text, ""),
        region=_read(environ, "FENGQIAO_S3_REGION", _text, BucketConfig.region),
    )


def _web_address(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise ValueError("must be an address that begins with https:// or http://")
    return text


def _database_url(text: str) -> str:
    scheme, separator, rest = text.partition("://")
    if not separator or scheme not in {"postgres", "postgresql", "postgresql+psycopg"}:
        raise ValueError("must be an address that begins with postgresql://")
    return f"postgresql+psycopg://{rest}"


def _secret(text: str) -> str:
    if len(text) < SHORTEST_SECRET:
        message = f"must have at least {SHORTEST_SECRET} characters"
        raise ValueError(message)
    return text


def _argon2(text: str) -> Argon2:
    """Memory in KiB, passes and lanes, at least what OWASP asks for: 19 MiB in two passes, or 46 MiB in one."""
    parts = [_positive(part.strip()) for part in text.split(",")]
    if len(parts) != 3:  # noqa: PLR2004 - memory, passes, lanes
        raise ValueError("must be three numbers: memory in KiB, passes, lanes")
    cost = Argon2(*parts)
    if cost.memory < (19 if cost.passes > 1 else 46) * 1024:
        raise ValueError("must be at least 47104,1,1 or 19456,2,1")
    return cost


def _demand(text: str) -> str:
    if text not in {"required", "optional"}:
        raise ValueError("must be required or optional")
    return text


def _cipher(text: str) -> str:
    if text not in {"sm4", "aes"}:
        raise ValueError("must be sm4 or aes")
    return text


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise ValueError("must be a whole number above zero")
    return int(text)


def _absolute(text: str) -> Path:
    path = Path(text)
    if not path.is_absolute():
        raise ValueError("must be an absolute path")
    return path


def _boolean(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValueError("must be yes or no")
    return text == "yes"


def _networks(text: str) -> tuple[Network, ...]:
    return tuple(ip_network(part.strip()) for part in text.split(","))


def _host(text: str) -> str:
    if not text.replace("-", "").replace(".", "").isalnum():
        raise ValueError("must be the name of a host without a port")
    return text.lower().rstrip(".")


def _hosts(text: str) -> tuple[str, ...]:
    return tuple(_host(part.strip()) for part in text.split(","))


def _outbound(text: str) -> tuple[OutboundHost, ...]:
    return tuple(_outbound_host(part.strip()) for part in text.split(","))


def _outbound_host(text: str) -> OutboundHost:
    """``sms.example.cn``, or ``sso.intra=10.8.0.0/16`` for a server inside a network of ours."""
    name, equals, network = text.partition("=")
    return OutboundHost(_host(name.strip()), ipaddress.ip_network(network.strip()) if equals else None)


def _text(text: str) -> str:
    return text
