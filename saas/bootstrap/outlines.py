"""Turns the outlines of a font from cubic into quadratic curves: those embed in half the space and time."""

from math import dist

from fontTools.pens.basePen import AbstractPen, BasePen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

LARGEST_ERROR = 3 / 1000  # of the size of the letters: at 16 pt less than half a dot of a printer of 600 dpi
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


Point = tuple[float, float]


class Straightening(BasePen):  # type: ignore[misc] # the library comes without types
    """Draws a line where a curve is hardly bent: drawings of the brush are full of those, and each costs two points."""

    def __init__(self, pen: AbstractPen, error: float) -> None:
        """Hand on to a pen what bends by more than the error, in units of the font."""
        super().__init__(None)
        self._pen, self._error = pen, error

    def _moveTo(self, point: Point) -> None:  # noqa: N802 - the base class's name
        self._pen.moveTo(point)

    def _lineTo(self, point: Point) -> None:  # noqa: N802
        self._pen.lineTo(point)

    def _curveToOne(self, first: Point, second: Point, last: Point) -> None:  # noqa: N802
        start = self._getCurrentPoint()
        # The curve stays within three quarters of how far its handles are from the line.
        if max(_distance(handle, start, last) for handle in (first, second)) * 3 / 4 <= self._error:
            self._pen.lineTo(last)
        else:
            self._pen.curveTo(first, second, last)

    def _closePath(self) -> None:  # noqa: N802
        self._pen.closePath()

    def _endPath(self) -> None:  # noqa: N802
        self._pen.endPath()


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
        letters[name].draw(Straightening(Cu2QuPen(pen, error, reverse_direction=True), error))
        drawn[name] = pen.glyph(dropImpliedOnCurves=True)
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


def _distance(point: Point, start: Point, end: Point) -> float:
    """How far a point is from the line between two others, in their units."""
    length = dist(start, end)
    if not length:
        return dist(point, start)
    across = (end[0] - start[0]) * (start[1] - point[1]) - (start[0] - point[0]) * (end[1] - start[1])
    return abs(across) / length
