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
class Signs:
    """Signs cut out of a font: its bytes, and glyph number and width (thousandths) of each that the font has."""

    data: bytes
    glyphs: Mapping[str, int]
    widths: Mapping[str, int]


@cache
def digits(font: Path) -> Signs:
    """The digits of a TrueType font, kept for the life of the process."""
    return cut(font, DIGITS)


def cut(font: Path, signs: str) -> Signs:
    """Some signs of a TrueType font; those it has not are left out."""
    wanted = uharfbuzz.SubsetInput()
    for sign in signs:
        wanted.unicode_set.add(ord(sign))
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font)))
    data = bytes(uharfbuzz.subset(face, wanted).blob.data)
    with TTFont(io.BytesIO(data)) as made:
        names = made.getBestCmap()
        em = made["head"].unitsPerEm
        had = sorted({sign for sign in signs if ord(sign) in names})
        glyphs = {sign: made.getGlyphID(names[ord(sign)]) for sign in had}
        widths = {sign: round(made["hmtx"][names[ord(sign)]][0] * 1000 / em) for sign in had}
    return Signs(data, glyphs, widths)


def number_pages(pdf: pikepdf.Pdf, runs: Sequence[tuple[int, int]], font: Path) -> None:
    """Stamp pages with 1, 2, 3 …; what was on them is left as it is.

    Args:
        pdf: The file.
        runs: The index of the first page and how many pages, for each volume.
        font: Where the digits are cut from.
    """
    known = digits(font)
    embedded = embed(pdf, known, FONT_NAME)
    before = pdf.make_indirect(Stream(pdf, b"q "))
    for first, count in runs:
        for offset in range(count):
            page = pdf.pages[first + offset].obj
            own_resources(page, "/Font")[Name(RESOURCE)] = embedded
            stamped = pdf.make_indirect(Stream(pdf, _operators(str(offset + 1), page, known, right=offset % 2 == 0)))
            page.Contents = Array([before, *contents(page), stamped])


def _operators(number: str, page: pikepdf.Object, known: Signs, *, right: bool) -> bytes:
    left_edge, _, right_edge, top = (float(side) for side in page.MediaBox)
    width = sum(known.widths[digit] for digit in number) * SIZE / 1000
    x = right_edge - SIDE - width if right else left_edge + SIDE
    glyphs = "".join(f"{known.glyphs[digit]:04x}" for digit in number)
    return f" Q q BT {RESOURCE} {SIZE} Tf 0 g 1 0 0 1 {x:.2f} {top - TOP:.2f} Tm <{glyphs}> Tj ET Q".encode()


def own_resources(page: pikepdf.Object, kind: str) -> pikepdf.Object:
    """The page's fonts or drawings in a dictionary that no other page shares."""
    resources = Dictionary(dict(page.get("/Resources", Dictionary()).items()))
    resources[Name(kind)] = Dictionary(dict(resources.get(kind, Dictionary()).items()))
    page.Resources = resources
    own: pikepdf.Object = page.Resources[Name(kind)]
    return own


def contents(page: pikepdf.Object) -> list[pikepdf.Object]:
    """The streams that draw a page."""
    drawn = page.get("/Contents")
    if drawn is None:
        return []
    return list(drawn) if isinstance(drawn, Array) else [drawn]


def embed(pdf: pikepdf.Pdf, known: Signs, name: Name) -> pikepdf.Object:
    """Signs as a font of the file, with what they mean, so that they can be searched and copied."""
    program = Stream(pdf, known.data)
    program.Length1 = len(known.data)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=4,
        FontBBox=[0, -250, 1000, 900],
        ItalicAngle=0,
        Ascent=900,
        Descent=-250,
        CapHeight=700,
        StemV=80,
        FontFile2=pdf.make_indirect(program),
    )
    by_glyph = sorted(known.glyphs, key=lambda digit: known.glyphs[digit])
    widths = Array([entry for digit in by_glyph for entry in (known.glyphs[digit], Array([known.widths[digit]]))])
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        DW=1000,
        W=widths,
        FontDescriptor=pdf.make_indirect(descriptor),
        CIDToGIDMap=Name.Identity,
    )
    pairs = " ".join(f"<{known.glyphs[digit]:04x}> <{digit.encode('utf-16-be').hex()}>" for digit in by_glyph)
    unicode_map = UNICODE_MAP.format(count=len(by_glyph), pairs=pairs)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_indirect(Stream(pdf, unicode_map.encode())),
        )
    )
