"""The store keeps bytes whole, apart by city, and notices damage."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from saas.crypto import objects
from saas.db.session import TenantRef
from saas.errors import NotFoundError
from saas.files import store


def test_what_was_put_is_what_is_read(storage: Path, city: TenantRef) -> None:
    key = store.put(b"paper", tenant=city)

    assert store.get(key) == b"paper"
    assert key.startswith(f"{city.id}/")
    assert (storage / key).is_file()


def test_nothing_of_a_file_can_be_read_in_the_store(storage: Path, city: TenantRef) -> None:
    key = store.put(b"990101199001011234" * 100_000, tenant=city)

    assert b"19900101" not in (storage / key).read_bytes()


@pytest.mark.parametrize("at", [4, 6, 10, 30, 1 << 20, (1 << 20) + 60, -1])
def test_one_flipped_byte_is_noticed_wherever_it_is(storage: Path, city: TenantRef, at: int) -> None:
    key = store.put(bytes(2_000_000), tenant=city)
    blob = bytearray((storage / key).read_bytes())
    blob[at] ^= 1
    (storage / key).write_bytes(blob)

    with pytest.raises(store.DamagedFileError):
        store.get(key)


def test_chunks_cannot_be_swapped_left_out_or_cut_off(storage: Path, city: TenantRef) -> None:
    key = store.put(b"a" * 3_000_000, tenant=city)
    blob = (storage / key).read_bytes()
    head, size = blob[: objects.HEAD], objects.CHUNK + 16
    one, two, rest = (blob[objects.HEAD + n * size : objects.HEAD + (n + 1) * size] for n in range(3))

    for wrong in (head + two + one + rest, head + one + rest, head + one + two, head):
        (storage / key).write_bytes(wrong)
        with pytest.raises(store.DamagedFileError):
            store.get(key)


@pytest.mark.parametrize("size", [0, 1, objects.CHUNK - 1, objects.CHUNK, objects.CHUNK + 1, 3 * objects.CHUNK])
def test_a_file_on_disk_is_kept_as_its_bytes_are(storage: Path, city: TenantRef, size: int, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"p" * size)

    key = store.put_path(source, tenant=city)

    assert key == store.key_of(city.id, store.digest_of(source.read_bytes()))
    assert store.get(key) == source.read_bytes()
    with store.open_stream(key) as opened:
        assert opened.read() == source.read_bytes()


def test_what_takes_long_may_be_done_beside_something_else(storage: Path, city: TenantRef, tmp_path: Path) -> None:
    source, seen = tmp_path / "source", list[bool]()
    source.write_bytes(b"long")

    def apart(work: Callable[[], object]) -> object:
        seen.append((storage / store.key_of(city.id, store.digest_of(b"long"))).exists())
        return work()

    key = store.put_path(source, tenant=city, apart=apart)

    assert seen == [False, False], "hashing it, writing it"
    assert store.get(key) == b"long"


def test_a_stream_is_not_handed_out_before_all_of_it_is_proven(storage: Path, city: TenantRef) -> None:
    key = store.put(b"a" * 3_000_000, tenant=city)
    blob = bytearray((storage / key).read_bytes())
    blob[-1] ^= 1
    (storage / key).write_bytes(blob)

    with pytest.raises(store.DamagedFileError), store.open_stream(key):
        pytest.fail("the block was entered")


def test_a_large_file_is_kept_and_read_in_little_memory(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.saas.files.large", str(tmp_path)], capture_output=True, text=True, check=True
    )

    assert int(told.stdout) < 60  # megabytes more than before, for a file of 100


def test_files_from_before_are_read_and_sealed_anew_once(storage: Path, city: TenantRef) -> None:
    store.keep_open(b"paper", tenant=city)
    key = store.key_of(city.id, store.digest_of(b"paper"))

    assert store.get(key) == b"paper"
    assert (store.renew(city.id), store.renew(city.id)) == (1, 0)
    assert b"paper" not in (storage / key).read_bytes()
    assert store.get(key) == b"paper"


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
