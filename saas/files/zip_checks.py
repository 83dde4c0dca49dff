"""Whether a zip may be read at all: judged by its directory first, then by unpacking every entry piece by piece."""

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from saas.files.unwanted import UnwantedError

MEGABYTE = 1 << 20
MOST_ENTRIES = 5_000
MOST_DIRECTORY = 2 * MEGABYTE  # bytes of the list of entries
MOST_ENTRY = 128 * MEGABYTE
MOST_TOTAL = 256 * MEGABYTE
MOST_RATIO = 200  # bytes out of one byte; text of office programs has about twenty
RATIO_COUNTS_FROM = 8 * MEGABYTE  # small entries of blanks are no danger
LONGEST_NAME = 255
PIECE = 1 << 16
END = b"PK\x05\x06"
END_SIZE = 22
LARGE = b"PK\x06\x07"
LARGE_SIZE = 20
ENCRYPTED_BIT = 0x1
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})

BROKEN = "这个文件打不开，可能没有传完整，请重新保存后再上传。"
LOCKED = "这个文件加了密码，请去掉密码后再上传。"
BLOATED = "这个文件展开后太大，不能收。请删去用不到的内容，或者打印为 PDF 后再上传。"
TRICKED = "这个文件里有路径不正常或重名的内容，不能收。请用原来的软件打开，另存一份后再上传。"


@dataclass(frozen=True)
class Package:
    """A zip whose every entry was unpacked once without finding fault."""

    archive: zipfile.ZipFile

    @property
    def names(self) -> frozenset[str]:
        """The entries, folders left out."""
        return frozenset(entry.filename for entry in self.archive.infolist() if not entry.is_dir())

    def read(self, name: str, most: int) -> bytes:
        """An entry.

        Raises:
            UnwantedError: There is none of that name, or it is larger than so many bytes.
        """
        try:
            entry = self.archive.getinfo(name)
        except KeyError as error:
            raise UnwantedError(BROKEN) from error
        if entry.file_size > most:
            raise UnwantedError(BLOATED)
        return self.archive.read(entry)


def open_package(data: bytes) -> Package:
    """The zip, if it may be read.

    Raises:
        UnwantedError: It is broken, locked, too large when unpacked, or its names lead somewhere else.
    """
    _judge_directory(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _judge_entries(archive.infolist())
        _unpack(archive)
    except UnwantedError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise UnwantedError(BROKEN) from error
    return Package(archive)


def _judge_directory(data: bytes) -> None:
    """Refuse by the last 22 bytes what would cost much merely to list; office programs write no comment there."""
    end = data[-END_SIZE:]
    if not (end.startswith(END) and end.endswith(b"\0\0")):
        raise UnwantedError(BROKEN)
    if data[-END_SIZE - LARGE_SIZE :].startswith(LARGE):
        raise UnwantedError(BLOATED)
    entries, size = int.from_bytes(end[10:12], "little"), int.from_bytes(end[12:16], "little")
    if entries > MOST_ENTRIES or size > MOST_DIRECTORY:
        raise UnwantedError(BLOATED)


def _judge_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_TOTAL:
        raise UnwantedError(BLOATED)
    if any(entry.flag_bits & ENCRYPTED_BIT for entry in entries):
        raise UnwantedError(LOCKED)
    names = [unicodedata.normalize("NFKC", entry.filename).casefold() for entry in entries]
    if len(set(names)) < len(names) or any(_leads_away(entry) for entry in entries):
        raise UnwantedError(TRICKED)
    if any(_is_bomb(entry) for entry in entries):
        raise UnwantedError(BLOATED)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    small = entry.file_size < RATIO_COUNTS_FROM
    return entry.file_size > MOST_ENTRY or (not small and entry.file_size > MOST_RATIO * entry.compress_size)


def _leads_away(entry: zipfile.ZipInfo) -> bool:
    """Whether a name is more than a path below the package, or the entry is something else than a file or folder."""
    name = entry.orig_filename
    parts = name.removesuffix("/").split("/")
    odd = any(part in {"", ".", ".."} for part in parts) or any(mark in name for mark in "\\:\0")
    kind = entry.external_attr >> 28  # the kind in a Unix mode: 0 where none is told, 4 a folder, 8 a file.
    return odd or len(name) > LONGEST_NAME or kind not in {0, 4, 8} or entry.compress_type not in METHODS


def _unpack(archive: zipfile.ZipFile) -> None:
    """Unpack everything without keeping it: sums are checked, and no entry is larger than its directory says."""
    total = 0
    for entry in archive.infolist():
        for piece in _pieces(archive, entry):
            total += len(piece)
            if total > MOST_TOTAL:
                raise UnwantedError(BLOATED)


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as stream:
        while piece := stream.read(PIECE):
            yield piece
