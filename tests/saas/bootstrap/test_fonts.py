"""Packed fonts: one file per family, with the characters of people's names."""

from pathlib import Path

import pytest
from defusedxml import ElementTree
from fontTools.ttLib import TTFont

from saas.bootstrap import fonts
from saas.bootstrap.fonts import RARE, FontError, check, renamed, subset
from saas.bootstrap.preparation import FONT_FILES, FONTS

SMALL = ((0x20, 0x7E), *((ord(character), ord(character)) for character in RARE))


@pytest.fixture(scope="module")
def small() -> bytes:
    return subset(fonts.SONG, SMALL)


def test_a_subset_keeps_what_was_asked_and_nothing_else(small: bytes, tmp_path: Path) -> None:
    font = renamed(small, "App Song")
    font.save(tmp_path / "a.ttf")
    with TTFont(tmp_path / "a.ttf") as packed:
        kept = set(packed.getBestCmap())
    assert {ord(character) for character in RARE} <= kept
    assert ord("法") not in kept


def test_a_packed_font_answers_to_one_name_only(small: bytes) -> None:
    names = renamed(small, "App Song")["name"]
    assert {names.getDebugName(number) for number in (1, 4)} == {"App Song"}
    assert names.getDebugName(16) is None


def test_two_files_of_one_family_are_refused(small: bytes, tmp_path: Path) -> None:
    for name in ("a.ttf", "b.ttf"):
        renamed(small, "App Song").save(tmp_path / name)
    with pytest.raises(FontError, match="both called App Song"):
        check(tmp_path)


def test_a_font_without_rare_names_is_refused(tmp_path: Path) -> None:
    renamed(subset(fonts.SONG, ((0x20, 0x7E),)), "App Song").save(tmp_path / "a.ttf")
    with pytest.raises(FontError, match="䶮"):
        check(tmp_path)


def test_each_style_is_a_file_of_what_is_common_and_one_of_all_else() -> None:
    common, wide = fonts._style("App Song", fonts.SONG, fonts.CHINESE)
    kept, others = (
        {point for first, last in font.ranges for point in range(first, last + 1)} for font in (common, wide)
    )
    assert (common.file, wide.file) == ("AppSong.ttf", "AppSongWide.ttf")
    assert {ord("法"), ord("é"), ord("〔")} <= kept
    assert {ord("䶮"), ord("𬭊"), ord("囍")} <= others
    assert not kept & others


def test_the_file_of_all_else_is_asked_after_that_of_its_own_style(tmp_path: Path) -> None:
    written = fonts.configuration(tmp_path, ["App Song", "App Song Wide"])
    (rule,) = ElementTree.fromstring(written).findall("match")
    assert rule.findtext("test/string") == "App Song"
    assert rule.findtext("edit/string") == "App Song Wide"


def test_the_fonts_of_this_copy_are_whole() -> None:
    assert [name for name in FONT_FILES if not (FONTS / name).exists()] == []
    check(FONTS)


def test_a_font_that_cannot_be_had_is_drawn_as_song(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fonts, "fetch", lambda _font: None)
    assert {font.source for font in fonts.fonts() if font.family in {"App Kai", "App Fang"}} == {fonts.SONG}
    assert "App Fang: texlive-lang-chinese cannot be had here" in capsys.readouterr().out
