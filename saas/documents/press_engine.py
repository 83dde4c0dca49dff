"""The PDF engine as the press holds it: one set of fonts and styles for all prints, and nothing from outside."""

import io
import logging
import re
import zlib
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from typing import Any

import pydyf
from PIL import Image
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from saas.documents import justify
from saas.documents.press_styles import style_files
from saas.documents.press_wire import PICTURE

VARIANT = "pdf/a-3b"
LEVEL = 6  # of compression; the engine takes 9
MOST_PIXELS = 24_000_000  # of one picture; decoded it takes four bytes for each
LOGGER = logging.getLogger("weasyprint")
NO_GLYPH = re.compile(r'\.notdef glyph .*"(?P<char>.)" \(U\+', re.DOTALL)
KINDS = ("PNG", "JPEG")
OUTSIDE = "文书引用了外部内容，不能生成。请联系系统管理员。"
NO_PICTURE = "文书中的图片只能是 PNG 或 JPEG，请换一张图片。"
LARGE_PICTURE = "文书中的图片太大，请换成小一些的图片。"


class RefusedError(Exception):
    """Something is not printed; the text is the sentence for the person who asked."""


class Pictures(URLFetcher):  # type: ignore[misc] # the engine comes without types
    """Gives the engine the pictures that stand in the markup itself, and nothing else at all."""

    def __init__(self) -> None:
        """Stop the whole print at the first address that is refused."""
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ANN401, ARG002 - the base class's types
        """The picture in the address.

        Raises:
            RefusedError: It is no picture, none of those that can be printed, or too large.
        """
        if not url.startswith("data:"):
            raise RefusedError(OUTSIDE)
        found = PICTURE.fullmatch(url)
        if found is None:
            raise RefusedError(NO_PICTURE)
        data = b64decode(found["data"])
        _check_picture(data)
        return URLFetcherResponse(url, data, {"Content-Type": url[5 : url.index(";")]})


class Engine:
    """What the process keeps between prints: making it anew each time is slow and leaks."""

    def __init__(self) -> None:
        """Read the fonts of the configuration that the environment names."""
        justify.install()
        self.fonts = FontConfiguration()
        self.pictures = Pictures()
        self.styles = cache(self._styles)

    def lay(self, markup: bytes, layout: str, most: int) -> Document:
        """Markup laid out on pages.

        Raises:
            RefusedError: There are more pages than ``most``.
        """
        source = HTML(string=markup.decode(), url_fetcher=self.pictures)
        laid = source.render(stylesheets=self.styles(layout), font_config=self.fonts, pdf_variant=VARIANT)
        if len(laid.pages) > most:
            raise RefusedError(f"文书有 {len(laid.pages)} 页，超过 {most} 页，不能生成。请精简内容，或分成几份文书。")
        return laid

    def write(self, laid: Sequence[Document], sources: Sequence[bytes]) -> bytes:
        """The pages of one or more prints as one PDF, each character of each font in it once.

        Its identifier comes from what it was made of, so that the same gives the same bytes.
        """
        pages = [page for one in laid for page in one.pages]
        identity = sha256(b"".join(sources)).digest()[:16]
        whole = laid[0].copy(pages)
        data: bytes = whole.write_pdf(pdf_variant=VARIANT, pdf_identifier=identity, finisher=_compress)
        return data

    def _styles(self, layout: str) -> list[CSS]:
        return [
            CSS(string=path.read_text("utf-8"), font_config=self.fonts, url_fetcher=self.pictures)
            for path in style_files(layout)
        ]


class Problems(logging.Handler):
    """Collects what the engine only mentions and a clerk must not overlook."""

    def __init__(self) -> None:
        """Keep warnings and worse."""
        super().__init__(logging.WARNING)
        self.sentences: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the sentence for a person."""
        self.sentences.append(_sentence(record.getMessage()))


@contextmanager
def problems_raised() -> Iterator[None]:
    """Refuse what the engine complained about inside.

    Raises:
        RefusedError: The complaints, in words for a person.
    """
    handler = Problems()
    LOGGER.addHandler(handler)
    try:
        yield
    except FatalURLFetchingError as error:
        # A BaseException, so that the engine itself cannot swallow it; ours may be handled by anyone.
        cause = error.__cause__
        raise RefusedError(str(cause) if isinstance(cause, RefusedError) else OUTSIDE) from error
    finally:
        LOGGER.removeHandler(handler)
    if handler.sentences:
        raise RefusedError(" ".join(dict.fromkeys(handler.sentences)))


def _compress(_document: Document, pdf: pydyf.PDF) -> None:
    """Compress the parts before the engine does: a hundredth larger than by its own hand, in half the time."""
    for part in pdf.objects:
        if isinstance(part, pydyf.Stream) and part.compress and all(isinstance(piece, bytes) for piece in part.stream):
            part.stream = [zlib.compress(b"\n".join(part.stream), LEVEL)]
            part.extra["Filter"] = "/FlateDecode"
            part.compress = False


def _check_picture(data: bytes) -> None:
    try:
        with Image.open(io.BytesIO(data), formats=KINDS) as picture:
            width, height = picture.size
    except Image.DecompressionBombError as error:
        raise RefusedError(LARGE_PICTURE) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise RefusedError(NO_PICTURE) from error
    if width * height > MOST_PIXELS:
        raise RefusedError(LARGE_PICTURE)


def _sentence(message: str) -> str:
    if match := NO_GLYPH.search(message):
        return f"字体中没有“{match['char']}”（U+{ord(match['char']):04X}），请换成常用的写法。"
    return f"文书没有按要求生成（{message[:200]}）。请联系系统管理员。"
