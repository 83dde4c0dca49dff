"""A print as one picture that every browser shows, its pages below one another."""

import io

import pypdfium2
from PIL import Image

MOST_PAGES = 6
SCALE = 1.4  # about 100 dots to the inch: as wide as a page of the designer
GAP = 12  # pixels between two pages
GREY = (233, 237, 242)


def picture(data: bytes) -> bytes:
    """The first pages of a PDF as a PNG."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        pages = [pdf[at].render(scale=SCALE).to_pil().convert("RGB") for at in range(min(len(pdf), MOST_PAGES))]
    finally:
        pdf.close()
    out = io.BytesIO()
    _stacked(pages).save(out, "PNG")
    return out.getvalue()


def _stacked(pages: list[Image.Image]) -> Image.Image:
    height = sum(page.height for page in pages) + GAP * (len(pages) - 1)
    sheet = Image.new("RGB", (max(page.width for page in pages), height), GREY)
    top = 0
    for page in pages:
        sheet.paste(page, (0, top))
        top += page.height + GAP
    return sheet
