"""Settings of a deployment, read once from the environment; a wrong one stops the start and is named."""

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
        deletion_wait_days: Days between the two operators' words that end a city.
        pool_cap: How many connections one process opens to one city.
        connections_cap: How many connections one process opens to all cities together.
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
    deletion_wait_days: int = 7
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
            deletion_wait_days=_read(environ, "FENGQIAO_DELETION_WAIT_DAYS", _positive, cls.deletion_wait_days),
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


def _text(text: str) -> str:
    return text
