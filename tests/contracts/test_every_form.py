"""Every official form of every line of work prints: whole, blank, as a preview, and always the same."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from jinja2 import Environment, meta
from marshmallow import fields

import blueprints
from saas.documents import general, render
from saas.documents.form import Form
from saas.documents.pages import count_pages, page_texts
from saas.documents.press_styles import TEMPLATES
from saas.own_lines import framing
from tests.measuring import pictures, seal
from tests.printing import printing, squeezed

DECLARED = [form for domain in blueprints.discover() for form in domain.forms]
FORMS = sorted((*DECLARED, *framing.FORMS, *general.FORMS), key=lambda form: str(form.code))
GIVEN = {
    *("document_title", "document_layout", "preview", "added_rows", "dress", "letterhead", "colophon", "level"),
    *("red_head", "seal_uri", "words", "issue_note"),
}
each_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)


@pytest.fixture(scope="module", autouse=True)
def _printing() -> Iterator[None]:
    with printing():
        yield


def printed(form: Form, values: dict[str, Any], *, preview: bool = False) -> bytes:
    return render.pdf(render.html(form, values, preview=preview), form.layout)


@cache
def sample(code: str, *, preview: bool = False) -> bytes:
    """The sample of a form as it is printed, once for all tests that read it."""
    form = next(form for form in FORMS if form.code == code)
    return printed(form, form.sample, preview=preview)


def shown(each: fields.Field[Any], value: object) -> list[str]:
    """The texts of a value that must stand on the paper: all but what only decides how others are printed."""
    if not each.metadata.get("printed", True) or not value:
        return []
    if isinstance(each, fields.Nested) and isinstance(value, dict):
        return [text for name, inner in each.schema.fields.items() for text in shown(inner, value[name])]
    if isinstance(each, fields.List) and isinstance(value, list):
        return [text for item in value for text in shown(each.inner, item)]
    return [str(value)]


def names_used(form: Form) -> set[str]:
    sources = list(sources_of(form.template))
    found = {
        name
        for source in sources
        for name in meta.find_undeclared_variables(Environment(autoescape=True).parse(source))
    }
    # Names imported, set or defined at the top of a template count as unknown inside its blocks.
    text = "".join(sources)
    imported = {name.strip() for line in re.findall(r"import ([^%]+)%}", text) for name in line.split(",")}
    own = {name.removesuffix(" with context") for name in imported} | set(re.findall(r"{% (?:macro|set) (\w+)", text))
    return found - own - GIVEN


def sources_of(template: str) -> Iterator[str]:
    """A template and those it stands in."""
    source = (TEMPLATES / template).read_text("utf-8")
    yield source
    for parent in re.findall(r'{% extends "([^"]+)"', source):
        yield from sources_of(parent)


@each_form
def test_the_sample_fits_the_schema(form: Form) -> None:
    assert form.load(form.sample) == form.sample


@each_form
def test_the_sample_prints_on_the_expected_number_of_pages(form: Form) -> None:
    fewest, most = form.pages
    assert fewest <= count_pages(sample(form.code)) <= most


@each_form
def test_a_blank_copy_prints_without_growing(form: Form) -> None:
    assert count_pages(printed(form, form.blank())) <= form.pages[1]


@each_form
def test_the_template_uses_every_value_and_no_other(form: Form) -> None:
    assert names_used(form) == set(form.fields)


@each_form
def test_every_value_of_the_sample_stands_on_the_paper(form: Form) -> None:
    text = squeezed("".join(page_texts(sample(form.code))))
    values = [value for name, each in form.schema().fields.items() for value in shown(each, form.sample[name])]
    parts = [part for value in values for part in re.split(r"[，。；：、（）\s]", value)]
    # A part may be cut by the end of a page; nothing else may be missing.
    assert [part for part in parts if squeezed(part) not in text] == []


@each_form
def test_a_preview_says_so_on_each_page_and_has_no_number(form: Form) -> None:
    pages = page_texts(sample(form.code, preview=True))
    assert all("预览" in squeezed(page) for page in pages)
    number = form.sample.get("number")
    assert not number or squeezed(number) not in squeezed("".join(pages))


@each_form
def test_a_preview_bears_no_seal(form: Form) -> None:
    with_seal = render.html(form, form.sample, preview=True, seal=seal())
    assert with_seal == render.html(form, form.sample, preview=True)
    assert not any(pictures(render.pdf(with_seal, form.layout)))


@each_form
def test_a_preview_says_on_each_page_that_it_proves_nothing(form: Form) -> None:
    pages = page_texts(sample(form.code, preview=True))
    assert all("预览不作凭证" in squeezed(page) for page in pages)


@each_form
def test_two_prints_are_the_same_to_the_byte(form: Form) -> None:
    assert printed(form, form.sample) == sample(form.code)


@each_form
def test_a_form_says_where_it_comes_from(form: Form) -> None:
    assert form.source
    assert form.number_kind


def test_codes_of_forms_are_their_own() -> None:
    codes = [form.code for form in FORMS]
    assert len(codes) == len(set(codes)) >= 18
