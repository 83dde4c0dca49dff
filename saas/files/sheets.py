"""Lays pictures and foreign PDFs on A4 sheets, with room for the page number and nothing active left in them."""

from pathlib import Path
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from saas.files.fitting import fit

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
MARGIN = 10 * MM
HEAD = 18 * MM  # the page number stands in it


def add_picture(pdf: pikepdf.Pdf, data: bytes, media_type: str) -> None:
    """Append a picture as one sheet; a JPEG that fits is kept pixel for pixel, others are made to fit.

    Whatever the camera wrote beside the picture stays out, also of evidence.
    """
    jpeg = fit(data, media_type)
    width, height = jpeg.width, jpeg.height
    drawn = Stream(pdf, jpeg.data)
    drawn.Type = Name.XObject
    drawn.Subtype = Name.Image
    drawn.Width = width
    drawn.Height = height
    drawn.ColorSpace = Name.DeviceGray if jpeg.grey else Name.DeviceRGB
    drawn.BitsPerComponent = 8
    drawn.Filter = Name.DCTDecode
    sheet, room_width, room_height = _sheet(width > height)
    scale = min(room_width / width, room_height / height)
    left, bottom = _centred(width * scale, height * scale, room_width, room_height)
    _append(pdf, sheet, drawn, (width * scale, height * scale, left, bottom))


def clean(source: BinaryIO, into: Path) -> int:
    """Write a PDF anew as sheets that hold nothing active, the same bytes every time; how many there are.

    Pages become drawings on upright A4: links, notes, forms and actions stay out.

    Raises:
        pikepdf.PdfError: It cannot be read.
    """
    with pikepdf.new() as made:
        _draw(made, source)
        made.save(into, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return len(made.pages)


def _draw(pdf: pikepdf.Pdf, data: BinaryIO) -> None:
    with pikepdf.open(data) as source:
        if "/AcroForm" in source.Root:
            source.generate_appearance_streams()
            source.flatten_annotations("all")
        for page in source.pages:
            _add_drawing(pdf, pdf.copy_foreign(page.as_form_xobject()))


def _add_drawing(pdf: pikepdf.Pdf, drawing: pikepdf.Object) -> None:
    left, bottom, width, height = _extent(drawing)
    sheet, room_width, room_height = _sheet(width > height)
    scale = min(1.0, room_width / width, room_height / height)
    x, y = _centred(width * scale, height * scale, room_width, room_height)
    _append(pdf, sheet, drawing, (scale, scale, x - left * scale, y - bottom * scale))


def _extent(drawing: pikepdf.Object) -> tuple[float, float, float, float]:
    """Left, bottom, width and height of a drawing after its own turning."""
    x0, y0, x1, y1 = (float(side) for side in drawing.BBox)
    a, b, c, d, e, f = (float(part) for part in drawing.get("/Matrix", Array([1, 0, 0, 1, 0, 0])))
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
    left, bottom = min(x for x, _ in corners), min(y for _, y in corners)
    width, height = max(x for x, _ in corners) - left, max(y for _, y in corners) - bottom
    return left, bottom, max(width, 1.0), max(height, 1.0)


def _sheet(landscape: bool) -> tuple[tuple[float, float], float, float]:  # noqa: FBT001 - a private helper with one caller's question.
    """The size of a sheet and the room inside its margins, in points."""
    width, height = (A4[1], A4[0]) if landscape else A4
    return (width, height), width - 2 * MARGIN, height - MARGIN - HEAD


def _centred(width: float, height: float, room_width: float, room_height: float) -> tuple[float, float]:
    return MARGIN + (room_width - width) / 2, MARGIN + (room_height - height) / 2


def _append(
    pdf: pikepdf.Pdf, size: tuple[float, float], drawing: pikepdf.Object, place: tuple[float, float, float, float]
) -> None:
    across, up, x, y = place
    pdf.add_blank_page(page_size=(round(size[0], 3), round(size[1], 3)))
    page = pdf.pages[-1].obj
    page.Resources = Dictionary(XObject=Dictionary(D0=pdf.make_indirect(drawing)))
    page.Contents = Stream(pdf, f"q {across:.5f} 0 0 {up:.5f} {x:.3f} {y:.3f} cm /D0 Do Q".encode())
