"""Objects in a folder of this machine: each appears whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True)
class Folder:
    """A place for objects.

    Attributes:
        root: Keys are paths below it.
    """

    root: Path

    def write(self, key: str, data: bytes) -> None:
        """Keep an object: written aside, flushed to the disk and renamed; one that is there whole is left alone."""
        path = self.root / key
        if not (path.is_file() and path.read_bytes() == data):
            self.write_from(key, [data])

    def write_from(self, key: str, pieces: Iterable[bytes]) -> None:
        """Keep an object that comes in pieces, in the same way; none of them has to stay in memory."""
        path = self.root / key
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(path, pieces)

    def open(self, key: str) -> BinaryIO | None:
        """What lies under a key, to be read piece by piece and closed; None when nothing does."""
        path = self.root / key
        return path.open("rb") if path.is_file() else None

    def sizes(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Key and size in bytes of every object whose key begins with the prefix and a slash, by key."""
        for path in sorted((self.root / prefix).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(self.root).as_posix(), path.stat().st_size

    def remove(self, prefix: str) -> None:
        """Remove every object whose key begins with the prefix and a slash, and what was left half written."""
        shutil.rmtree(self.root / prefix, ignore_errors=True)


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(pieces)
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
