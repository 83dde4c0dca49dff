"""The store of bytes: one folder per city, every object named by its SHA-256 and proven on reading."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from saas.config import current_config
from saas.db.session import TenantRef
from saas.errors import AppError, NotFoundError

KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9a-f]{2}/[0-9a-f]{64}")


class DamagedFileError(AppError):
    """What lies in the store is not what was put there."""

    title = "文件已损坏"


def digest_of(data: bytes) -> str:
    """The SHA-256 of some bytes, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def put(data: bytes, *, tenant: TenantRef) -> str:
    """Keep the bytes for good and give their key; the same bytes have the same key.

    The object appears whole or not at all: it is written aside, flushed to the disk and renamed.
    """
    digest = digest_of(data)
    key = f"{tenant.id}/{digest[:2]}/{digest}"
    path = open_path(key)
    if not (path.is_file() and path.read_bytes() == data):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(path, data)
    return key


def get(key: str) -> bytes:
    """The bytes under a key, proven against the digest in it.

    Raises:
        DamagedFileError: They are no longer those that were put there.
        NotFoundError: Nothing is there.
    """
    path = open_path(key)
    if not path.is_file():
        raise NotFoundError("没有找到这个文件，请联系管理员从备份恢复。", title="文件不在了")
    data = path.read_bytes()
    if digest_of(data) != path.name:
        raise DamagedFileError("文件内容与登记的指纹不一致，请联系管理员从备份恢复。")
    return data


def open_path(key: str) -> Path:
    """Where the object of a key lies on the disk, whether or not it is there.

    Raises:
        ValueError: It is not a key this store gave out.
    """
    if KEY.fullmatch(key) is None:
        raise ValueError("not a key of the store")
    return current_config().storage_dir / key


def _write(path: Path, data: bytes) -> None:
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
