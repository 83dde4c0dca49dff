"""Uploaded photographs and scans: proven by decoding, turned upright, rid of what the camera wrote beside them."""

import io

from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from saas.files.unwanted import UnwantedError

MOST_PIXELS = 60_000_000
LONGEST_SIDE = 32_767  # pixels; what many programs can show at all
ORIENTATION = 0x0112
UPRIGHT = 1
BROKEN = "这张图片打不开，可能没有传完整，请重新拍照或导出后再上传。"


def check_picture(data: bytes, media_type: str, *, keep_original: bool) -> bytes:
    """The bytes to keep of a JPEG or PNG: as they came if they are evidence, otherwise cleaned.

    The size is read from the header and judged before a single pixel is decoded.

    Raises:
        UnwantedError: It is no such picture, broken, or has more than 60 million pixels.
    """
    try:
        picture = open_picture(data, media_type)
        orientation = picture.getexif().get(ORIENTATION, UPRIGHT)
        picture.load()
        if keep_original:
            return data
        return _cleaned(picture, data, media_type, upright=orientation == UPRIGHT)
    except UnwantedError:
        raise
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnwantedError(BROKEN) from error


def open_picture(data: bytes, media_type: str) -> Image.Image:
    """A picture whose header was read and whose size is bearable; pixels are not decoded yet."""
    reader = JpegImageFile if media_type == "image/jpeg" else PngImageFile
    picture = reader(io.BytesIO(data))
    if picture.width * picture.height > MOST_PIXELS:
        raise UnwantedError("这张图片太大，请缩小到 6000 万像素以内再上传。")
    if max(picture.size) > LONGEST_SIDE:
        raise UnwantedError(f"这张图片有一边超过 {LONGEST_SIDE} 像素，请截成几张再上传。")
    return picture


def strip_jpeg(data: bytes) -> bytes:
    """The same JPEG without its application segments 1–13 and 15 and comments (EXIF, GPS, XMP); pixels untouched."""
    kept, at = bytearray(data[:2]), 2
    while at + 4 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 - JPEG markers begin with FF.
        marker = data[at + 1]
        if marker == 0xDA:  # noqa: PLR2004 - the scan itself begins; nothing to leave out follows.
            return bytes(kept + data[at:])
        length = 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if not (0xE1 <= marker <= 0xED or marker in {0xEF, 0xFE}):  # noqa: PLR2004 - APP1–APP13.
            kept += data[at : at + length]
        at += length
    raise UnwantedError(BROKEN)


def _cleaned(picture: Image.Image, data: bytes, media_type: str, *, upright: bool) -> bytes:
    if media_type == "image/jpeg" and upright:
        return strip_jpeg(data)
    turned = ImageOps.exif_transpose(picture)
    turned.info = {}
    bare = io.BytesIO()
    if media_type == "image/jpeg":
        turned.save(bare, "JPEG", quality=92)
    else:
        turned.save(bare, "PNG")
    return bare.getvalue()
