"""Settings of a deployment, read once from the environment; a wrong one stops the start and is named."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path

from flask import current_app

from saas import embedded
from saas import environment as env
from saas.config_parts import (
    MEGABYTE,
    USUAL_COST,
    USUAL_PROOFS,
    Argon2,
    AuditConfig,
    BucketConfig,
    Network,
    OutboundHost,
)
from saas.environment import read

LOOPBACK: tuple[Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
OFFICE_NETWORKS: tuple[Network, ...] = tuple(
    ip_network(network)
    for network in ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)


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
        backup_dir: Where backups, exports and certificates lie that operators asked for by their pages.
        metrics_networks: From where the numbers for monitoring may be asked.
        master_key: Wraps the keys of the cities' data.
        master_key_previous: The one before it, while keys are wrapped anew.
        cipher: What new keys are for: ``sm4`` or ``aes``.
        deletion_wait_days: Days between the two operators' words that end a city.
        pool_cap: How many connections one process opens to one city.
        connections_cap: How many connections one process opens to all cities together.
        outbound_hosts: The only servers that are ever called, each with its network when it is not on the internet.
        sms_url: Where short messages are handed over; without it they are written into files of demo cities.
        sms_key: What proves to the handler of short messages who we are.
        timestamp_url: The server of time stamps (RFC 3161) that signatures carry; without it they carry none.
        argon2: What the digest of a password costs; older digests are made anew at sign-in.
        operator_second_factor: Whether operators must have a second factor: ``required`` or ``optional``.
        audit: How the record of acts is proven.
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
    backup_dir: Path = embedded.ROOT / "var" / "backups"
    metrics_networks: tuple[Network, ...] = LOOPBACK
    master_key: str = ""
    master_key_previous: str = ""
    cipher: str = "sm4"
    deletion_wait_days: int = 7
    outbound_hosts: tuple[OutboundHost, ...] = ()
    sms_url: str = ""
    sms_key: str = ""
    timestamp_url: str = ""
    argon2: Argon2 = USUAL_COST
    operator_second_factor: str = "required"
    audit: AuditConfig = USUAL_PROOFS
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
            database_url=read(environ, "DATABASE_URL", env.database_url, None) or embedded.ensure_running(),
            secret_key=read(environ, "FENGQIAO_SECRET_KEY", env.secret, None) or embedded.instance()["secret_key"],
            database_secret=read(environ, "FENGQIAO_DATABASE_SECRET", env.secret, None)
            or embedded.instance()["database_secret"],
            storage_dir=read(environ, "FENGQIAO_STORAGE_DIR", env.absolute, embedded.ROOT / "var" / "storage"),
            platform_hosts=read(environ, "FENGQIAO_PLATFORM_HOSTS", env.hosts, cls.platform_hosts),
            host_suffix=read(environ, "FENGQIAO_HOST_SUFFIX", env.host, cls.host_suffix),
            demo_password=read(environ, "FENGQIAO_DEMO_PASSWORD", str, cls.demo_password),
            max_upload_bytes=read(environ, "FENGQIAO_MAX_UPLOAD_BYTES", env.positive, cls.max_upload_bytes),
            fonts_dir=read(environ, "FENGQIAO_FONTS_DIR", env.absolute, cls.fonts_dir),
            pool_cap=read(environ, "FENGQIAO_POOL_CAP", env.positive, cls.pool_cap),
            connections_cap=read(environ, "FENGQIAO_CONNECTIONS_CAP", env.positive, cls.connections_cap),
            bucket=_bucket(environ, "FENGQIAO_S3_BUCKET"),
            backup_key=read(environ, "FENGQIAO_BACKUP_KEY", env.secret, None) or embedded.instance()["backup_key"],
            backup_dir=read(environ, "FENGQIAO_BACKUP_DIR", env.absolute, cls.backup_dir),
            metrics_networks=read(environ, "FENGQIAO_METRICS_NETWORKS", env.networks, cls.metrics_networks),
            master_key=read(environ, "FENGQIAO_MASTER_KEY", env.secret, None) or embedded.instance()["master_key"],
            master_key_previous=read(environ, "FENGQIAO_MASTER_KEY_PREVIOUS", env.secret, ""),
            cipher=read(environ, "FENGQIAO_CIPHER", env.cipher, cls.cipher),
            deletion_wait_days=read(environ, "FENGQIAO_DELETION_WAIT_DAYS", env.positive, cls.deletion_wait_days),
            outbound_hosts=read(environ, "FENGQIAO_OUTBOUND_HOSTS", env.outbound, cls.outbound_hosts),
            sms_url=read(environ, "FENGQIAO_SMS_URL", env.web_address, cls.sms_url),
            sms_key=read(environ, "FENGQIAO_SMS_KEY", str, cls.sms_key),
            timestamp_url=read(environ, "FENGQIAO_TIMESTAMP_URL", env.web_address, cls.timestamp_url),
            argon2=read(environ, "FENGQIAO_ARGON2", env.argon2, cls.argon2),
            operator_second_factor=read(
                environ, "FENGQIAO_OPERATOR_SECOND_FACTOR", env.demand, cls.operator_second_factor
            ),
            audit=_audit(environ),
            plain_http=read(environ, "FENGQIAO_PLAIN_HTTP", env.boolean, cls.plain_http),
            trusted_proxies=read(environ, "FENGQIAO_TRUSTED_PROXIES", env.networks, cls.trusted_proxies),
            console_networks=read(environ, "FENGQIAO_CONSOLE_NETWORKS", env.networks, cls.console_networks),
        )


def current_config() -> Config:
    """The settings of the application that is running."""
    config: Config = current_app.extensions["fengqiao.config"]
    return config


def _audit(environ: Mapping[str, str]) -> AuditConfig:
    return AuditConfig(
        key=read(environ, "FENGQIAO_AUDIT_KEY", env.secret, ""),
        digest=read(environ, "FENGQIAO_AUDIT_DIGEST", env.digest, AuditConfig.digest),
        anchor_dir=read(environ, "FENGQIAO_ANCHOR_DIR", env.absolute, AuditConfig.anchor_dir),
        anchor_bucket=_bucket(environ, "FENGQIAO_ANCHOR_BUCKET"),
        smtp_url=read(environ, "FENGQIAO_SMTP_URL", env.post_address, ""),
        mail_from=read(environ, "FENGQIAO_MAIL_FROM", str, AuditConfig.mail_from),
    )


def _bucket(environ: Mapping[str, str], variable: str) -> BucketConfig | None:
    name = read(environ, variable, str, "")
    if not name:
        return None
    return BucketConfig(
        name=name,
        endpoint=read(environ, "FENGQIAO_S3_ENDPOINT", env.web_address, ""),
        key=read(environ, "FENGQIAO_S3_KEY", str, ""),
        secret=read(environ, "FENGQIAO_S3_SECRET", str, ""),
        region=read(environ, "FENGQIAO_S3_REGION", str, BucketConfig.region),
    )
