"""Characters: what prints, what would print as something else, and what to write instead."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

from saas.bootstrap.fonts import RARE
from saas.config_parts import ConfigError
from saas.documents import render
from saas.documents.fonts import _cmap, check_coverage, check_families, digest, missing
from saas.documents.old_codes import IN_ORDER, MOVED
from saas.documents.pages import page_texts
from saas.errors import InvalidInputError
from tests.printing import FONTS, printing, sheet

UNKNOWN = "\U000f0000"
SIZE = 64  # points in each direction, of a letter made large
SHEET = "<style>@page{margin:20mm}body{font:96pt 'App Fang','App Song'}</style>"


@pytest.fixture(autouse=True)
def _printing() -> Iterator[None]:
    with printing():
        yield


def refused(text: str) -> str:
    with pytest.raises(InvalidInputError) as caught:
        check_coverage({"name": text}, {"name": "姓名"}, FONTS)
    return caught.value.fields["name"]


def letter(picture: Image.Image) -> Image.Image:
    """The ink of a picture with a white ground, always of one size."""
    return picture.crop(ImageChops.invert(picture).getbbox()).resize((SIZE, SIZE))


def drawn(char: str) -> Image.Image:
    """The letter as its font has it."""
    songs = sorted(FONTS.glob("AppSong*.ttf"))
    path = next((path for path in songs if ord(char) in _cmap(path)), songs[0])
    picture = Image.new("L", (300, 300), 255)
    ImageDraw.Draw(picture).text((50, 50), char, font=ImageFont.truetype(path, 150), fill=0)
    return letter(picture)


def printed(char: str) -> Image.Image:
    """The letter as it stands on paper."""
    pdf = pypdfium2.PdfDocument(render.pdf(sheet(SHEET + char), "back"))
    try:
        return letter(pdf[0].render(scale=2).to_pil().convert("L"))
    finally:
        pdf.close()


def test_the_numbers_of_moved_characters_are_those_of_the_standard() -> None:
    """Python knows the standard of 2005, which left fourteen characters where they were."""
    codes = [bytes([0xFE, second]) for second in range(0x50, 0xA1) if second != 0x7F]
    known = {0xE815 + place: ord(code.decode("gb18030")) for place, code in enumerate(codes)}
    assert len(IN_ORDER.split()) == len(codes)
    assert sum(right == private for private, right in known.items()) == 14
    assert [hex(private) for private, right in known.items() if right not in (private, MOVED[private])] == []


def test_an_old_code_is_refused_with_the_character_to_write_instead() -> None:
    assert refused("王\ue863") == "姓名中的“\ue863”（U+E863）是旧编码，请改成“䶮”（U+4DAE）。"


def test_a_private_character_is_refused_even_where_a_font_has_it() -> None:
    assert missing("\ue000", FONTS) == ["\ue000"]


@pytest.mark.parametrize("char", ["\u202e", "\u200b", "\x0b", "\u2028", "\ud800"])
def test_what_cannot_be_seen_is_refused_by_its_number(char: str) -> None:
    assert refused(f"王{char}一") == f"姓名中有看不见的字符（U+{ord(char):04X}），请删除后重新输入。"


def test_each_kind_of_character_is_refused_in_words_of_its_own() -> None:
    assert refused(f"\ue863{UNKNOWN}\u200b").count("姓名") == 3


def test_spaces_and_line_ends_are_printed() -> None:
    assert missing("甲 乙\u3000丙\u00a0丁\r\n\t戊", FONTS) == []


@pytest.mark.parametrize("char", RARE)
def test_a_rare_character_is_printed_with_its_own_glyph(char: str) -> None:
    found = printed(char)
    to_its_own, to_a_box = (
        ImageStat.Stat(ImageChops.difference(found, other)).mean[0] for other in (drawn(char), drawn(UNKNOWN))
    )
    assert to_its_own < to_a_box / 2


def test_rare_characters_are_read_back_from_a_print() -> None:
    assert set(RARE) <= set(page_texts(render.pdf(sheet(RARE), "letter"))[0])


def test_two_files_of_one_family_stop_the_start(tmp_path: Path) -> None:
    for name in ("a.ttf", "b.ttf"):
        shutil.copy(FONTS / "AppFang.ttf", tmp_path / name)
    with pytest.raises(ConfigError, match=r"a\.ttf and b\.ttf are both called App Fang"):
        check_families(tmp_path)


def test_a_file_with_several_fonts_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "a.ttc").touch()
    with pytest.raises(ConfigError, match=r"a\.ttc holds several fonts"):
        check_families(tmp_path)


def test_another_font_is_another_renderer(tmp_path: Path) -> None:
    shutil.copy(FONTS / "AppFang.ttf", tmp_path)
    assert digest(tmp_path) != digest(FONTS)
