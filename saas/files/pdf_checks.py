"""What an uploaded PDF may hold: pages and pictures, nothing that acts by itself or hides another file.

It is run as a program by :func:`saas.files.probing.count`: a file is read under limits, apart from everything else.
"""

import io
import json
import sys
import zlib
from collections.abc import Iterator

import pikepdf

from saas.files.unwanted import PRINT_FIRST, UnwantedError

MOST_PAGES = 500
MOST_OBJECTS = 200_000
MOST_STREAM_BYTES = 64 * 1024 * 1024
MOST_IMAGE_BYTES = 256 * 1024 * 1024
MOST_TOTAL_BYTES = 1024 * 1024 * 1024
DEEPEST = 64
CHUNK = 1024 * 1024
COLOUR_BITS = 24  # of one pixel

ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/Movie", "/RichMediaExecute"}
)
ENCRYPTED = "这个 PDF 加了密码，请去掉密码后再上传。"
BROKEN = "这个 PDF 打不开，可能没有传完整，请重新导出后再上传。"
SCRIPTED = f"这个 PDF 里有会自动运行的脚本或动作，不能收。{PRINT_FIRST}"
NESTED = f"这个 PDF 里夹带了别的文件，不能收。请把夹带的文件分开上传，或者{PRINT_FIRST[1:]}"
DAMAGED = f"这个 PDF 的结构坏了，不同的软件可能显示得不一样，不能收。{PRINT_FIRST}"
RECOVERED = "reconstruct"  # what qpdf says when it had to search the file for what its table should have told
BLOATED = f"这个 PDF 展开后太大，不能收。{PRINT_FIRST}"


def count_pages(data: bytes) -> int:
    """How many pages a PDF has that is fit to be kept.

    Raises:
        UnwantedError: It is locked, broken, too large, carries other files or acts by itself.
    """
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            return _inspect(pdf)
    except pikepdf.PasswordError as error:
        raise UnwantedError(ENCRYPTED) from error
    except (pikepdf.PdfError, pikepdf.DataDecodingError, RecursionError, RuntimeError) as error:
        raise UnwantedError(BROKEN) from error


def _inspect(pdf: pikepdf.Pdf) -> int:
    if pdf.is_encrypted:
        raise UnwantedError(ENCRYPTED)
    pages = len(pdf.pages)
    if pages == 0:
        raise UnwantedError("这个 PDF 里一页也没有，请重新导出后再上传。")
    if pages > MOST_PAGES:
        raise UnwantedError(f"这个 PDF 有 {pages} 页，最多 {MOST_PAGES} 页，请分成几份上传。")
    if any(RECOVERED in str(warning) for warning in pdf.get_warnings()):
        raise UnwantedError(DAMAGED)
    if len(pdf.objects) > MOST_OBJECTS:
        raise UnwantedError(BLOATED)
    _refuse_actions(pdf)
    _refuse_bombs(pdf)
    return pages


def _refuse_actions(pdf: pikepdf.Pdf) -> None:
    opening = pdf.Root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and opening.get("/S") != "/GoTo":
        raise UnwantedError(SCRIPTED)
    for dictionary in _dictionaries(pdf):
        if _acts(dictionary):
            raise UnwantedError(SCRIPTED)
        if "/EmbeddedFiles" in dictionary or "/EF" in dictionary or dictionary.get("/Type") == "/EmbeddedFile":
            raise UnwantedError(NESTED)


def _acts(dictionary: pikepdf.Object) -> bool:
    return "/JS" in dictionary or "/JavaScript" in dictionary or str(dictionary.get("/S", "")) in ACTIONS


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary of the file once: those with a number of their own and those inside them."""
    for number in pdf.objects:
        yield from _inside(number, 0)
    yield from _inside(pdf.trailer, 0)


def _inside(item: pikepdf.Object, depth: int) -> Iterator[pikepdf.Object]:
    if depth > DEEPEST:
        raise UnwantedError(BROKEN)
    if isinstance(item, pikepdf.Stream):
        item = item.stream_dict
    if isinstance(item, pikepdf.Dictionary):
        yield item
        children = [child for _, child in item.items()]
    elif isinstance(item, pikepdf.Array):
        children = list(item)
    else:
        return
    for child in children:
        # Numbers and names come as Python's own values; what has a number of its own is visited by itself.
        if not getattr(child, "is_indirect", True):
            yield from _inside(child, depth + 1)


def _refuse_bombs(pdf: pikepdf.Pdf) -> None:
    total = 0
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            total += _inflated_size(item)
            if total > MOST_TOTAL_BYTES:
                raise UnwantedError(BLOATED)


def _inflated_size(stream: pikepdf.Stream) -> int:
    """Bytes of the stream after its compression, counted without keeping them."""
    filters = stream.stream_dict.get("/Filter")
    names = [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if sum(name in {"/FlateDecode", "/LZWDecode", "/RunLengthDecode"} for name in names) > 1:
        raise UnwantedError(BLOATED)
    picture = stream.stream_dict.get("/Subtype") == "/Image"
    if picture and _pixel_bytes(stream.stream_dict) > MOST_IMAGE_BYTES:
        raise UnwantedError(BLOATED)
    raw = stream.read_raw_bytes()
    if names[0] != "/FlateDecode":
        return len(raw)
    return _count(raw, MOST_IMAGE_BYTES if picture else MOST_STREAM_BYTES)


def _pixel_bytes(picture: pikepdf.Object) -> int:
    """What a picture takes once it is decoded, whatever packs it; one whose size is no number takes nothing."""
    sides: list[object] = [picture.get(name) for name in ("/Width", "/Height")]
    width, height = (side if isinstance(side, int) else 0 for side in sides)
    depth = picture.get("/BitsPerComponent", 8)
    bits = 1 if picture.get("/ImageMask") or depth == 1 else COLOUR_BITS
    return width * height * bits // 8


def _count(raw: bytes, most: int) -> int:
    inflater = zlib.decompressobj()
    size, rest = 0, raw
    try:
        while rest and not inflater.eof:
            size += len(inflater.decompress(rest, CHUNK))
            if size > most:
                raise UnwantedError(BLOATED)
            rest = inflater.unconsumed_tail
    except zlib.error:
        return size
    return size


def main() -> None:
    """Say how many pages the file has that is the standard input, or why it is not taken."""
    try:
        told: dict[str, object] = {"pages": count_pages(sys.stdin.buffer.read())}
    except UnwantedError as error:
        told = {"problem": str(error)}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
