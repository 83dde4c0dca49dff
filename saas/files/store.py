"""The store of bytes, apart by city: every object is named by its SHA-256 and proven on reading."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from uuid import UUID

from saas.config import current_config
from saas.db.session import TenantRef, current_tenant
from saas.errors import AppError, NotFoundError
from saas.files.bucket import Bucket
from saas.files.folder import Folder

KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9a-f]{2}/[0-9a-f]{64}")


class Place(Protocol):
    """Where objects are kept: a folder of this machine, or a bucket that machines share."""

    def write(self, key: str, data: bytes) -> None:
        """Keep an object; it appears whole or not at all."""

    def read(self, key: str) -> bytes | None:
        """What lies under a key; None when nothing does."""

    def sizes(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Key and size in bytes of every object below a prefix, by key."""

    def remove(self, prefix: str) -> None:
        """Remove every object below a prefix."""


class DamagedFileError(AppError):
    """What lies in the store is not what was put there."""

    title = "文件已损坏"


def digest_of(data: bytes) -> str:
    """The SHA-256 of some bytes, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def put(data: bytes, *, tenant: TenantRef) -> str:
    """Keep the bytes for good and give their key; the same bytes have the same key."""
    key = key_of(tenant.id, digest_of(data))
    _place().write(key, data)
    return key


def get(key: str) -> bytes:
    """The bytes under a key, proven against the digest in it.

    Raises:
        DamagedFileError: They are no longer those that were put there.
        NotFoundError: Nothing is there.
        ValueError: It is not a key this store gave out.
    """
    data = _place().read(_checked(key))
    if data is None:
        raise NotFoundError("没有找到这个文件，请联系管理员从备份恢复。", title="文件不在了")
    if digest_of(data) != key.rsplit("/", 1)[-1]:
        raise DamagedFileError("文件内容与登记的指纹不一致，请联系管理员从备份恢复。")
    return data


def key_of(tenant_id: UUID, digest: str) -> str:
    """The key under which a city keeps the bytes of a digest."""
    return f"{tenant_id}/{digest[:2]}/{digest}"


def here(key: str) -> str:
    """The key of the same bytes in the city of this session: what a sealed value names is its origin's in a copy."""
    return key_of(current_tenant().id, _checked(key).rsplit("/", 1)[-1])


def list_keys(tenant_id: UUID) -> Iterator[str]:
    """The key of everything a city keeps, in the order of keys."""
    return (key for key, _ in _place().sizes(str(tenant_id)))


def measure(tenant_id: UUID) -> int:
    """How many bytes a city keeps."""
    return sum(size for _, size in _place().sizes(str(tenant_id)))


def remove_all(tenant_id: UUID) -> None:
    """Remove everything a city keeps, for good."""
    _place().remove(str(tenant_id))


def open_path(key: str) -> Path:
    """Where the object of a key lies when a folder is used, whether or not it is there.

    Raises:
        ValueError: It is not a key this store gave out.
    """
    return current_config().storage_dir / _checked(key)


def _checked(key: str) -> str:
    if KEY.fullmatch(key) is None:
        raise ValueError("not a key of the store")
    return key


def _place() -> Place:
    config = current_config()
    return Bucket(config.bucket) if config.bucket is not None else Folder(config.storage_dir)
