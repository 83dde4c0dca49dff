"""Page numbers on bound pages: top right on odd pages, top left on even ones, as archives want them."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pikepdf
import uharfbuzz
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream, String

MM = 72 / 25.4
SIZE = 10.5  # points
SIDE = 15 * MM
TOP = 12 * MM
DIGITS = "0123456789"
FONT_NAME = Name("/PGNUMS+PageNumbers")
RESOURCE = "/FqPageNumber"
UNICODE_MAP = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def "
    "/CMapName /Adobe-Identity-UCS def /CMapType 2 def "
    "1 begincodespacerange <0000> <ffff> endcodespacerange {count} beginbfchar {pairs} endbfchar "
    "endcmap CMapName currentdict /CMap defineresource pop end end"
)


@dataclass(frozen=True)
class Digits:
    """The ten digits cut out of a font: its bytes, and glyph number and width (thousandths) of each digit."""

    data: bytes
    glyphs: Mapping[str, int]
    widths: Mapping[str, int]


@cache
def digits(font: Path) -> Digits:
    """The digits of a TrueType font, kept for the life of the process."""
    wanted = uharfbuzz.SubsetInput()
    for digit in DIGITS:
        wanted.unicode_set.add(ord(digit))
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font)))
    data = bytes(uharfbuzz.subset(face, wanted).blob.data)
    with TTFont(io.BytesIO(data)) as cut:
        names = cut.getBestCmap()
        em = cut["head"].unitsPerEm
        glyphs = {digit: cut.getGlyphID(names[ord(digit)]) for digit in DIGITS}
        widths = {digit: round(cut["hmtx"][names[ord(digit)]][0] * 1000 / em) for digit in DIGITS}
    return Digits(data, glyphs, widths)


def number_pages(pdf: pikepdf.Pdf, runs: Sequence[tuple[int, int]], font: Path) -> None:
    """Stamp pages with 1, 2, 3 …; what was on them is left as it is.

    Args:
        pdf: The file.
        runs: The index of the first page and how many pages, for each volume.
        font: Where the digits are cut from.
    """
    cut = digits(font)
    embedded = _embed(pdf, cut)
    before = pdf.make_indirect(Stream(pdf, b"q "))
    for first, count in runs:
        for offset in range(count):
            page = pdf.pages[first + offset].obj
            _own_resources(page)[Name(RESOURCE)] = embedded
            stamped = pdf.make_indirect(Stream(pdf, _operators(str(offset + 1), page, cut, right=offset % 2 == 0)))
            page.Contents = Array([before, *_contents(page), stamped])


def _operators(number: str, page: pikepdf.Object, cut: Digits, *, right: bool) -> bytes:
    left_edge, _, right_edge, top = (float(side) for side in page.MediaBox)
    width = sum(cut.widths[digit] for digit in number) * SIZE / 1000
    x = right_edge - SIDE - width if right else left_edge + SIDE
    glyphs = "".join(f"{cut.glyphs[digit]:04x}" for digit in number)
    return f" Q q BT {RESOURCE} {SIZE} Tf 0 g 1 0 0 1 {x:.2f} {top - TOP:.2f} Tm <{glyphs}> Tj ET Q".encode()


def _own_resources(page: pikepdf.Object) -> pikepdf.Object:
    """The page's fonts in a dictionary that no other page shares."""
    resources = Dictionary(dict(page.get("/Resources", Dictionary()).items()))
    resources.Font = Dictionary(dict(resources.get("/Font", Dictionary()).items()))
    page.Resources = resources
    fonts: pikepdf.Object = page.Resources.Font
    return fonts


def _contents(page: pikepdf.Object) -> list[pikepdf.Object]:
    contents = page.get("/Contents")
    if contents is None:
        return []
    return list(contents) if isinstance(contents, Array) else [contents]


def _embed(pdf: pikepdf.Pdf, cut: Digits) -> pikepdf.Object:
    program = Stream(pdf, cut.data)
    program.Length1 = len(cut.data)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=FONT_NAME,
        Flags=4,
        FontBBox=[0, -250, 1000, 900],
        ItalicAngle=0,
        Ascent=900,
        Descent=-250,
        CapHeight=700,
        StemV=80,
        FontFile2=pdf.make_indirect(program),
    )
    by_glyph = sorted(cut.glyphs, key=lambda digit: cut.glyphs[digit])
    widths = Array([entry for digit in by_glyph for entry in (cut.glyphs[digit], Array([cut.widths[digit]]))])
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=FONT_NAME,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        DW=1000,
        W=widths,
        FontDescriptor=pdf.make_indirect(descriptor),
        CIDToGIDMap=Name.Identity,
    )
    pairs = " ".join(f"<{cut.glyphs[digit]:04x}> <{ord(digit):04x}>" for digit in by_glyph)
    unicode_map = UNICODE_MAP.format(count=len(by_glyph), pairs=pairs)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=FONT_NAME,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_indirect(Stream(pdf, unicode_map.encode())),
        )
    )
