"""What the settings of a deployment are made of: storage, other servers, the cost of digests, proofs of the record."""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from saas import embedded

Network = IPv4Network | IPv6Network
MEGABYTE = 1024 * 1024


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
    network: Network | None = None


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
class AuditConfig:
    """How the record of acts is proven.

    Attributes:
        key: Signs seals; without one, a key made of the secret that signs cookies.
        digest: ``sha256`` or ``sm3``.
        anchor_dir: Where the heads of seals are put down outside the database: best on another machine's disk.
        anchor_bucket: A bucket for them instead of the folder; the storage's address and key are those of files.
        smtp_url: Where reports are handed to the post, such as smtps://name:password@mail.example:465; empty for none.
        mail_from: The sender of reports.
    """

    key: str = ""
    digest: str = "sha256"
    anchor_dir: Path = embedded.ROOT / "var" / "anchors"
    anchor_bucket: BucketConfig | None = None
    smtp_url: str = ""
    mail_from: str = "fengqiao@localhost"


USUAL_COST = Argon2()
USUAL_PROOFS = AuditConfig()
