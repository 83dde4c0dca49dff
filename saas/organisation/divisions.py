"""The division codes of the whole country down to the villages, carried in a compact form of our own.

The codes are those of the statistical division of China: 2 digits a province, 4 a city, 6 a district or
county, 9 a street or town, 12 a village or neighbourhood. Each province is a pair of LZMA streams: where
the codes lie, and the names.
"""

import csv
import lzma
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, islice
from pathlib import Path
from typing import NamedTuple

PACKED = Path(__file__).with_name("divisions.bin")
LENGTHS = (2, 4, 6, 9, 12)
LEVEL_OF = {length: level for level, length in enumerate(LENGTHS)}
SHORTER = {length: tuple(other for other in reversed(LENGTHS) if other < length) for length in LENGTHS}
PROVINCE = LENGTHS[0]
CITY = LENGTHS[1]
COUNTY = LENGTHS[2]
NAMELESS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
LONG_STEP = 255
EPOCH = (1980, 1, 1, 0, 0, 0)
FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 0, "lp": 1, "pb": 1}]


class UnknownDivisionError(LookupError):
    """There is no such division."""


class Area(NamedTuple):
    """A place of the division data; ``parent`` is the code of the place it lies in, if that is in the same tree."""

    code: str
    name: str
    parent: str | None


def subtree(division: str, packed: Path = PACKED) -> list[Area]:
    """A city's division and everything below it, parents first.

    A city that is a province (2 digits) has its districts right below it: the level 市辖区 between
    them is no place where anybody answers for anything.

    Raises:
        UnknownDivisionError: The data does not know the division.
    """
    rows = [row for row in _read(division[:PROVINCE], packed) if row[0].startswith(division)]
    if not rows or rows[0][0] != division:
        raise UnknownDivisionError(division)
    kept = [row for row in rows if len(division) != PROVINCE or len(row[0]) != CITY]
    known = {code for code, _ in kept}
    return [Area(code, name, _parent(code, known)) for code, name in kept]


def search(wanted: str, most: int, packed: Path = PACKED) -> list[Area]:
    """Provinces, cities and counties whose code begins with a number, or whose name holds a word; by code.

    A place without its own name (市辖区, 县) is named by none and is left out.

    Args:
        wanted: The number or the word.
        most: How many at most.
        packed: The division data.
    """
    wanted = wanted.strip()
    if not wanted:
        return []
    found = (
        area
        for area in _upper(packed)
        if (area.code.startswith(wanted) if wanted.isdigit() else wanted in area.name) and area.name not in NAMELESS
    )
    return list(islice(found, most))


@cache
def _upper(packed: Path) -> tuple[Area, ...]:
    """Every province, city and county of the country, by code."""
    with zipfile.ZipFile(packed) as archive:
        provinces = sorted({name[:PROVINCE] for name in archive.namelist()})
    rows = [row for province in provinces for row in _read(province, packed) if len(row[0]) <= COUNTY]
    known = {code for code, _ in rows}
    return tuple(Area(code, name, _parent(code, known)) for code, name in sorted(rows))


def pack(source: Path, target: Path = PACKED) -> int:
    """Write the compact form of a CSV file ``code,name`` (with .xz or without); the number of divisions.

    Raises:
        ValueError: A division lies in none that is there, or a code stands twice.
    """
    with (lzma.open if source.suffix == ".xz" else open)(source, "rt", encoding="utf-8") as lines:
        rows = sorted((row["code"], row["name"]) for row in csv.DictReader(lines))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for province, found in groupby(rows, key=lambda row: row[0][:PROVINCE]):
            for kind, data in zip(("codes", "names"), _encode(list(found)), strict=True):
                archive.writestr(zipfile.ZipInfo(f"{province}.{kind}", EPOCH), data)
    return len(rows)


def _parent(code: str, known: set[str]) -> str | None:
    for length in SHORTER[len(code)]:
        if code[:length] in known:
            return code[:length]
    return None


def _read(province: str, packed: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(packed) as archive:
        if f"{province}.codes" not in archive.namelist():
            raise UnknownDivisionError(province)
        streams = [_expand(archive.read(f"{province}.{kind}")) for kind in ("codes", "names")]
    return zip(_decode_codes(province, streams[0]), streams[1].decode("utf-16-be").split("\n"), strict=True)


def _encode(rows: Sequence[tuple[str, str]]) -> tuple[bytes, bytes]:
    codes = bytes(_encode_codes([code for code, _ in rows]))
    names = "\n".join(name for _, name in rows).encode("utf-16-be")
    return _squeeze(codes), _squeeze(names)


def _encode_codes(codes: Iterable[str]) -> Iterator[int]:
    """Per code its level and how far it is from its last sibling, in one byte or in three."""
    last: dict[str, int] = {}
    for code in codes:
        level = LEVEL_OF[len(code)]
        parent, own = code[: _start(level)], int(code[_start(level) :])
        step = own - last.get(parent, -1)
        if step <= 0 or (level and parent not in last):
            message = f"division {code} stands twice or lies in none"
            raise ValueError(message)
        last[parent], last[code] = own, -1
        yield level
        yield from (step,) if step < LONG_STEP else (LONG_STEP, step >> 8, step & 255)


def _decode_codes(province: str, data: bytes) -> Iterator[str]:
    numbers = iter(data)
    prefixes, last = [""] * (len(LENGTHS) + 1), [-1] * (len(LENGTHS) + 1)
    for level in numbers:
        step = next(numbers)
        last[level] += step if step < LONG_STEP else next(numbers) * 256 + next(numbers)
        last[level + 1] = -1
        width = LENGTHS[level] - _start(level)
        prefixes[level + 1] = f"{prefixes[level]}{last[level]:0{width}}"
        yield prefixes[level + 1]
    assert prefixes[1] == province


def _start(level: int) -> int:
    return LENGTHS[level - 1] if level else 0


def _squeeze(data: bytes) -> bytes:
    return lzma.compress(data, format=lzma.FORMAT_RAW, filters=FILTERS)


def _expand(data: bytes) -> bytes:
    return lzma.decompress(data, format=lzma.FORMAT_RAW, filters=FILTERS)
