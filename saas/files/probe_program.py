"""A program of its own that draws what people sent in, so that what goes wrong while drawing goes wrong in here alone.

It is started by :mod:`saas.files.probing` under limits, reads the file from its standard input, and knows nothing of
the platform: no settings, no database, no store.
"""

import io
import resource
import sys

import pypdfium2
from PIL import Image, ImageOps

PAGE_SECONDS = 2  # of computing for one page
SMALL = 96  # pixels; drawing costs what the page's own instructions cost
MOST_PIXELS = 60_000_000


def main(verb: str, *wanted: str) -> None:
    """Do one thing: ``pages`` or ``picture LONGEST_SIDE``."""
    data = sys.stdin.buffer.read()
    if verb == "pages":
        draw_all(data)
    else:
        draw_first(data, int(wanted[0]))


def draw_all(data: bytes) -> None:
    """Draw every page, and say its number when it is done; one that takes too long ends the program."""
    pdf = pypdfium2.PdfDocument(data)
    for index in range(len(pdf)):
        allow(PAGE_SECONDS)
        draw(pdf, index, SMALL)
        sys.stdout.write(f"{index + 1}\n")
        sys.stdout.flush()


def draw_first(data: bytes, longest: int) -> None:
    """Write the first page, or the picture itself, as a PNG that is not larger than so many pixels."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    small = draw(pypdfium2.PdfDocument(data), 0, longest) if data[:4] == b"%PDF" else shrunk(data, longest)
    made = io.BytesIO()
    small.save(made, "PNG", optimize=True)
    sys.stdout.buffer.write(made.getvalue())


def draw(pdf: pypdfium2.PdfDocument, index: int, longest: int) -> Image.Image:
    """A page as a picture in colour."""
    page = pdf[index]
    scale = longest / max(*page.get_size(), 1.0)
    drawn: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    page.close()
    return drawn


def shrunk(data: bytes, longest: int) -> Image.Image:
    """A picture upright on white ground."""
    picture = Image.open(io.BytesIO(data), formats=["JPEG", "PNG"])
    picture.draft("RGB", (longest, longest))
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail((longest, longest))
    ground = Image.new("RGB", upright.size, "white")
    ground.paste(upright, mask=upright.getchannel("A"))
    return ground


def allow(seconds: int) -> None:
    """From now on end this program when it has computed for so long."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soon = spent + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soon if hard == resource.RLIM_INFINITY else min(soon, hard), hard))


if __name__ == "__main__":
    main(*sys.argv[1:])
