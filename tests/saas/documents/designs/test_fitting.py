"""Prints are measured: their pages, and what lies at the edge of the paper; samples are shown under a mark."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PIL import Image

from blueprints.mediation.documents import FORMS
from saas.documents import render
from saas.documents.designs import fitting
from saas.documents.designs.pictures import picture
from saas.documents.dress import PLAIN
from tests.printing import printing

FORM = next(form for form in FORMS if form.code == "mediation.termination")
PAGE = "<html lang='zh-CN'><head><title>甲</title></head><body><p style='{}'>一行文字</p></body></html>"


@pytest.fixture(autouse=True)
def _printing() -> Iterator[None]:
    with printing():
        yield


def printed(style: str) -> bytes:
    return render.pdf(PAGE.format(style), "letter")


@pytest.mark.parametrize(
    ("style", "is_outside"),
    [("", False), ("position:absolute;left:175mm", True), ("position:absolute;top:-36mm", True)],
)
def test_what_lies_at_the_edge_is_counted(style: str, *, is_outside: bool) -> None:
    found = fitting.measure(printed(style))

    assert (found.pages, found.outside > 0) == (1, is_outside)


def test_pages_are_counted() -> None:
    form = next(form for form in FORMS if form.pages[0] > 1)

    found = fitting.measure(render.pdf(render.html(form, form.sample), form.layout))

    assert form.pages[0] <= found.pages <= form.pages[1]


def test_every_form_of_the_line_fits_in_no_dress() -> None:
    assert [one.message for form in FORMS for one in fitting.faults(form, PLAIN)] == []


def test_a_form_whose_sample_has_too_many_pages_is_told() -> None:
    short = replace(FORM, pages=(0, -1))

    assert [one.code for one in fitting.faults(short, PLAIN)] == ["DD501"]


def test_long_values_are_as_long_as_a_long_one_and_choices_stay() -> None:
    values = fitting.stretched(FORM.schema(), FORM.sample)

    assert len(values["party_names"]) >= fitting.LONG
    assert values["remedies"] == FORM.sample["remedies"]
    FORM.load(values)


def test_no_more_forms_are_laid_out_than_a_request_can_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "MOST_FORMS", 1)

    found = fitting.problems(FORMS[:3], PLAIN)

    assert [(one.code, one.severity) for one in found] == [("DD503", "warning")]
    assert FORMS[2].title in found[0].message


def test_a_mark_is_written_across_each_page() -> None:
    data = printed("")
    plain, marked = (Image.open(io.BytesIO(picture(data, mark=mark))) for mark in ("", "样例"))

    assert plain.size == marked.size
    assert plain.tobytes() != marked.tobytes()
