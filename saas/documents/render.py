"""Turns a form and its values into HTML and PDF; the only module that knows the PDF engine.

The output depends on nothing but the template, the styles, the fonts and the values.
"""

import logging
import os
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import CSS, HTML
from weasyprint.text.ffi import harfbuzz_subset
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from saas.config import current_config
from saas.config_parts import ConfigError
from saas.documents import layouts
from saas.documents.designs.blocks import filled
from saas.documents.dress import PLAIN, Dress
from saas.documents.fonts import DocumentProblem, characters
from saas.documents.form import Form, Snapshot

TEMPLATES = Path(__file__).parents[2] / "templates"
STYLES = TEMPLATES / "documents" / "css"
VARIANT = "pdf/a-3b"
LARGEST_HTML = 1_000_000  # bytes; a longer one would keep a worker busy for minutes
# Pango promises nothing to programs that call it from several threads: one thread prints for all.
PRINTER = ThreadPoolExecutor(1, "printer")
ENGINE_LOGGER = logging.getLogger("weasyprint")
NO_GLYPH = re.compile(r'\.notdef glyph .*"(?P<char>.)" \(U\+', re.DOTALL)


@dataclass(frozen=True)
class Engine:
    """What one process keeps between renders: making it anew each time is slow and leaks."""

    fonts: FontConfiguration
    fetcher: URLFetcher


class _ProblemHandler(logging.Handler):
    """Collects what the engine only mentions and a clerk must not overlook."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.problems: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the sentence for a person."""
        self.problems.append(_sentence(record.getMessage()))


def html(form: Form, values: Mapping[str, Any], *, dress: Dress = PLAIN, preview: bool = False, seal: str = "") -> str:
    """A form filled with values, in the city's dress; a preview says so across each page, without number and seal.

    ``seal`` is the picture of the seal as a ``data:`` address; empty leaves the place for one.
    """
    shown = {**values, "number": ""} if preview and "number" in values else dict(values)
    worded = {**shown, "words": form.worded(filled(form, dress.wording, shown))}
    return page(form.template, form.title, form.layout, worded, dress=dress, preview=preview, seal=seal)


def preview(form: Form, snapshot: Snapshot, *, dress: Dress = PLAIN) -> bytes:
    """A form as it would be printed now; what is not known yet is left open as on a copy for the hand."""
    open_places = form.blank()
    built = {name: value or open_places[name] for name, value in form.build(snapshot).items()}
    return pdf(html(form, built | form.added(snapshot), dress=dress, preview=True), form.layout)


def page(
    template: str,
    title: str,
    layout: str,
    values: Mapping[str, Any],
    *,
    dress: Dress = PLAIN,
    preview: bool = False,
    seal: str = "",
) -> str:
    """Any template of the documents filled with values."""
    about = {
        "document_title": title,
        "document_layout": layout,
        "dress": dress,
        "letterhead": layouts.letterhead(dress.letterhead),
        "colophon": layouts.colophon(dress.footer, values.get("issued_on", "")),
        "level": layouts.level,
        "preview": preview,
        "seal_uri": "" if preview else seal,
    }
    return _environment().get_template(template).render(**values, **about)


def pdf(markup: str, layout: str) -> bytes:
    """HTML printed with the styles of a layout: PDF/A-3b, the same bytes for the same input.

    Raises:
        DocumentProblem: a character has no glyph, something outside was asked for, or the text is too long.
    """
    if len(markup.encode()) > LARGEST_HTML:
        raise DocumentProblem("文书内容太长，请精简后重试。")
    return PRINTER.submit(_print_in_turn, markup, layout, current_config().fonts_dir).result()


def _print_in_turn(markup: str, layout: str, folder: Path) -> bytes:
    with _problems_raised():
        return _print(markup, _engine(folder), _styles(layout, folder))


def template_digest(form: Form) -> str:
    """The SHA-256 of the template and styles a form is printed with, to tell old prints from new."""
    parts = (TEMPLATES / form.template, *_style_files(form.layout))
    return sha256(b"".join(path.read_bytes() for path in parts)).hexdigest()


def check_engine(folder: Path) -> None:
    """Refuse to start where printing would be a hundred times slower or with the wrong fonts.

    Raises:
        ConfigError: names what to install.
    """
    if harfbuzz_subset is None:
        raise ConfigError("libharfbuzz-subset0 is not installed: documents cannot be printed in reasonable time.")
    if not (folder / "fonts.conf").is_file():
        message = f"FENGQIAO_FONTS_DIR: {folder} has no fonts.conf; run the set-up again."
        raise ConfigError(message)
    characters(folder)


def _print(markup: str, engine: Engine, styles: tuple[CSS, ...]) -> bytes:
    source = HTML(string=markup, url_fetcher=engine.fetcher)
    data: bytes = source.write_pdf(
        stylesheets=list(styles),
        font_config=engine.fonts,
        pdf_variant=VARIANT,
        pdf_identifier=sha256(markup.encode()).digest()[:16],
    )
    return data


@contextmanager
def _problems_raised() -> Iterator[None]:
    handler = _ProblemHandler()
    ENGINE_LOGGER.addHandler(handler)
    try:
        yield
    except FatalURLFetchingError as error:
        # A BaseException, so that the engine itself cannot swallow it; ours may be handled by anyone.
        raise DocumentProblem("文书引用了外部内容，不能生成。请联系系统管理员。") from error
    finally:
        ENGINE_LOGGER.removeHandler(handler)
    if handler.problems:
        raise DocumentProblem(" ".join(dict.fromkeys(handler.problems)))


def _sentence(message: str) -> str:
    if match := NO_GLYPH.search(message):
        return f"字体中没有“{match['char']}”（U+{ord(match['char']):04X}），请换成常用的写法。"
    return f"文书没有按要求生成（{message}）。请联系系统管理员。"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _engine(folder: Path) -> Engine:
    # Each configuration reads this variable anew; without it any font of the host could slip in.
    os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
    return Engine(FontConfiguration(), URLFetcher(allowed_protocols={"data"}, fail_on_errors=True))


@cache
def _styles(layout: str, folder: Path) -> tuple[CSS, ...]:
    engine = _engine(folder)
    return tuple(
        CSS(string=path.read_text("utf-8"), font_config=engine.fonts, url_fetcher=engine.fetcher)
        for path in _style_files(layout)
    )


def _style_files(layout: str) -> tuple[Path, Path]:
    return STYLES / "base.css", STYLES / f"{layout}.css"
