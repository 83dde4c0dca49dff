"""Pictures as a sheet of A4 takes them: JPEG at 200 dots an inch, upright, without what the camera wrote."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from saas.files.kinds import JPEG
from saas.files.picture_checks import ORIENTATION, UPRIGHT, open_picture, strip_jpeg

MOST_PIXELS = (1654, 2339)  # A4 at 200 dots an inch
FITS = 1.15
QUALITY = 80


@dataclass(frozen=True)
class Jpeg:
    """A picture in grey or colour; its size is in pixels."""

    data: bytes
    width: int
    height: int
    grey: bool


def fits(data: bytes, media_type: str) -> bool:
    """Whether a picture is such a JPEG already, but for what stands beside its pixels."""
    return _fits(open_picture(data, media_type), media_type)


def fit(data: bytes, media_type: str) -> Jpeg:
    """The picture made to fit; one that fits is kept pixel for pixel.

    Raises:
        UnwantedError: It has more pixels than may be decoded.
        OSError: It is broken.
    """
    picture = open_picture(data, media_type)
    if _fits(picture, media_type):
        return Jpeg(strip_jpeg(data), picture.width, picture.height, picture.mode == "L")
    long, short = max(MOST_PIXELS), min(MOST_PIXELS)
    # Lets the decoder leave out what would be made small again: a photograph of a telephone in a quarter of the time.
    picture.draft(None, (short, short))
    upright = _flat(ImageOps.exif_transpose(picture))
    upright.info = {}
    upright.thumbnail((long, short) if upright.width > upright.height else (short, long), Image.Resampling.LANCZOS)
    made = io.BytesIO()
    upright.save(made, "JPEG", quality=QUALITY)
    return Jpeg(made.getvalue(), upright.width, upright.height, upright.mode == "L")


def _fits(picture: Image.Image, media_type: str) -> bool:
    turned = picture.getexif().get(ORIENTATION, UPRIGHT) != UPRIGHT
    long, short = max(picture.size), min(picture.size)
    small = long <= max(MOST_PIXELS) * FITS and short <= min(MOST_PIXELS) * FITS
    return media_type == JPEG and picture.mode in {"L", "RGB"} and small and not turned


def _flat(picture: Image.Image) -> Image.Image:
    """The picture in grey or colour on white ground, as paper shows it."""
    if picture.mode in {"L", "RGB"}:
        return picture
    if picture.mode in {"1", "I", "I;16"}:
        return picture.convert("L")
    if "transparency" not in picture.info and picture.mode not in {"RGBA", "LA", "PA"}:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    ground = Image.new("RGB", layered.size, "white")
    ground.paste(layered, mask=layered.getchannel("A"))
    return ground
