"""Where the characters, rules and pictures of a print stand: millimetres from the upper left corner of a page."""

import base64
import ctypes
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pypdfium2
from PIL import Image, ImageDraw
from pypdfium2 import raw

MM = 72 / 25.4


@dataclass(frozen=True)
class Box:
    """What was drawn and its edges; ``text`` is a character, ``rule`` or ``picture``; ``colour`` is of rules."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float = 0.0
    colour: str = ""


def characters(data: bytes) -> list[list[Box]]:
    """The characters of each page that have ink, by their ink; ``base`` is the line they stand on."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [list(_characters(page)) for page in pdf]


def lines(page: list[Box]) -> list[list[Box]]:
    """The characters of a page by the line they stand on, from the top."""
    ordered = sorted(page, key=lambda box: (round(box.base, 1), box.left))
    return [list(group) for _, group in groupby(ordered, key=lambda box: round(box.base, 1))]


def rules(data: bytes) -> list[list[Box]]:
    """The rules and frames drawn on each page, from the top."""
    return _drawn(data, raw.FPDF_PAGEOBJ_PATH, "rule")


def pictures(data: bytes) -> list[list[Box]]:
    """The pictures on each page."""
    return _drawn(data, raw.FPDF_PAGEOBJ_IMAGE, "picture")


def find(page: list[Box], text: str) -> list[Box]:
    """The characters of a text that stands on a page in one go."""
    whole = "".join(box.text for box in page)
    start = whole.index(text)
    return page[start : start + len(text)]


def seal(text: str = "测") -> str:
    """A picture of a seal, transparent but for its ring, as a ``data:`` address."""
    image = Image.new("RGBA", (420, 420), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((6, 6, 414, 414), outline=(214, 0, 18, 235), width=9)
    star = [
        (210 + _reach(k) * math.sin(math.pi * k / 5), 210 - _reach(k) * math.cos(math.pi * k / 5)) for k in range(10)
    ]
    draw.polygon(star, fill=(214, 0, 18, 235))
    made = io.BytesIO()
    image.save(made, "PNG", title=text)
    return "data:image/png;base64," + base64.b64encode(made.getvalue()).decode()


def _reach(point: int) -> float:
    return 60.0 if point % 2 == 0 else 23.0


def _characters(page: pypdfium2.PdfPage) -> Iterator[Box]:
    text, height = page.get_textpage(), page.get_height()
    for index in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, index))
        if not char.isspace() and not raw.FPDFText_IsGenerated(text, index):
            edges = text.get_charbox(index)
            yield _box(char, edges, height, base=(height - _baseline(text, index)) / MM)


def _baseline(text: pypdfium2.PdfTextPage, index: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    return y.value


def _drawn(data: bytes, kind: int, name: str) -> list[list[Box]]:
    with pypdfium2.PdfDocument(data) as pdf:
        found = [
            [
                _box(name, each.get_bounds(), page.get_height(), colour=_colour(each))
                for each in page.get_objects([kind])
            ]
            for page in pdf
        ]
    return [sorted(page, key=lambda box: (box.top, box.left)) for page in found]


def _colour(drawn: pypdfium2.PdfObject) -> str:
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(drawn, *parts)
    return "#" + "".join(f"{part.value:02x}" for part in parts[:3])


def _box(
    text: str, edges: tuple[float, float, float, float], height: float, base: float = 0.0, colour: str = ""
) -> Box:
    left, bottom, right, top = edges
    return Box(text, left / MM, (height - top) / MM, right / MM, (height - bottom) / MM, base, colour)
