"""Objects in a bucket of S3-compatible storage, so that several machines share them."""

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from saas import buckets
from saas.config_parts import BucketConfig
from saas.errors import UnavailableError
from saas.outside import STORAGE

PAGE = 1000  # objects; no more can be listed, or removed, at once
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

    def read(self, key: str) -> bytes | None:
        """What lies under a key; None when nothing does."""
        try:
            answer = self._client.get_object(Bucket=self._name, Key=key)
            data: bytes = answer["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] in MISSING:
                return None
            raise _failed() from error
        except BotoCoreError as error:
            raise _failed() from error
        return data

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
