"""Heads of seals put down outside the database, where whoever owns the database cannot take them back."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from botocore.exceptions import BotoCoreError, ClientError

from saas import buckets
from saas.audit.models import AuditSeal
from saas.config import current_config
from saas.config_parts import AuditConfig, BucketConfig
from saas.errors import UnavailableError

SEAL, RESTORED = "seal", "restored"
DAMAGED = "库外存证 {name} 第 {line} 行读不懂，可能被改动过。"


class AnchorError(UnavailableError):
    """The place of anchors cannot be written or read."""

    title = "库外存证暂时不可用"


@dataclass(frozen=True)
class Anchor:
    """One line: the head of a seal; or that a backup was restored, so that seals after ``n`` ended on purpose.

    Attributes:
        kind: ``seal`` or ``restored``.
        at: When it was put down, by the application's clock, as ISO 8601.
        origin: The permanent id of the city, the same for its copies.
        n: The number of the seal.
        head: Its digest in hexadecimal.
        root: The root of its tree in hexadecimal.
        count: How many events are under it.
    """

    kind: str
    at: str
    origin: str
    n: int
    head: str = ""
    root: str = ""
    count: int = 0


class Place(Protocol):
    """Where anchors are put down."""

    def add(self, city_id: UUID, anchors: list[Anchor]) -> None:
        """Put anchors down for good."""

    def read(self, city_id: UUID) -> Iterator[Anchor]:
        """Every anchor of a city, oldest first."""


class Folder:
    """A file per city and day in a folder, only ever appended to."""

    def __init__(self, path: Path) -> None:
        """Remember where; nothing is made yet."""
        self._path = path

    def add(self, city_id: UUID, anchors: list[Anchor]) -> None:
        """Append a line for each and wait until they are on the disk."""
        lines = "".join(_line(anchor) + "\n" for anchor in anchors).encode()
        folder = self._path / str(city_id)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(folder / f"{_day()}.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
            try:
                os.write(descriptor, lines)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise _failed() from error

    def read(self, city_id: UUID) -> Iterator[Anchor]:
        """Every line of every day's file."""
        try:
            for path in sorted((self._path / str(city_id)).glob("*.jsonl")):
                yield from _parsed(path.name, path.read_text("utf-8"))
        except OSError as error:
            raise _failed() from error


class Bucket:
    """An object per anchor in a bucket, which should be one that forbids overwriting and deleting."""

    def __init__(self, config: BucketConfig) -> None:
        """Remember where; nothing is asked yet."""
        self._name, self._client = config.name, buckets.client(config)

    def add(self, city_id: UUID, anchors: list[Anchor]) -> None:
        """Write an object for each, under a key that says day, moment and number."""
        try:
            for anchor in anchors:
                key = f"anchors/{city_id}/{anchor.at[:10]}/{anchor.at}-{anchor.n:012}.json"
                self._client.put_object(Bucket=self._name, Key=key, Body=(_line(anchor) + "\n").encode())
        except (BotoCoreError, ClientError) as error:
            raise _failed() from error

    def read(self, city_id: UUID) -> Iterator[Anchor]:
        """Every object of the city."""
        try:
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._name, Prefix=f"anchors/{city_id}/"
            )
            for found in (one for page in pages for one in page.get("Contents", [])):
                body = self._client.get_object(Bucket=self._name, Key=found["Key"])["Body"].read()
                yield from _parsed(found["Key"], body.decode())
        except (BotoCoreError, ClientError) as error:
            raise _failed() from error


def place() -> Place:
    """Where this deployment puts anchors down."""
    config: AuditConfig = current_config().audit
    return Bucket(config.anchor_bucket) if config.anchor_bucket else Folder(config.anchor_dir)


def of_seal(seal: AuditSeal, origin_id: UUID) -> Anchor:
    """The anchor of a seal."""
    return Anchor(SEAL, _now(), str(origin_id), seal.n, seal.head.hex(), seal.root.hex(), seal.count)


def of_restore(n: int, origin_id: UUID) -> Anchor:
    """The anchor that says: a backup was restored whose newest seal is ``n``."""
    return Anchor(RESTORED, _now(), str(origin_id), n)


def _line(anchor: Anchor) -> str:
    return json.dumps(asdict(anchor), separators=(",", ":"))


def _parsed(name: str, text: str) -> Iterator[Anchor]:
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            yield Anchor(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise AnchorError(DAMAGED.format(name=name, line=number)) from error


def _now() -> str:
    # Not business time: an anchor is evidence of when something was, demonstrations included.
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _day() -> str:
    return _now()[:10]


def _failed() -> AnchorError:
    return AnchorError("库外存证的位置现在读写不了，稍后会自动重试。")
