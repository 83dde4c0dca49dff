"""Rendering: nothing from outside, no missing glyph, no surprise."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from saas.config_parts import ConfigError
from saas.documents import render
from saas.documents.fonts import DocumentProblem, check_coverage, missing
from saas.documents.pages import count_pages
from saas.errors import InvalidInputError
from tests.printing import FONTS, printing

UNKNOWN = "\U000f0000"


@pytest.fixture(autouse=True)
def _printing() -> Iterator[None]:
    with printing():
        yield


def page(body: str) -> str:
    return f'<!DOCTYPE html><html lang="zh-CN"><head><title>页</title></head><body>{body}</body></html>'


@pytest.mark.parametrize(
    "body",
    [
        '<img src="file:///etc/passwd">',
        '<img src="http://127.0.0.1:1/a.png">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<link rel="stylesheet" href="file:///etc/passwd">',
    ],
)
def test_whatever_lies_outside_is_refused(body: str) -> None:
    with pytest.raises(DocumentProblem):
        render.pdf(page(body), "table")


def test_a_character_without_a_glyph_is_named_and_not_printed_as_a_box() -> None:
    with pytest.raises(DocumentProblem, match="U\\+F0000"):
        render.pdf(page(UNKNOWN), "table")


def test_a_problem_of_one_print_is_not_told_of_the_next() -> None:
    with pytest.raises(DocumentProblem):
        render.pdf(page(UNKNOWN), "table")
    assert count_pages(render.pdf(page("好"), "table")) == 1
    assert not any(isinstance(each, render._ProblemHandler) for each in logging.getLogger("weasyprint").handlers)


@pytest.mark.parametrize("name", ["王䶮", "李㛃", "𬭊", "𬱖"])
def test_rare_characters_of_names_are_printed(name: str) -> None:
    assert missing(name, FONTS) == []
    assert count_pages(render.pdf(page(name), "letter")) == 1


def test_characters_that_cannot_be_printed_are_refused_with_the_label_of_their_field() -> None:
    with pytest.raises(InvalidInputError) as caught:
        check_coverage({"name": f"王{UNKNOWN}"}, {"name": "姓名"}, FONTS)
    assert caught.value.fields["name"].startswith(f"姓名中的“{UNKNOWN}”（U+F0000）不能打印")


def test_a_print_is_an_archive_file_with_embedded_fonts_and_no_clock(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(render.pdf(page("人民"), "table"))
    with pikepdf.open(path) as pdf:
        assert b"pdfaid" in pdf.Root.Metadata.read_bytes()
        assert "/CreationDate" not in pdf.docinfo
        fonts = pdf.pages[0].Resources.Font.values()
        assert all("App" in str(font.BaseFont) for font in fonts)


def test_markup_in_values_is_text() -> None:
    values = {"committee": "<b>甲&乙</b>", "case_number": "1"}
    markup = render.page("mediation/documents/back_cover.html", "封底", "back", values)
    assert "&lt;b&gt;甲&amp;乙&lt;/b&gt;" in markup


def test_a_text_beyond_reason_is_refused_before_it_is_laid_out() -> None:
    with pytest.raises(DocumentProblem, match="太长"):
        render.pdf(page("长" * 400_000), "table")


def test_a_folder_without_fonts_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"fonts\.conf"):
        render.check_engine(tmp_path)


def test_a_folder_with_a_configuration_but_no_font_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").touch()
    with pytest.raises(DocumentProblem):
        render.check_engine(tmp_path)


def test_the_packed_fonts_let_the_application_start() -> None:
    render.check_engine(FONTS)
