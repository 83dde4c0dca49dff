"""Whether a file may be kept: what its name says, what it really is, and whether that can be shown safely."""

import tempfile
from dataclasses import dataclass

from saas.errors import InvalidInputError
from saas.files import probing
from saas.files.kinds import DOCX, KINDS, NAMED, OFD, OFFICE, PDF, TITLES, TYPES, XLSX, begins_like
from saas.files.names import extension
from saas.files.ofd_checks import check_ofd
from saas.files.office_checks import check_office
from saas.files.picture_checks import check_picture
from saas.files.unwanted import UnwantedError

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
FIELD = "file"


OLD_BEGINNING = b"\xd0\xcf\x11\xe0"  # of office files before 2007, and of those with a password
OLD_ENDINGS = {".doc": "DOCX", ".xls": "XLSX", ".wps": "DOCX", ".et": "XLSX"}
MACRO_ENDINGS = frozenset({".docm", ".dotm", ".xlsm", ".xltm", ".xlsb"})


@dataclass(frozen=True)
class Checked:
    """A file that was really parsed.

    Attributes:
        media_type: What it is.
        pages: A picture has one; 0 where only the program that made it could tell.
        data: The bytes to keep.
    """

    media_type: str
    pages: int
    data: bytes


def inspect(
    name: str, data: bytes, *, evidence: bool = False, most_bytes: int = MOST_BYTES, drawn: bool = False
) -> Checked:
    """Parse an upload; pictures that are not evidence come back upright and without the camera's notes.

    The pages of a PDF are drawn too, unless it is known that they were.

    Raises:
        InvalidInputError: It cannot be taken; the sentence of the field ``file`` says what to do.
    """
    try:
        media_type = _media_type(name, data, most_bytes)
        if media_type == PDF:
            return Checked(PDF, _count_pages(data, drawn=drawn), data)
        if media_type in {DOCX, XLSX}:
            check_office(data, media_type)
            return Checked(media_type, 0, data)
        if media_type == OFD:
            check_ofd(data)
            return Checked(OFD, 0, data)
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
        raise UnwantedError(_of_other_kind(ending))
    if begins_like(named, data):
        return named
    if KINDS[named] == OFFICE and data.startswith(OLD_BEGINNING):
        raise UnwantedError("这个文件加了密码，或者是旧格式改了扩展名。请去掉密码，另存为 DOCX、XLSX 或 PDF 后再上传。")
    raise UnwantedError(f"文件名是 {ending}，但内容不是 {TITLES[named]}，请选择正确的文件。")


def _count_pages(data: bytes, *, drawn: bool) -> int:
    """Refuse pages that cannot be drawn; of a long file those the time does not suffice for are left to the job."""
    with tempfile.TemporaryFile() as copy:
        copy.write(data)
        copy.seek(0)
        pages = probing.count(copy)
        if not drawn:
            copy.seek(0)
            probing.probe(copy, pages)
        return pages


def _of_other_kind(ending: str) -> str:
    if ending in MACRO_ENDINGS:
        return "这种文件带宏，不能收。请另存为 DOCX、XLSX 或 PDF 后再上传。"
    if ending in OLD_ENDINGS:
        return f"旧格式的文件不能收，请用 Office 或 WPS 另存为 {OLD_ENDINGS[ending]} 或 PDF 后再上传。"
    return f"只能上传 {NAMED} 文件，其他格式请另存为 PDF 后再上传。"
