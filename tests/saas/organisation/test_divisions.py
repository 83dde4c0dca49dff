"""The division data in its compact form."""

import lzma
from pathlib import Path

import pytest

from saas.organisation.divisions import PACKED, UnknownDivisionError, pack, search, subtree

SAMPLE = "code,name\n99,某省\n9901,某市\n990101,某区\n990101000,某地\n990101400,某镇\n990101400001,某村村委会\n"


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    source = tmp_path / "divisions.csv.xz"
    source.write_bytes(lzma.compress(SAMPLE.encode()))
    pack(source, tmp_path / "divisions.bin")
    return tmp_path / "divisions.bin"


def test_what_was_packed_comes_back(packed: Path) -> None:
    areas = subtree("9901", packed)

    assert [(area.code, area.name) for area in areas] == [
        tuple(line.split(",")) for line in SAMPLE.splitlines() if line.startswith("9901")
    ]


def test_every_area_knows_the_one_it_lies_in(packed: Path) -> None:
    parents = {area.code: area.parent for area in subtree("9901", packed)}

    assert parents["9901"] is None
    assert parents["990101400001"] == "990101400"


def test_below_a_province_that_is_a_city_the_level_between_is_left_out(packed: Path) -> None:
    parents = {area.code: area.parent for area in subtree("99", packed)}

    assert "9901" not in parents
    assert parents["990101"] == "99"


@pytest.mark.parametrize("division", ["", "98", "9902", "99010140"])
def test_an_unknown_division_is_named(packed: Path, division: str) -> None:
    with pytest.raises(UnknownDivisionError):
        subtree(division, packed)


@pytest.mark.parametrize("line", ["990101,某区", "9902,某市\n990301,某区"])
def test_a_repeated_code_or_one_without_a_parent_is_refused(tmp_path: Path, line: str) -> None:
    source = tmp_path / "divisions.csv"
    source.write_text(f"{SAMPLE}{line}\n", encoding="utf-8")

    with pytest.raises(ValueError, match="stands twice or lies in none"):
        pack(source, tmp_path / "divisions.bin")


@pytest.mark.parametrize(
    ("division", "count", "first", "last"),
    [
        ("11", 7901, "北京市", "桃条沟村委会"),
        ("1306", 7285, "保定市", "大商家营村民委员会"),
        ("5203", 2362, "遵义市", "田兴村村民委员会"),
    ],
)
def test_the_cities_are_whole(division: str, count: int, first: str, last: str) -> None:
    areas = subtree(division)

    assert (len(areas), areas[0].name, areas[-1].name) == (count, first, last)


def test_the_whole_country_fits_into_three_megabytes() -> None:
    assert PACKED.stat().st_size < 3_000_000


@pytest.mark.parametrize(
    ("wanted", "first"), [("1310", "1310"), ("廊坊", "1310"), ("131002", "131002"), ("安次", "131002")]
)
def test_a_division_is_found_by_number_or_name(wanted: str, first: str) -> None:
    found = search(wanted, 5)

    assert found[0].code == first
    assert len(found) <= 5


@pytest.mark.parametrize("wanted", ["", "月球", "999", "市辖区"])
def test_what_is_no_division_is_not_found(wanted: str) -> None:
    assert search(wanted, 5) == []
