"""The store of bytes, apart by city: every object is named by its SHA-256, sealed, and proven on reading."""

import hashlib
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from uuid import UUID

from saas.config import current_config
from saas.crypto import objects, rings
from saas.crypto.suites import SealBrokenError
from saas.db.session import TenantRef, current_tenant
from saas.errors import AppError, NotFoundError
from saas.files.bucket import Bucket
from saas.files.folder import Folder

KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9a-f]{2}/[0-9a-f]{64}")


class Place(Protocol):
    """Where objects are kept: a folder of this machine, or a bucket that machines share."""

    def write(self, key: str, data: bytes) -> None:
        """Keep an object; it appears whole or not at all."""

    def write_from(self, key: str, pieces: Iterable[bytes]) -> None:
        """Keep an object that comes in pieces; it appears whole or not at all."""

    def open(self, key: str) -> BinaryIO | None:
        """What lies under a key, to be read piece by piece and closed; None when nothing does."""

    def sizes(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Key and size in bytes of every object below a prefix, by key."""

    def remove(self, prefix: str) -> None:
        """Remove every object below a prefix."""


class DamagedFileError(AppError):
    """What lies in the store is not what was put there."""

    status = 503
    title = "文件已损坏"

    def __init__(self, key: str) -> None:
        """Refuse the object of a key."""
        super().__init__("文件内容与登记的指纹不一致，没有打开。请联系管理员从备份恢复。")
        self.key = key


def digest_of(data: bytes) -> str:
    """The SHA-256 of some bytes, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def put(data: bytes, *, tenant: TenantRef) -> str:
    """Keep the bytes for good, sealed under the city's key, and give their key; the same bytes have the same key."""
    key = key_of(tenant.id, digest_of(data))
    if not _is_whole(key):
        _place().write(key, objects.seal(rings.for_sealing(), _name(key), data))
    return key


def _at_once(work: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the work gives
    return work()


def put_path(path: Path, *, tenant: TenantRef, apart: Callable[[Callable[[], Any]], Any] = _at_once) -> str:
    """Keep a file that lies on disk, as :func:`put` keeps bytes, without ever holding it whole in memory.

    What takes long and uses no session is given to ``apart``, so that a transaction may be kept awake beside it.
    """
    with path.open("rb") as stream:
        key = key_of(tenant.id, apart(lambda: hashlib.file_digest(stream, "sha256").hexdigest()))
        if not _is_whole(key):
            stream.seek(0)
            sealed = objects.sealing(rings.for_sealing(), _name(key), stream)
            apart(lambda: _place().write_from(key, sealed))
    return key


def keep_open(data: bytes, *, tenant: TenantRef) -> None:
    """Keep bytes of a city whose keys are not there yet; :func:`renew` seals them."""
    _place().write(key_of(tenant.id, digest_of(data)), data)


def get(key: str) -> bytes:
    """The bytes under a key, opened and proven against the digest in it.

    Raises:
        DamagedFileError: They are no longer those that were put there.
        NotFoundError: Nothing is there.
        ValueError: It is not a key this store gave out.
    """
    return b"".join(_proven(key))


@contextmanager
def open_stream(key: str) -> Iterator[BinaryIO]:
    """The bytes under a key as a file at its beginning, opened and proven; it has no name and is gone with the block.

    Raises:
        DamagedFileError: They are no longer those that were put there.
        NotFoundError: Nothing is there.
        ValueError: It is not a key this store gave out.
    """
    with tempfile.TemporaryFile() as opened:
        opened.writelines(_proven(key))
        opened.seek(0)
        yield opened


def renew(tenant_id: UUID) -> int:
    """Seal under the newest key whatever a city keeps under an older one, or open; how many objects that were.

    What is damaged stays as it is, to be told by whoever reads it. May be broken off and done again.
    """
    newest, count = rings.for_sealing().newest, 0
    for key in list(list_keys(tenant_id)):
        if _version(key) == newest:
            continue
        try:
            with open_stream(key) as opened:
                _place().write_from(key, objects.sealing(rings.for_sealing(), _name(key), opened))
        except (DamagedFileError, NotFoundError):
            continue
        count += 1
    return count


def _version(key: str) -> int | None:
    stream = _place().open(key)
    if stream is None:
        return None
    with stream:
        return objects.version_of(objects.read_exactly(stream, objects.HEAD))


def _proven(key: str) -> Iterator[bytes]:
    """The bytes in pieces; whether all of them together are what the key names is known only at the end."""
    stream = _place().open(_checked(key))
    if stream is None:
        raise NotFoundError("没有找到这个文件，请联系管理员从备份恢复。", title="文件不在了")
    digest = hashlib.sha256()
    with stream:
        try:
            for piece in _opened(key, stream):
                digest.update(piece)
                yield piece
        except SealBrokenError as error:
            raise DamagedFileError(key) from error
    if digest.hexdigest() != _name(key).decode():
        raise DamagedFileError(key)


def _opened(key: str, stream: BinaryIO) -> Iterator[bytes]:
    """The plain bytes; those of before files were sealed are taken as they lie, and proven by their digest."""
    version = objects.version_of(objects.read_exactly(stream, objects.HEAD))
    stream.seek(0)
    if version is None:
        return iter(lambda: stream.read(objects.CHUNK), b"")
    return objects.unsealing(rings.for_opening(version), _name(key), stream)


def _is_whole(key: str) -> bool:
    try:
        for _ in _proven(key):
            pass
    except (DamagedFileError, NotFoundError):
        return False
    return True


def _name(key: str) -> bytes:
    return key.rsplit("/", 1)[-1].encode()


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
