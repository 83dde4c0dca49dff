"""Turns the outlines of a font from cubic into quadratic curves: those embed in half the space and time."""

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

LARGEST_ERROR = 2 / 1000  # of the size of the letters: at 16 pt half a dot of a printer of 1,200 dpi
TRUETYPE = "\0\1\0\0"
# What a TrueType font tells of the programs in its letters: ours have none.
NO_PROGRAMS = dict.fromkeys(
    (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
        "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints",
        "maxCompositeContours", "maxComponentDepth",
    ),
    0,
)  # fmt: skip


def make_quadratic(font: TTFont) -> TTFont:
    """The same font with TrueType outlines; one that has them already stays as it is."""
    if "CFF " not in font:
        return font
    order = font.getGlyphOrder()
    outlines = newTable("glyf")
    outlines.glyphOrder = order
    outlines.glyphs = _quadratic(font)
    font["glyf"] = outlines
    font["loca"] = newTable("loca")
    _tell(font)
    for table in ("CFF ", "VORG"):
        if table in font:
            del font[table]
    font.sfntVersion = TRUETYPE
    return font


def _quadratic(font: TTFont) -> dict[str, object]:
    letters, error = font.getGlyphSet(), font["head"].unitsPerEm * LARGEST_ERROR
    drawn = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        letters[name].draw(Cu2QuPen(pen, error, reverse_direction=True))
        drawn[name] = pen.glyph()
    return drawn


def _tell(font: TTFont) -> None:
    """Bring the tables that speak of the outlines in line with them."""
    sizes = font["maxp"]
    sizes.tableVersion = 0x00010000
    sizes.maxZones = 1
    for name, value in NO_PROGRAMS.items():
        setattr(sizes, name, value)
    font["head"].glyphDataFormat = 0
    font["post"].formatType = 3.0
    widths, outlines = font["hmtx"], font["glyf"]
    for name in font.getGlyphOrder():
        glyph = outlines[name]
        glyph.recalcBounds(outlines)
        widths[name] = (widths[name][0], glyph.xMin)
