"""Outlines: a font with cubic curves becomes one with quadratic ones, and its letters stay what they were."""

import io

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from saas.bootstrap.outlines import make_quadratic

CIRCLE = (((1000, 776), (776, 1000), (500, 1000)), ((224, 1000), (0, 776), (0, 500)),
          ((0, 224), (224, 0), (500, 0)), ((776, 0), (1000, 224), (1000, 500)))  # fmt: skip
BENT = ((1000, 502), (1000, 998), (1000, 1000))  # by two units, which nobody sees


def cubic() -> TTFont:
    """A font with a circle and a square whose one side is hardly bent."""
    circle, square = T2CharStringPen(1000, None), T2CharStringPen(900, None)
    circle.moveTo((1000, 500))
    for curve in CIRCLE:
        circle.curveTo(*curve)
    circle.closePath()
    square.moveTo((1000, 0))
    square.curveTo(*BENT)
    square.lineTo((0, 1000))
    square.lineTo((0, 0))
    square.closePath()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "circle", "square"])
    builder.setupCharacterMap({0x6C34: "circle", 0x571F: "square"})
    empty = T2CharStringPen(500, None).getCharString()
    letters = {".notdef": empty, "circle": circle.getCharString(), "square": square.getCharString()}
    builder.setupCFF("Test", {}, letters, {})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "circle": (1000, 0), "square": (900, 0)})
    builder.setupHorizontalHeader(ascent=900, descent=-100)
    builder.setupNameTable({"familyName": "Test"})
    builder.setupOS2()
    builder.setupPost()
    return builder.font


@pytest.fixture(scope="module")
def font() -> TTFont:
    written = io.BytesIO()
    make_quadratic(cubic()).save(written)
    return TTFont(io.BytesIO(written.getvalue()))


def area(font: TTFont, name: str) -> float:
    letters = font.getGlyphSet()
    pen = AreaPen(letters)
    letters[name].draw(pen)
    return abs(float(pen.value))


def test_a_font_gets_outlines_of_truetype_and_keeps_its_characters(font: TTFont) -> None:
    assert "glyf" in font
    assert "CFF " not in font
    assert {chr(point) for point in font.getBestCmap()} == {"水", "土"}


@pytest.mark.parametrize("name", ["circle", "square"])
def test_a_letter_keeps_its_shape_and_its_width(font: TTFont, name: str) -> None:
    before = cubic()
    assert area(font, font.getGlyphOrder()[before.getGlyphID(name)]) == pytest.approx(area(before, name), rel=0.005)
    assert font["hmtx"].metrics[font.getGlyphOrder()[before.getGlyphID(name)]][0] == before["hmtx"][name][0]


def test_a_side_that_is_hardly_bent_becomes_a_line(font: TTFont) -> None:
    square = font["glyf"][font.getBestCmap()[0x571F]]
    assert len(square.coordinates) == 4
    assert all(square.flags)


def test_a_font_that_has_such_outlines_stays_as_it_is(font: TTFont) -> None:
    assert make_quadratic(font) is font
