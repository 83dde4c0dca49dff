"""Anchors are appended and read back, in a folder and in a bucket; a line that was touched is named."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import boto3
import pytest
from moto.server import ThreadedMotoServer

from saas.audit.anchors import Anchor, AnchorError, Bucket, Folder, Place
from saas.config_parts import BucketConfig

CITY = UUID(int=3)
LINE = Anchor("seal", "2026-03-01T00:00:00.000001+00:00", str(CITY), 1, "ab", "cd", 7)


@pytest.fixture
def bucket() -> Iterator[Bucket]:
    """A bucket of a storage that runs for this test."""
    server = ThreadedMotoServer("127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    config = BucketConfig(f"anchors-{uuid4().hex[:8]}", f"http://{host}:{port}", "key", "secret")
    client = boto3.client(
        "s3",
        endpoint_url=config.endpoint,
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name=config.region,
    )
    client.create_bucket(Bucket=config.name)
    yield Bucket(config)
    client.close()
    server.stop()


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Each kind of place."""
    made: Place = Folder(tmp_path) if request.param == "folder" else request.getfixturevalue("bucket")
    return made


def test_anchors_come_back_in_their_order(place: Place) -> None:
    later = replace(LINE, n=2, at="2026-03-01T00:00:01.000001+00:00")
    place.add(CITY, [LINE])
    place.add(CITY, [later])

    assert list(place.read(CITY)) == [LINE, later]
    assert list(place.read(UUID(int=4))) == []


def test_a_folder_is_only_appended_to(tmp_path: Path) -> None:
    for n in (1, 2):
        Folder(tmp_path).add(CITY, [replace(LINE, n=n)])

    (file,) = tmp_path.rglob("*.jsonl")
    assert file.read_text("utf-8").count("\n") == 2
    assert file.stat().st_mode & 0o007 == 0


def test_a_line_that_nobody_wrote_is_named(tmp_path: Path) -> None:
    Folder(tmp_path).add(CITY, [LINE])
    (file,) = tmp_path.rglob("*.jsonl")
    file.write_text(file.read_text("utf-8") + "rubbish\n", "utf-8")

    with pytest.raises(AnchorError, match="第 2 行"):
        list(Folder(tmp_path).read(CITY))


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(AnchorError):
        Folder(tmp_path / "file").add(CITY, [LINE])
