"""What is written across every page of a file: one drawing, kept once and used by all pages."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from saas.dossier.stamp import Signs, contents, cut, embed, own_resources

FONT_NAME = Name("/WTMARK+Watermark")
FONT = "/FqWatermarkFont"
STATE = "/FqWatermarkState"
HEAD_SIZE = 10.5  # points
HEAD_TOP = 24.0  # points from the upper edge to the line under the head
ACROSS_SIZE = 40.0
LEADING = 1.5  # times the size
WIDEST = 500.0  # points a line across may take; a longer one is made smaller
SLANT = 45.0  # degrees
REACH = 420.0  # points from the middle to where the drawing ends
DARK, LIGHT = 0.35, 0.9  # greys; the light one stands behind the text
FAINT = 0.25  # how much of a grey drawn over a page covers it
NO_GLYPH = "□"


@dataclass(frozen=True)
class _Line:
    """A line of a drawing, its middle at this place."""

    written: str
    size: float
    x: float
    y: float


def mark_pages(pdf: pikepdf.Pdf, head: str, across: str, font: Path) -> None:
    """Write a line at the head of every page and another one across it, behind what the page shows."""
    known = cut(font, head + across)
    embedded = embed(pdf, known, FONT_NAME)
    above = _drawing(pdf, embedded, [_text([_Line(head, HEAD_SIZE, 0, 0)], known, DARK, 0)])
    behind = _drawing(pdf, embedded, [_text(_across([across]), known, LIGHT, SLANT)])
    for page in pdf.pages:
        x, middle, top = _places(page.obj)
        named = own_resources(page.obj, "/XObject")
        named[Name("/FqHead")], named[Name("/FqAcross")] = above, behind
        under = f"q 1 0 0 1 {x:.2f} {middle:.2f} cm /FqAcross Do Q q ".encode()
        over = f" Q q 1 0 0 1 {x:.2f} {top - HEAD_TOP:.2f} cm /FqHead Do Q".encode()
        page.obj.Contents = Array([_stream(pdf, under), *contents(page.obj), _stream(pdf, over)])


def cover_pages(pdf: pikepdf.Pdf, lines: Sequence[str], font: Path) -> None:
    """Write lines across every page, faintly and above what the page shows, so that pictures bear them too."""
    known = cut(font, "".join(lines) + NO_GLYPH)
    faint = pdf.make_indirect(Dictionary(Type=Name.ExtGState, ca=FAINT, CA=FAINT))
    drawn = [f"{STATE} gs".encode(), _text(_across(lines), known, DARK, SLANT)]
    drawing = _drawing(pdf, embed(pdf, known, FONT_NAME), drawn, faint)
    for page in pdf.pages:
        x, middle, _ = _places(page.obj)
        own_resources(page.obj, "/XObject")[Name("/FqCopy")] = drawing
        over = f" Q q 1 0 0 1 {x:.2f} {middle:.2f} cm /FqCopy Do Q".encode()
        page.obj.Contents = Array([_stream(pdf, b"q "), *contents(page.obj), _stream(pdf, over)])


def _across(lines: Sequence[str]) -> list[_Line]:
    first = ACROSS_SIZE * LEADING * (len(lines) - 1) / 2
    return [_Line(line, ACROSS_SIZE, 0, first - ACROSS_SIZE * LEADING * number) for number, line in enumerate(lines)]


def _text(lines: Sequence[_Line], known: Signs, grey: float, slant: float) -> bytes:
    """Operators that write lines around the middle of a drawing."""
    cos, sin = math.cos(math.radians(slant)), math.sin(math.radians(slant))
    turned = f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} 0 0 cm"
    written = [operator for line in lines for operator in _line(line, known)]
    return " ".join([f"{grey} g", turned, "BT", *written, "ET"]).encode()


def _line(line: _Line, known: Signs) -> list[str]:
    shown = "".join(sign if sign in known.glyphs else NO_GLYPH for sign in line.written)
    shown = "".join(sign for sign in shown if sign in known.glyphs)
    width = sum(known.widths[sign] for sign in shown) / 1000
    size = min(line.size, WIDEST / max(width, 1))
    glyphs = "".join(f"{known.glyphs[sign]:04x}" for sign in shown)
    x, y = line.x - width * size / 2, line.y - size / 3
    return [f"{FONT} {size:.2f} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{glyphs}> Tj"]


def _drawing(
    pdf: pikepdf.Pdf, font: pikepdf.Object, drawn: Sequence[bytes], state: pikepdf.Object | None = None
) -> pikepdf.Object:
    resources = Dictionary(Font=Dictionary({FONT: font}))
    if state is not None:
        resources.ExtGState = Dictionary({STATE: state})
    stream = Stream(pdf, b" ".join(drawn))
    stream.Type, stream.Subtype = Name.XObject, Name.Form
    stream.BBox = Array([-REACH, -REACH, REACH, REACH])
    stream.Resources = resources
    return pdf.make_indirect(stream)


def _places(page: pikepdf.Object) -> tuple[float, float, float]:
    """The middle of a page, across and up, and its upper edge, in points."""
    left, lower, right, upper = (float(side) for side in page.MediaBox)
    return (left + right) / 2, (lower + upper) / 2, upper


def _stream(pdf: pikepdf.Pdf, operators: bytes) -> pikepdf.Object:
    return pdf.make_indirect(Stream(pdf, operators))
