"""The picture of a seal: proven by decoding, and made anew without what came beside it."""

import base64
import io

from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from saas.documents.dress import Dress
from saas.errors import InvalidInputError
from saas.files import store

MOST_BYTES = 2_000_000
LEAST_SIDE = 496  # pixels: 42 mm at 300 dots to the inch
BEST_SIDE = 744  # pixels: the same at 450; more only makes every document larger
MOST_SIDE = 6000  # pixels, read from the header before anything is decoded
MOST_UNEVEN = 0.02  # of a side
SEE_THROUGH = 16  # of 255: what is no more opaque counts as nothing
SOLID = 128
LEAST_CLEAR = 0.2  # of all pixels: a round seal leaves more than a fifth of its square
LEAST_RED = 0.6  # of the pixels that are printed
LEAST_COLOUR = 90  # of 255, in HSV
RED_BELOW, RED_ABOVE = 18, 237  # of 255 round the circle of hues
FIELD = "seal"


def checked(data: bytes) -> bytes:
    """The seal as it is kept: a square PNG with nothing but pixels.

    Raises:
        InvalidInputError: it cannot be printed as a seal; says what to do.
    """
    if not data:
        raise _refused("请选择印章图片。")
    if len(data) > MOST_BYTES:
        raise _refused("印章图片超过 2 MB，请缩小后再上传。")
    picture = _opened(data)
    for found in (_size_fault(picture), _clear_fault(picture), _red_fault(picture)):
        if found:
            raise _refused(found)
    return _bare(picture)


def address(dress: Dress) -> str:
    """The picture of a dress's seal as a ``data:`` address, for templates; empty where it has none.

    Raises:
        NotFoundError: the store lost it.
        DamagedFileError: it is no longer what was put there.
    """
    if not dress.seal:
        return ""
    return f"data:image/png;base64,{base64.b64encode(read(dress.seal)).decode()}"


def read(key: str) -> bytes:
    """The picture of a seal, in a copy of a city as in the city it was uploaded in.

    Raises:
        NotFoundError: the store lost it.
        DamagedFileError: it is no longer what was put there.
        ValueError: it is no key of the store.
    """
    return store.get(store.here(key))


def _opened(data: bytes) -> Image.Image:
    try:
        header = PngImageFile(io.BytesIO(data))
        if max(header.size) > MOST_SIDE:
            raise _refused(f"印章图片每边最多 {MOST_SIDE} 像素，请缩小后再上传。")
        PngImageFile(io.BytesIO(data)).verify()  # every piece is there, down to the end
        has_alpha = header.mode in {"RGBA", "LA"} or "transparency" in header.info
        picture = header.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _refused("这不是完整的 PNG 图片。请把印章存成背景透明的 PNG 再上传。") from error
    if not has_alpha:
        raise _refused("印章图片没有透明背景，会盖住下面的文字。请去掉白底，存成背景透明的 PNG 再上传。")
    return picture


def _size_fault(picture: Image.Image) -> str | None:
    width, height = picture.size
    if abs(width - height) > MOST_UNEVEN * max(width, height):
        return f"印章图片应当是正方形，现在是 {width}×{height} 像素。请裁成正方形再上传。"
    if min(width, height) < LEAST_SIDE:
        least = f"每边至少 {LEAST_SIDE} 像素（42 毫米，每英寸 300 点）"
        return f"印章图片太小，打印会模糊：现在是 {width}×{height} 像素，{least}。请重新扫描。"
    return None


def _clear_fault(picture: Image.Image) -> str | None:
    opacity = picture.getchannel("A").histogram()
    if sum(opacity[:SEE_THROUGH]) < LEAST_CLEAR * picture.width * picture.height:
        return "印章图片的背景不透明，会盖住下面的文字。请去掉白底，存成背景透明的 PNG 再上传。"
    return None


def _red_fault(picture: Image.Image) -> str | None:
    solid = picture.getchannel("A").point(lambda value: 255 if value >= SOLID else 0)
    hue, colour, _ = picture.convert("RGB").convert("HSV").split()
    bright = colour.point(lambda value: 255 if value >= LEAST_COLOUR else 0)
    red = hue.point(lambda value: 255 if value <= RED_BELOW or value >= RED_ABOVE else 0)
    printed = solid.histogram()[255]
    if not printed:
        return "印章图片是空白的，请检查后重新上传。"
    coloured = Image.composite(bright, Image.new("L", picture.size, 0), solid)
    reds = Image.composite(red, Image.new("L", picture.size, 0), coloured).histogram()[255]
    return None if reds >= LEAST_RED * printed else "印章应当是红色的，这张图片不是。请换成红色印章的图片。"


def _bare(picture: Image.Image) -> bytes:
    side = min(BEST_SIDE, *picture.size)
    kept = picture.resize((side, side), Image.Resampling.LANCZOS)
    kept.info = {}
    out = io.BytesIO()
    kept.save(out, "PNG", optimize=True)
    return out.getvalue()


def _refused(sentence: str) -> InvalidInputError:
    return InvalidInputError({FIELD: sentence})
