"""A print as one picture that every browser shows, its pages below one another."""

import io

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from saas.config import current_config

MOST_PAGES = 6
SCALE = 1.4  # about 100 dots to the inch: as wide as a page of the designer
GAP = 12  # pixels between two pages
GREY = (233, 237, 242)
MARK_FONT = "AppHei.ttf"
MARK_COLOUR = (120, 120, 120)
MARK_STRENGTH = 90  # of 255: what is printed below can be read
MARK_ANGLE = 35  # degrees


def picture(data: bytes, *, mark: str = "") -> bytes:
    """The first pages of a PDF as a PNG; a mark is written across each of them."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        pages = [pdf[at].render(scale=SCALE).to_pil().convert("RGB") for at in range(min(len(pdf), MOST_PAGES))]
    finally:
        pdf.close()
    if mark:
        pages = [_marked(page, mark) for page in pages]
    out = io.BytesIO()
    _stacked(pages).save(out, "PNG")
    return out.getvalue()


def _marked(page: Image.Image, mark: str) -> Image.Image:
    font = ImageFont.truetype(current_config().fonts_dir / MARK_FONT, page.width // 5)
    layer = Image.new("L", page.size, 0)
    ImageDraw.Draw(layer).text((page.width // 2, page.height // 2), mark, fill=MARK_STRENGTH, font=font, anchor="mm")
    turned = layer.rotate(MARK_ANGLE)
    return Image.composite(Image.new("RGB", page.size, MARK_COLOUR), page, turned)


def _stacked(pages: list[Image.Image]) -> Image.Image:
    height = sum(page.height for page in pages) + GAP * (len(pages) - 1)
    sheet = Image.new("RGB", (max(page.width for page in pages), height), GREY)
    top = 0
    for page in pages:
        sheet.paste(page, (0, top))
        top += page.height + GAP
    return sheet
