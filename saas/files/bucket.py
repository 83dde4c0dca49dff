"""Objects in a bucket of S3-compatible storage, so that several machines share them."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import Any, BinaryIO

from botocore.exceptions import BotoCoreError, ClientError

from saas import buckets
from saas.config_parts import BucketConfig
from saas.errors import UnavailableError
from saas.outside import STORAGE

PAGE = 1000  # objects; no more can be listed, or removed, at once
PIECE = 1 << 20  # bytes read from the storage at once
MISSING = frozenset({"NoSuchKey", "404"})


class StorageError(UnavailableError):
    """The storage does not answer, or refuses."""

    title = "文件存储暂时不可用"


class Bucket:
    """A place for objects."""

    def __init__(self, config: BucketConfig) -> None:
        """Remember where; nothing is asked yet."""
        self._name = config.name
        self._client = buckets.client(config)

    def write(self, key: str, data: bytes) -> None:
        """Keep an object; the storage answers when it has it whole."""
        self._call("put_object", Key=key, Body=data)

    def write_from(self, key: str, pieces: Iterable[bytes]) -> None:
        """Keep an object that comes in pieces; they are gathered on disk, since the storage wants its size first."""
        with tempfile.TemporaryFile() as gathered:
            gathered.writelines(pieces)
            gathered.seek(0)
            self._call("put_object", Key=key, Body=gathered)

    def open(self, key: str) -> BinaryIO | None:
        """What lies under a key, to be read piece by piece and closed; None when nothing does.

        It is brought to this machine's disk first: whoever reads slowly would keep a connection from the others.
        """
        with ExitStack() as closing:
            brought = closing.enter_context(tempfile.TemporaryFile())
            try:
                body = self._client.get_object(Bucket=self._name, Key=key)["Body"]
                brought.writelines(body.iter_chunks(PIECE))
            except ClientError as error:
                if error.response["Error"]["Code"] in MISSING:
                    return None
                raise _failed() from error
            except BotoCoreError as error:
                raise _failed() from error
            brought.seek(0)
            closing.pop_all()
            return brought

    def sizes(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Key and size in bytes of every object whose key begins with the prefix and a slash, by key."""
        for page in self._pages(prefix):
            yield from ((found["Key"], found["Size"]) for found in page)

    def remove(self, prefix: str) -> None:
        """Remove every object whose key begins with the prefix and a slash."""
        for page in list(self._pages(prefix)):
            if page:
                doomed = {"Objects": [{"Key": found["Key"]} for found in page], "Quiet": True}
                if self._call("delete_objects", Delete=doomed).get("Errors"):
                    raise _failed()

    def _pages(self, prefix: str) -> Iterator[list[dict[str, Any]]]:
        try:
            lister = self._client.get_paginator("list_objects_v2")
            pages = lister.paginate(Bucket=self._name, Prefix=f"{prefix}/", PaginationConfig={"PageSize": PAGE})
            yield from (page.get("Contents", []) for page in pages)
        except (BotoCoreError, ClientError) as error:
            raise _failed() from error

    def _call(self, operation: str, **arguments: object) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = getattr(self._client, operation)(Bucket=self._name, **arguments)
        except (BotoCoreError, ClientError) as error:
            raise _failed() from error
        return answer


def _failed() -> StorageError:
    return StorageError(STORAGE.told)
