"""Files in S3-compatible storage: the same promises as in a folder, against a real server of that protocol."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from saas import buckets
from saas.config import Config
from saas.config_parts import BucketConfig
from saas.crypto import rings
from saas.crypto.rings import Key, Ring
from saas.crypto.suites import SM4
from saas.db.session import TenantRef
from saas.errors import NotFoundError, UnavailableError
from saas.files import bucket, store
from tests import ports

OTHER = "00000000-0000-7000-8000-000000000002"


@pytest.fixture(scope="module")
def given() -> Iterator[BucketConfig]:
    """A bucket on a server started for these tests."""
    port = ports.find_free()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            made = BucketConfig("files", f"http://127.0.0.1:{port}", "key", "secret")
            ports.wait_for(port)
            buckets.client(made).create_bucket(Bucket="files")
            yield made
        finally:
            server.terminate()


@pytest.fixture
def shared(given: BucketConfig, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BucketConfig]:
    """An application that keeps its files there."""
    bare = Flask("bare")
    config = Config("postgresql://", "k" * 32, "d" * 32, tmp_path_factory.mktemp("unused"))
    bare.extensions["fengqiao.config"] = replace(config, bucket=given)
    keys = Ring(UUID(OTHER), {0: Key(SM4, bytes(32)), 1: Key(SM4, bytes(range(16)))}, 0.0)
    with bare.app_context(), rings.lend(keys):
        yield given


def test_what_was_put_is_what_is_read(shared: BucketConfig, city: TenantRef) -> None:
    key = store.put(b"paper", tenant=city)

    assert store.get(key) == b"paper"
    assert key == store.put(b"paper", tenant=city)


def test_a_file_on_disk_is_kept_and_read_in_pieces(shared: BucketConfig, city: TenantRef, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"paper" * 1_000_000)

    key = store.put_path(source, tenant=city)

    assert key == store.put(source.read_bytes(), tenant=city)
    with store.open_stream(key) as opened:
        assert opened.read() == source.read_bytes()


def test_a_changed_byte_is_noticed(shared: BucketConfig, city: TenantRef) -> None:
    key = store.put(b"another paper", tenant=city)
    bucket.Bucket(shared).write(key, b"another papeX")

    with pytest.raises(store.DamagedFileError):
        store.get(key)


def test_what_is_gone_is_said_to_be_gone(shared: BucketConfig, city: TenantRef) -> None:
    with pytest.raises(NotFoundError):
        store.get(store.key_of(city.id, "0" * 64))


def test_a_city_is_listed_measured_and_removed_without_touching_another(shared: BucketConfig, city: TenantRef) -> None:
    other = replace(city, id=type(city.id)(OTHER))
    kept = store.put(b"1234", tenant=other)
    store.put(b"12", tenant=city)

    assert list(store.list_keys(other.id)) == [kept]
    assert store.measure(other.id) == 4 + 23 + 16  # what was put, the head and the tag

    store.remove_all(city.id)
    assert list(store.list_keys(city.id)) == []
    assert store.get(kept) == b"1234"


def test_more_objects_than_one_answer_lists_are_all_removed(
    shared: BucketConfig, city: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bucket, "PAGE", 2)
    place = bucket.Bucket(shared)
    for n in range(5):
        place.write(f"{city.id}/{n}", b"")

    store.remove_all(city.id)

    assert list(place.sizes(str(city.id))) == []


def test_storage_that_does_not_answer_is_a_sentence(shared: BucketConfig) -> None:
    silent = bucket.Bucket(replace(shared, endpoint="http://127.0.0.1:1"))

    with pytest.raises(UnavailableError, match="文件存储没有正常应答"):
        silent.open("x")


def test_a_bucket_nobody_made_is_a_sentence(shared: BucketConfig) -> None:
    absent = bucket.Bucket(replace(shared, name="absent"))

    with pytest.raises(bucket.StorageError):
        absent.write("x", b"")
    with pytest.raises(bucket.StorageError):
        list(absent.sizes("x"))
