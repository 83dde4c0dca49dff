"""Whether a file may be kept: what its name says, what it really is, and whether that can be shown safely."""

from dataclasses import dataclass

from saas.errors import InvalidInputError
from saas.files.names import extension
from saas.files.pdf_checks import UnwantedError, count_pages
from saas.files.picture_checks import check_picture

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
TYPES = {".pdf": PDF, ".jpg": JPEG, ".jpeg": JPEG, ".png": PNG}
TITLES = {PDF: "PDF", JPEG: "JPG 图片", PNG: "PNG 图片"}
MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
FIELD = "file"


@dataclass(frozen=True)
class Checked:
    """A file that was really parsed: what it is, its number of pages (a picture has one), the bytes to keep."""

    media_type: str
    pages: int
    data: bytes


def inspect(name: str, data: bytes, *, evidence: bool = False, most_bytes: int = MOST_BYTES) -> Checked:
    """Parse an upload; pictures that are not evidence come back upright and without the camera's notes.

    Raises:
        InvalidInputError: It cannot be taken; the sentence of the field ``file`` says what to do.
    """
    try:
        media_type = _media_type(name, data, most_bytes)
        if media_type == PDF:
            return Checked(PDF, count_pages(data), data)
        return Checked(media_type, 1, check_picture(data, media_type, keep_original=evidence))
    except UnwantedError as error:
        raise InvalidInputError({FIELD: str(error)}) from error


def _media_type(name: str, data: bytes, most_bytes: int) -> str:
    if not data:
        raise UnwantedError("这个文件是空的，请重新选择。")
    if len(data) > most_bytes:
        raise UnwantedError(f"文件超过 {most_bytes // MEGABYTE} MB，请压缩或分成几份上传。")
    ending = extension(name)
    named = TYPES.get(ending)
    if named is None:
        raise UnwantedError("只能上传 PDF、JPG 或 PNG 文件，其他格式请另存为 PDF 后再上传。")
    if _looks_like(data) != named:
        raise UnwantedError(f"文件名是 {ending}，但内容不是 {TITLES[named]}，请选择正确的文件。")
    return named


def _looks_like(data: bytes) -> str | None:
    """What the first bytes announce; a PDF's may be preceded by up to 1,024 others (ISO 32000-1, annex H)."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    return PDF if b"%PDF-" in data[:1024] else None
