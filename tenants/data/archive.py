"""What a backup is made of: entries one after the other, each a line of JSON and the bytes that belong to it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from tenants.data.sealing import SealError, SealingWriter, unseal

LENGTH = 4  # bytes that say how long the next piece is
LARGEST = 1 << 28  # bytes; a longer piece is none of ours

About = Mapping[str, Any]


class ArchiveWriter:
    """Writes entries into a sealed stream."""

    def __init__(self, stream: BinaryIO, secret: str) -> None:
        """Begin a sealed stream."""
        self._sealing = SealingWriter(stream, secret)

    def add(self, about: About, pieces: Iterable[bytes] = ()) -> None:
        """Write an entry: what it is, and its bytes as they come."""
        self._piece(json.dumps(about, ensure_ascii=False, default=str).encode())
        for piece in pieces:
            if piece:
                self._piece(piece)
        self._sealing.write(bytes(LENGTH))

    def close(self) -> None:
        """Write the end."""
        self._sealing.close()

    def _piece(self, data: bytes) -> None:
        self._sealing.write(len(data).to_bytes(LENGTH, "big"))
        self._sealing.write(data)


class ArchiveReader:
    """Reads entries out of a sealed stream, in the order in which they were written."""

    def __init__(self, stream: BinaryIO, secret: str) -> None:
        """Begin at the first entry."""
        self._chunks = unseal(stream, secret)
        self._ready = bytearray()

    def __iter__(self) -> Iterator[tuple[dict[str, Any], Iterator[bytes]]]:
        """Every entry with its bytes; bytes nobody took are passed over.

        Raises:
            SealError: The file is damaged or was cut off.
        """
        while self._fill(1):
            about: dict[str, Any] = json.loads(self._next())
            pieces = self._pieces()
            yield about, pieces
            for _ in pieces:
                continue

    def _pieces(self) -> Iterator[bytes]:
        while piece := self._next():
            yield piece

    def _next(self) -> bytes:
        length = int.from_bytes(self._take(LENGTH), "big")
        if length > LARGEST:
            raise SealError("备份文件已损坏，请换另一份备份。")
        return self._take(length)

    def _take(self, size: int) -> bytes:
        if not self._fill(size):
            raise SealError("备份文件已损坏，请换另一份备份。")
        taken = bytes(memoryview(self._ready)[:size])
        del self._ready[:size]
        return taken

    def _fill(self, size: int) -> bool:
        """Have so many bytes ready; False when the stream ends before."""
        while len(self._ready) < size:
            chunk = next(self._chunks, None)
            if chunk is None:
                return False
            self._ready += chunk
        return True
