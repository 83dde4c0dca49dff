"""Whether a deployment's settings are fit for people outside this machine; what is not, in one sentence each."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import URL, make_url

from saas.config import Config
from saas.config_parts import ConfigError

FEWEST_SIGNS = 10
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
PROVEN_TLS = frozenset({"verify-full"})


class UnfitError(ConfigError):
    """The settings would serve people in a way that anybody could read or forge."""


@dataclass(frozen=True)
class Fault:
    """One thing to put right before anybody is served."""

    setting: str
    sentence: str


def faults(config: Config, *, debug: bool) -> list[Fault]:
    """What is wrong with the settings; nothing where a demonstration is served on the machine itself."""
    return [] if config.plain_http and not debug else list(_found(config, debug=debug))


def refuse_unfit(config: Config, *, debug: bool) -> None:
    """Stop the start of what is not fit.

    Raises:
        UnfitError: With every fault.
    """
    if found := faults(config, debug=debug):
        raise UnfitError("; ".join(f"{fault.setting} {fault.sentence}" for fault in found))


def _found(config: Config, *, debug: bool) -> Iterator[Fault]:
    if debug:
        yield Fault("FLASK_DEBUG", "debugging shows code to whoever meets an error: switch it off")
    for name, secret in _secrets(config).items():
        if len(set(secret)) < FEWEST_SIGNS:
            yield Fault(name, "is not random: make one with 'openssl rand -hex 32'")
    if len(set(_secrets(config).values())) < len(_secrets(config)):
        yield Fault("FENGQIAO_SECRET_KEY", "two secrets are the same: give each its own")
    if not config.trusted_proxies:
        yield Fault("FENGQIAO_TRUSTED_PROXIES", "names no proxy: TLS ends nowhere, and every address is the proxy's")
    if is_open_wire(make_url(config.database_url)):
        yield Fault("DATABASE_URL", "leaves this machine without proven TLS: add sslmode=verify-full")
    if config.bucket is not None and config.bucket.endpoint.startswith("http://"):
        yield Fault("FENGQIAO_S3_ENDPOINT", "files would travel in clear: use https://")


def is_open_wire(url: URL) -> bool:
    """Whether a database's address goes over a network on which others could read or answer."""
    host = url.host or str(url.query.get("host", ""))
    if not host or host.startswith("/") or host in LOOPBACK:
        return False
    return url.query.get("sslmode") not in PROVEN_TLS


def _secrets(config: Config) -> dict[str, str]:
    given = {
        "FENGQIAO_SECRET_KEY": config.secret_key,
        "FENGQIAO_DATABASE_SECRET": config.database_secret,
        "FENGQIAO_BACKUP_KEY": config.backup_key,
        "FENGQIAO_MASTER_KEY": config.master_key,
        "FENGQIAO_MASTER_KEY_PREVIOUS": config.master_key_previous,
        "FENGQIAO_AUDIT_KEY": config.audit.key,
    }
    return {name: secret for name, secret in given.items() if secret}
