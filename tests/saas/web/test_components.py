"""Every component renders from sample values, as valid HTML that a strict content policy lets through."""

import re
from collections.abc import Iterator

import html5lib
import pytest
from flask import Flask, render_template, render_template_string

from tests.saas.web.component_samples import CALLS, VALUES
from tests.saas.web.gallery import TEMPLATES, shell_context, template_app

FORBIDDEN = re.compile(r"\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|hx-on|javascript:|data:image")
COMPONENTS = sorted(path.stem for path in (TEMPLATES / "components").glob("*.html"))
ERRORS = (400, 403, 404, 409, 413, 422, 429, 500, 503)
LAYOUTS = ("portal", "staff", "operator", "print")


@pytest.fixture(scope="module")
def gallery() -> Flask:
    return template_app()


@pytest.fixture
def in_request(gallery: Flask) -> Iterator[Flask]:
    with gallery.test_request_context("/"):
        yield gallery


def rendered(name: str) -> str:
    source = f'{{% from "components/{name}.html" import {name} %}}{CALLS[name]}'
    return render_template_string(source, **VALUES)


def page_of(layout: str, **more: object) -> str:
    source = f'{{% extends "layouts/{layout}.html" %}}{{% block title %}}待办{{% endblock %}}'
    return render_template_string(source, **(shell_context() | more))


def error_page(status: int, **more: object) -> str:
    return render_template(f"errors/{status}.html", **more)


def check_document(html: str) -> None:
    html5lib.HTMLParser(strict=True).parse(html)
    assert not FORBIDDEN.search(html)


def test_every_component_has_a_sample() -> None:
    assert sorted(CALLS) == COMPONENTS


@pytest.mark.parametrize("name", [name for name in COMPONENTS if not name.startswith("form_")])
def test_a_component_is_valid_html_without_inline_style_or_script(in_request: Flask, name: str) -> None:
    html = rendered(name)
    assert html.strip()
    check_document(f'<!doctype html><html lang="zh-CN"><head><title>t</title></head><body>{html}</body></html>')


def test_a_form_opens_with_its_token_and_key_and_closes(in_request: Flask) -> None:
    html = rendered("form_open") + rendered("form_close")
    assert '<input type="hidden" name="_csrf" value="token">' in html
    assert '<input type="hidden" name="_key" value="k1">' in html
    check_document(f"<!doctype html><title>t</title>{html}")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_a_valid_page_in_chinese(in_request: Flask, layout: str) -> None:
    html = page_of(layout, text_size="large")
    check_document(html)
    assert '<html lang="zh-CN" data-size="large">' in html
    assert "<title>待办 - 司法行政服务平台</title>" in html


@pytest.mark.parametrize("layout", ["portal", "staff"])
def test_a_layout_serves_somebody_who_is_not_signed_in(in_request: Flask, layout: str) -> None:
    html = page_of(layout, current_user=None, menu=[])
    check_document(html)
    assert "/sign-out" not in html


def test_the_title_of_a_refused_form_begins_with_the_word_error(in_request: Flask) -> None:
    assert "<title>错误：待办 - " in page_of("portal", errors=[("name", "请填写姓名。")])


@pytest.mark.parametrize("status", ERRORS)
def test_an_error_page_needs_no_knowledge_of_the_city_and_says_what_next(in_request: Flask, status: int) -> None:
    html = error_page(status)
    check_document(html)
    assert "您可以这样做" in html
    assert "tel:12348" in html


def test_the_not_found_page_is_the_same_whatever_the_reason(in_request: Flask) -> None:
    assert error_page(404) == error_page(404, message="属于另一城市", reasons=["无权查看"])


def test_a_refusal_lists_its_reasons(in_request: Flask) -> None:
    assert "<li>已被李华领取</li>" in error_page(409, detail=["已被李华领取"])


def test_a_field_says_label_hint_error_and_input_in_this_order(in_request: Flask) -> None:
    html = render_template_string('{% from "components/field.html" import field %}{{ field(QUESTIONS[1]) }}', **VALUES)
    places = [html.index(part) for part in ("form-label", "f-id_number-hint", "f-id_number-error", "<input")]
    assert places == sorted(places)
    assert 'aria-invalid="true" aria-describedby="f-id_number-hint f-id_number-error"' in html


def test_a_birth_date_is_asked_in_three_boxes_of_one_name(in_request: Flask) -> None:
    html = render_template_string('{% from "components/field.html" import field %}{{ field(QUESTIONS[2]) }}', **VALUES)
    assert re.findall(r'name="birth" value="(\d+)"', html) == ["1950", "3", "7"]


def test_typed_text_is_shown_as_text_not_as_markup(in_request: Flask) -> None:
    answers = [{"label": "姓名", "value": "<b>王</b>"}]
    html = render_template_string(
        '{% from "components/summary_list.html" import summary_list %}{{ summary_list(rows) }}', rows=answers
    )
    assert "&lt;b&gt;王&lt;/b&gt;" in html


def test_each_state_of_a_clock_has_its_own_word_and_icon(in_request: Flask) -> None:
    html = rendered("remaining_time")
    words = re.findall(r'class="tag tag-\w+"><svg.*?</svg>(.*?)</span>', html)
    glyphs = re.findall(r'class="tag tag-\w+"><svg.*?#([\w-]+)"', html)
    assert len(set(words)) == len(set(glyphs)) == len(VALUES["CLOCKS"])
