"""The store keeps bytes whole, apart by city, and notices damage."""

from pathlib import Path

import pytest

from saas.db.session import TenantRef
from saas.errors import NotFoundError
from saas.files import store


def test_what_was_put_is_what_is_read(storage: Path, city: TenantRef) -> None:
    key = store.put(b"paper", tenant=city)

    assert store.get(key) == b"paper"
    assert key.startswith(f"{city.id}/")
    assert (storage / key).is_file()


def test_the_same_bytes_are_kept_once(storage: Path, city: TenantRef) -> None:
    assert store.put(b"paper", tenant=city) == store.put(b"paper", tenant=city)
    assert len([path for path in storage.rglob("*") if path.is_file()]) == 1


def test_a_changed_byte_is_noticed(storage: Path, city: TenantRef) -> None:
    key = store.put(b"paper", tenant=city)
    (storage / key).write_bytes(b"paperX")

    with pytest.raises(store.DamagedFileError):
        store.get(key)


def test_putting_again_repairs_what_was_damaged(storage: Path, city: TenantRef) -> None:
    key = store.put(b"paper", tenant=city)
    (storage / key).write_bytes(b"")

    store.put(b"paper", tenant=city)

    assert store.get(key) == b"paper"


@pytest.mark.parametrize("key", ["../../etc/passwd", "/etc/passwd", "", "a/b", "x" * 100])
def test_only_keys_of_the_store_are_followed(storage: Path, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        store.get(key)


def test_what_is_gone_is_said_to_be_gone(storage: Path, city: TenantRef) -> None:
    key = store.put(b"paper", tenant=city)
    (storage / key).unlink()

    with pytest.raises(NotFoundError):
        store.get(key)


def test_an_interrupted_write_leaves_nothing(storage: Path, city: TenantRef, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_disk(_handle: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("saas.files.folder.os.fsync", no_disk)

    with pytest.raises(OSError, match="disk full"):
        store.put(b"paper", tenant=city)
    assert not [path for path in storage.rglob("*") if path.is_file()]
