"""Every form filled to its limits stays on its paper, and blocks a city may reword are printed in its words."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from marshmallow import fields, validate

import blueprints
from saas.documents import general, papers, render
from saas.documents.dress import Dress
from saas.documents.form import Form
from saas.documents.pages import page_texts
from saas.own_lines import framing
from tests.measuring import Box, characters, seal
from tests.printing import printing, squeezed

DECLARED = [form for domain in blueprints.discover() for form in domain.forms]
OWN = papers.issued_form("own.notice", "通知书")
CERTIFICATE = replace(OWN, code="own.certificate", template="documents/certificate.html", layout="certificate")
FORMS = sorted((*DECLARED, *framing.FORMS, *general.FORMS, OWN, CERTIFICATE), key=lambda form: str(form.code))
each_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
PARAGRAPH = "当事人陈述事情经过，时间、地点和原因都说得很细，包括每一次来往的数额（人民币）和票据。" * 80
LONGEST = 3000
EMPTY = 12  # characters; a page number and a word
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
# Left, top, right and bottom of what a layout may print on, page numbers and places to sign included, in millimetres.
PAPER = {
    "letter": (28, 22, 184, 275),
    "record": (28, 10, 188, 292),
    "certificate": (39, 10, 171, 255),
    "cover": (30, 10, 188, 272),
    "back": (28, 10, 184, 262),
    "ledger": (18, 8, 279, 203),
}
ANY_PAPER = (28, 8, 190, 291)  # five millimetres at the foot are those that printers cannot reach


@pytest.fixture(scope="module", autouse=True)
def _printing() -> Iterator[None]:
    with printing():
        yield


def fullest(each: fields.Field[Any]) -> Any:  # noqa: ANN401 - whatever the value of a field is
    """The longest value a field takes; of choices the last."""
    if isinstance(each, fields.Nested):
        return {name: fullest(inner) for name, inner in each.schema.fields.items()}
    if isinstance(each, fields.List):
        return [fullest(each.inner)] * (1 if _choices(each.inner) else 2)
    if choices := _choices(each):
        return choices[-1]
    most = next(int(rule.max or 0) for rule in each.validators if isinstance(rule, validate.Length) and rule.max)
    text = PARAGRAPH[: min(most, LONGEST)]
    return text[: -len(LATIN)] + LATIN if len(text) > 2 * len(LATIN) else text


def _choices(each: fields.Field[Any]) -> list[str]:
    return next((list(rule.choices) for rule in each.validators if isinstance(rule, validate.OneOf)), [])


def outside(form: Form, page: list[Box]) -> list[Box]:
    left, top, right, bottom = PAPER.get(form.layout, ANY_PAPER)
    over = [box for box in page if box.left < left - 1 or box.right > right + 1]
    return over + [box for box in page if box.top < top or box.bottom > bottom + 1]


@each_form
def test_a_full_form_stays_on_its_paper_and_leaves_no_page_empty(form: Form) -> None:
    values = {name: fullest(each) for name, each in form.schema().fields.items() if name != "lacking"}
    dress = Dress(
        letterhead="某某省某某市某某区司法局人民调解工作办公室",
        footer=("抄送：" + "各司法所，" * 20, "办公室　{date}印发"),
    )
    markup = render.html(form, values | {"lacking": []}, dress=dress, seal=seal())
    pages = characters(render.pdf(markup, form.layout))
    assert [outside(form, page) for page in pages if outside(form, page)] == []
    assert [len(page) for page in pages if len(page) < EMPTY] == []


@each_form
def test_a_city_s_words_are_printed_instead_of_the_template_s(form: Form) -> None:
    for name, (title, own) in form.words.items():
        dress = Dress(wording={f"{form.code}.{name}": "本市的话<b>\n第二段"})
        text = squeezed("".join(page_texts(render.pdf(render.html(form, form.sample, dress=dress), form.layout))))
        assert title
        assert "本市的话<b>" in text
        assert "第二段" in text
        assert not own or squeezed(own) not in text
