"""What one print may cost; what would cost more is refused before it is laid out, or stopped on the way."""

import re
from dataclasses import dataclass

from saas.documents.fonts import DocumentProblem
from saas.documents.press_wire import PICTURE

ROW = re.compile(r"<tr[\s>]", re.IGNORECASE)
LARGEST_PICTURES = 6_000_000  # bytes of all pictures of one print, as they stand in the markup


@dataclass(frozen=True)
class Limits:
    """Of one print.

    Attributes:
        pages: Most pages of the result.
        rows: Most rows of its tables; each takes about 6 ms.
        seconds: Most seconds of the processor.
        size: Most bytes of the markup, pictures not counted.
    """

    pages: int = 300
    rows: int = 1000
    seconds: int = 30
    size: int = 1_000_000


FORM = Limits()
BY_LAYOUT = {"dossier": Limits(pages=1000, rows=4000, seconds=120, size=3_000_000)}


def limits_of(layout: str) -> Limits:
    """What a print in this layout may cost: the record of a long case more than a form."""
    return BY_LAYOUT.get(layout, FORM)


def checked(markup: str, limits: Limits) -> bytes:
    """The markup as the press takes it.

    Raises:
        DocumentProblem: It is too long, has too many rows, or text that is no text.
    """
    try:
        data = markup.encode()
    except UnicodeEncodeError as error:
        broken = ord(markup[error.start])
        raise DocumentProblem(f"文书中有残缺的字符（U+{broken:04X}），请删除后重新输入。") from error
    if len(data) > limits.size:
        _check_size(markup, limits)
    rows = len(ROW.findall(markup))
    if rows > limits.rows:
        raise DocumentProblem(f"文书中的表格共有 {rows} 行，超过 {limits.rows} 行，不能打印。请分成几份文书。")
    return data


def _check_size(markup: str, limits: Limits) -> None:
    text = PICTURE.sub("", markup)
    if len(text.encode()) > limits.size:
        raise DocumentProblem("文书内容太长，请精简后重试。")
    if len(markup) - len(text) > LARGEST_PICTURES:
        raise DocumentProblem("文书中的图片太大，请换成小一些的图片。")
