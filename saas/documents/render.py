"""Turns a form and its values into HTML and PDF.

The output depends on nothing but the template, the styles, the fonts and the values. The HTML is made here, from our
own templates; the PDF by the press, which knows nothing else of the application.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, meta

from saas.config import current_config
from saas.config_parts import ConfigError
from saas.documents import layouts, press_pool, press_styles
from saas.documents.designs.blocks import filled
from saas.documents.dress import PLAIN, Dress
from saas.documents.fonts import DocumentProblem, characters, check_families, digest
from saas.documents.form import Form, Snapshot
from saas.documents.press_limits import Limits
from saas.documents.press_styles import style_files

TEMPLATES = press_styles.TEMPLATES


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
    try:
        return _environment().get_template(template).render(**values, **about)
    except TemplateError as error:
        raise DocumentProblem(f"文书模板有错误，不能生成（{error.message}）。请联系系统管理员。") from error


def pdf(markup: str, layout: str, *, limits: Limits | None = None) -> bytes:
    """HTML printed with the styles of a layout: PDF/A-3b, the same bytes for the same input.

    Raises:
        DocumentProblem: a character has no glyph, something outside was asked for, or it would take too much.
    """
    return bundle([(markup, layout)], limits=limits)


def bundle(pages: Sequence[tuple[str, str]], *, limits: Limits | None = None) -> bytes:
    """Many prints as one PDF, to be looked at or put on paper in one go; each font is in it once.

    That is what makes it small and quick. It is no issued document: those are printed, kept and signed one by one.

    Raises:
        DocumentProblem: one of them cannot be printed.
    """
    return press_pool.printed(pages, current_config().fonts_dir, limits)


def renderer() -> str:
    """What prints here, in one line: the versions of everything that decides the bytes, and the fonts.

    Raises:
        DocumentProblem: the press cannot be started.
    """
    return _renderer(current_config().fonts_dir)


def template_digest(form: Form) -> str:
    """The SHA-256 of the templates and styles a form is printed with, to tell old prints from new."""
    return _template_digest(form.template, form.layout)


def check_engine(folder: Path) -> None:
    """Refuse to start where printing would be a hundred times slower or with the wrong fonts.

    Raises:
        ConfigError: names what to install.
    """
    if not (folder / "fonts.conf").is_file():
        message = f"FENGQIAO_FONTS_DIR: {folder} has no fonts.conf; run the set-up again."
        raise ConfigError(message)
    characters(folder)
    check_families(folder)
    try:
        about = press_pool.pool(folder).about()
    except DocumentProblem as error:
        raise ConfigError("The press cannot be started: what it wrote above says why (libpango is needed).") from error
    if not about["subset"]:
        raise ConfigError("libharfbuzz-subset0 is not installed: documents cannot be printed in reasonable time.")


@cache
def _template_digest(template: str, layout: str) -> str:
    parts = sorted({*_templates(template), *style_files(layout)})
    return sha256(b"".join(path.read_bytes() for path in parts)).hexdigest()


@cache
def _renderer(folder: Path) -> str:
    versions = press_pool.pool(folder).about()["versions"]
    named = [f"{name} {version}" for name, version in versions.items()]
    return ", ".join([*named, f"fonts {digest(folder)[:16]}"])


def _templates(name: str) -> Iterator[Path]:
    """A template and all it is built on."""
    path = TEMPLATES / name
    yield path
    for used in meta.find_referenced_templates(_environment().parse(path.read_text("utf-8"))):
        if used is not None:
            yield from _templates(used)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # what is printed is what the digest was made of
        trim_blocks=True,
        lstrip_blocks=True,
    )
