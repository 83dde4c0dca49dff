"""Rendering: nothing from outside, no missing glyph, no surprise."""

import io
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from saas.config_parts import ConfigError
from saas.documents import render
from saas.documents.fonts import DocumentProblem, check_coverage, missing
from saas.documents.pages import count_pages, page_texts
from saas.errors import InvalidInputError
from tests.printing import FONTS, printing, sheet, squeezed

UNKNOWN = "\U000f0000"


@pytest.fixture(autouse=True)
def _printing() -> Iterator[None]:
    with printing():
        yield


def test_a_character_without_a_glyph_is_named_and_not_printed_as_a_box() -> None:
    with pytest.raises(DocumentProblem, match="U\\+F0000"):
        render.pdf(sheet(UNKNOWN), "table")


def test_a_problem_of_one_print_is_not_told_of_the_next() -> None:
    with pytest.raises(DocumentProblem):
        render.pdf(sheet(UNKNOWN), "table")
    assert count_pages(render.pdf(sheet("好"), "table")) == 1


@pytest.mark.parametrize("name", ["王䶮", "李㛃", "𬭊", "𬱖"])
def test_rare_characters_of_names_are_printed(name: str) -> None:
    assert missing(name, FONTS) == []
    assert count_pages(render.pdf(sheet(name), "letter")) == 1


def test_characters_that_cannot_be_printed_are_refused_with_the_label_of_their_field() -> None:
    with pytest.raises(InvalidInputError) as caught:
        check_coverage({"name": f"王{UNKNOWN}"}, {"name": "姓名"}, FONTS)
    assert caught.value.fields["name"].startswith(f"姓名中的“{UNKNOWN}”（U+F0000）不能打印")


def test_a_print_is_an_archive_file_with_embedded_fonts_and_no_clock(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(render.pdf(sheet("人民"), "table"))
    with pikepdf.open(path) as pdf:
        assert b"pdfaid" in pdf.Root.Metadata.read_bytes()
        assert "/CreationDate" not in pdf.docinfo
        fonts = pdf.pages[0].Resources.Font.values()
        assert all("App" in str(font.BaseFont) for font in fonts)


def test_a_print_is_the_same_whatever_was_printed_before_it() -> None:
    pages = [(sheet(f"第{number}份"), layout) for number, layout in enumerate(("table", "letter", "table"))]
    assert [render.pdf(*page) for page in pages] == [render.pdf(*page) for page in reversed(pages)][::-1]


def test_many_prints_in_one_file_have_all_pages_in_their_order_and_each_font_once() -> None:
    data = render.bundle([(sheet("甲文书"), "table"), (sheet("乙文书"), "letter"), (sheet("丙文书"), "table")])
    assert [text.split()[0] for text in page_texts(data)] == ["甲文书", "乙文书", "丙文书"]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        names = [
            str(each.FontName) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each
        ]
    assert len(names) == len(set(names))


def test_markup_in_values_is_text() -> None:
    values = {"committee": "<b>甲&乙</b>", "case_number": "1"}
    markup = render.page("mediation/documents/back_cover.html", "封底", "back", values)
    assert "&lt;b&gt;甲&amp;乙&lt;/b&gt;" in markup


@pytest.mark.parametrize("text", ["{{ 7 * 7 }}", "{% for n in range(10) %}{{ n }}{% endfor %}", "{# 无 #}"])
def test_what_looks_like_a_template_in_a_value_is_printed_as_it_is(text: str) -> None:
    values = {"committee": text, "case_number": "1"}
    markup = render.page("mediation/documents/back_cover.html", "封底", "back", values)
    assert squeezed(text) in squeezed(page_texts(render.pdf(markup, "back"))[0])


def test_a_template_with_a_value_nobody_gave_is_refused_with_the_name_of_the_value() -> None:
    with pytest.raises(DocumentProblem, match=r"文书模板有错误.*committee"):
        render.page("mediation/documents/back_cover.html", "封底", "back", {"case_number": "1"})


def test_half_a_character_is_refused() -> None:
    with pytest.raises(DocumentProblem, match=r"U\+D800"):
        render.pdf(sheet("王\ud800"), "table")


def test_what_prints_here_is_told_in_one_line() -> None:
    told = render.renderer()
    assert re.fullmatch(
        r"weasyprint [\d.]+, pydyf [\d.]+, pango [\d.]+, harfbuzz [\d.]+, zlib [\d.]+, fonts [0-9a-f]{16}", told
    )


def test_the_digest_of_a_template_is_made_of_all_it_is_built_on() -> None:
    parts = {path.name for path in render._templates("documents/own.html")}
    assert {"own.html", "base.html"} <= parts


def test_a_text_beyond_reason_is_refused_before_it_is_laid_out() -> None:
    with pytest.raises(DocumentProblem, match="太长"):
        render.pdf(sheet("长" * 400_000), "table")


def test_a_folder_without_fonts_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"fonts\.conf"):
        render.check_engine(tmp_path)


def test_a_folder_with_a_configuration_but_no_font_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").touch()
    with pytest.raises(DocumentProblem):
        render.check_engine(tmp_path)


def test_a_press_that_cannot_run_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AppFang.ttf", "fonts.conf"):
        shutil.copy(FONTS / name, tmp_path)
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    with pytest.raises(ConfigError, match="press cannot be started"):
        render.check_engine(tmp_path)


def test_the_packed_fonts_let_the_application_start() -> None:
    render.check_engine(FONTS)
