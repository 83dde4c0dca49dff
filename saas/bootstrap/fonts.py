"""Packs the fonts of printed documents: few glyphs, TrueType outlines, one family name per file.

Runs under the Python of `.venv`. Two files under one family name would print wrong characters without a word. What a
print takes out of a font costs time for every glyph the font has, wanted or not: each style is one file of the
characters nearly everything is written with, and one of all others, which is asked when the first lacks one.
"""

import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import uharfbuzz
from fontTools.ttLib import TTFont

from saas.bootstrap.font_sources import FANG, KAI, PackagedFont, fetch
from saas.bootstrap.outlines import make_quadratic
from saas.bootstrap.project import ROOT, VAR, say

FOLDER = VAR / "fonts"
NPM = ROOT / "node_modules" / "@expo-google-fonts"
SONG = NPM / "noto-serif-sc" / "400Regular" / "NotoSerifSC_400Regular.ttf"
BIAOSONG = NPM / "noto-serif-sc" / "700Bold" / "NotoSerifSC_700Bold.ttf"
HEI = NPM / "noto-sans-sc" / "500Medium" / "NotoSansSC_500Medium.ttf"
EXTRA_FEATURES = ("chws", "halt", "palt", "vchw", "vhal")
RARE = "䶮㛃𬭊𫖯𨐈𬱖"
WIDE = " Wide"
EVERYTHING = ((0x20, 0xDFFF), (0xF900, 0x3FFFF))  # but the private area, where each font has what it likes
LATIN = (range(0x20, 0x250), range(0x2000, 0x2700))
CHINESE = (
    (0x0020, 0x024F),  # Latin, with the letters of Pinyin
    (0x02B0, 0x03FF),  # tone marks, Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x1E00, 0x1EFF),
    (0x2000, 0x27BF),  # punctuation, numbers in circles, lines, signs
    (0x2E80, 0x312F),  # radicals, punctuation, kana, Zhuyin
    (0x31A0, 0x31EF),  # strokes
    (0x3200, 0x9FFF),  # squared signs, extension A, all unified ideographs
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
    (0x1F100, 0x1F1FF),
    (0x20000, 0x323AF),  # extensions B to H, as far as the font has them
)
CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <config><rescan><int>0</int></rescan></config>
{rules}
</fontconfig>
"""
RULE = """  <match target="pattern">
    <test name="family"><string>{family}</string></test>
    <edit name="family" mode="append" binding="strong"><string>{family}{wide}</string></edit>
  </match>"""


class FontError(RuntimeError):
    """The packed fonts could not be trusted to print the right characters."""


@dataclass(frozen=True)
class Font:
    """One file to be made: its family name, its source and the ranges of characters kept."""

    family: str
    source: Path
    ranges: Iterable[tuple[int, int]]

    @property
    def file(self) -> str:
        """The name of the packed file."""
        return self.family.replace(" ", "") + ".ttf"


def fonts() -> list[Font]:
    """The five styles official forms use; one that cannot be had is drawn with 宋体 and said so."""
    return [
        *_style("App Song", SONG, CHINESE),
        *_style("App BiaoSong", BIAOSONG, CHINESE),
        *_style("App Hei", HEI, CHINESE),
        *_packaged("App Kai", KAI),
        *_packaged("App Fang", FANG),
    ]


@cache
def common() -> frozenset[int]:
    """What nearly everything is written with: the characters of GB 2312, and Latin."""
    codes = (bytes([first, second]) for first in range(0xA1, 0xF8) for second in range(0xA1, 0xFF))
    chinese = "".join(code.decode("gb2312", "ignore") for code in codes)
    return frozenset(map(ord, chinese)).union(*LATIN)


def subset(source: Path, ranges: Iterable[tuple[int, int]]) -> bytes:
    """A font with the characters of some ranges, without hinting, with the features of Chinese punctuation."""
    wanted = uharfbuzz.SubsetInput()
    for first, last in ranges:
        wanted.unicode_set.add_range(first, last)
    for feature in EXTRA_FEATURES:
        wanted.layout_feature_tag_set.add(int.from_bytes(feature.encode(), "big"))
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(source)))
    return bytes(uharfbuzz.subset(face, wanted).blob.data)


def renamed(data: bytes, family: str) -> TTFont:
    """The font under one family name, regular in weight and style, so that nothing else answers to it."""
    font = TTFont(io.BytesIO(data))
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in {0, 13, 14}]
    postscript = family.replace(" ", "")
    for number, text in {1: family, 2: "Regular", 3: postscript, 4: family, 5: "Version 1.0", 6: postscript}.items():
        names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 400
    font["OS/2"].usWidthClass = 5
    font["OS/2"].fsSelection = 0x40
    font["head"].macStyle = 0
    return font


def pack(font: Font, folder: Path) -> Path:
    """Write one packed font and answer its path; an interrupted run leaves no half file under its name."""
    target = folder / font.file
    temporary = target.with_suffix(".new")
    packed = renamed(subset(font.source, font.ranges), font.family)
    make_quadratic(packed).save(temporary)
    return temporary.replace(target)


def check(folder: Path) -> None:
    """Prove that every family in a folder is exactly one file and that names can be printed.

    Raises:
        FontError: Two files share a family, or 宋体 misses a character people have in their names.
    """
    seen: dict[str, Path] = {}
    for path in sorted(folder.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            family = font["name"].getDebugName(1)
        if family in seen:
            raise FontError(f"{path.name} and {seen[family].name} are both called {family}.")
        seen[family] = path
    characters = {point for name in ("App Song", f"App Song{WIDE}") if name in seen for point in _cmap(seen[name])}
    missing = [character for character in RARE if ord(character) not in characters]
    if missing:
        raise FontError(f"App Song lacks {''.join(missing)}.")


def main() -> int:
    """Pack every font into var/fonts and write the private font configuration."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = fonts()
    for font in made:
        path = pack(font, FOLDER)
        say(f"  {font.family:<18}{path.stat().st_size / 1e6:5.1f} MB")
    check(FOLDER)
    (FOLDER / "fonts.conf").write_text(configuration(FOLDER, [font.family for font in made]))
    return 0


def configuration(folder: Path, names: Iterable[str]) -> str:
    """The private configuration: these fonts and no other, each asked before the file with its other characters."""
    kept = VAR / "fontconfig"
    kept.mkdir(parents=True, exist_ok=True)
    rules = [RULE.format(family=name.removesuffix(WIDE), wide=WIDE) for name in names if name.endswith(WIDE)]
    return CONFIGURATION.format(fonts=folder, cache=kept, rules="\n".join(rules))


def _packaged(family: str, packaged: PackagedFont) -> list[Font]:
    source = fetch(packaged)
    if source is None:
        say(f"  {family}: {packaged.package} cannot be had here, its characters are drawn as App Song.")
        return _style(family, SONG, CHINESE)
    return _style(family, source, EVERYTHING)


def _style(family: str, source: Path, ranges: Iterable[tuple[int, int]]) -> list[Font]:
    """The two files of a style."""
    points = {point for first, last in ranges for point in range(first, last + 1)}
    parts = {family: points & common(), family + WIDE: points - common()}
    return [Font(name, source, tuple(_runs(sorted(part)))) for name, part in parts.items()]


def _runs(points: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Sorted numbers as ranges of numbers that follow one another."""
    for _, run in groupby(enumerate(points), key=lambda pair: pair[1] - pair[0]):
        numbers = [point for _, point in run]
        yield numbers[0], numbers[-1]


def _cmap(path: Path) -> Iterable[int]:
    with TTFont(path, lazy=True) as font:
        found: dict[int, str] = font.getBestCmap()
        return list(found)


if __name__ == "__main__":
    sys.exit(main())
