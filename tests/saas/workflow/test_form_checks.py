"""Faults planted in the questions of a process, and the codes that find them."""

from typing import Any

import pytest

from saas.fields.form import FieldDefinition, FormDefinition, PageDefinition
from saas.workflow.definition import parse
from saas.workflow.form_checks import check_forms
from tests.saas.workflow import samples
from tests.saas.workflow.test_forms_editing import ASK, LINE

ACCEPT = FormDefinition(
    "loan.accept", "受理", (PageDefinition("one", "受理", (FieldDefinition("handler", "承办人", "person"),)),)
)
FORMS = {ASK: LINE, "loan.accept": ACCEPT}
LISTS = {"loan.kinds": {"01", "02"}}
DOCUMENTS = ["loan.request", "loan.slip"]


def question(**changed: object) -> dict[str, Any]:
    return {"page": "what", "after": "kind", "field": {"id": "x_1", "label": "册数", "type": "text"} | changed}


def found(body: dict[str, Any]) -> dict[str, str]:
    """The places of the problems by code."""
    definition = parse(body)
    forms = {**definition.forms, **FORMS}
    return {one.code: one.place for one in check_forms(definition, forms, DOCUMENTS, LISTS)}


def with_questions(*some: dict[str, Any], key: str = ASK) -> dict[str, Any]:
    return samples.body() | {"extra_fields": {key: list(some)}}


def test_a_sound_question_has_no_problem() -> None:
    listed = {"id": "x_2", "type": "choice", "list": "loan.kinds", "label": "类别"}
    hidden = {"id": "x_3", "label": "光盘号", "show_if": {"kind": "disc"}, "print": ["loan.slip"]}

    assert found(with_questions(question(), question(**listed), question(**hidden))) == {}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"label": " "}, "FM701"),
        ({"id": "handler"}, "FM702"),
        ({"id": "kind"}, "FM702"),
        ({"show_if": {"later": "1"}}, "FM703"),
        ({"show_if": {"book": "x"}, "id": "x_9"}, "FM703"),
        ({"show_if": {"kind": "tape"}}, "FM704"),
        ({"print": ["loan.none"]}, "FM705"),
        ({"label": "种类"}, "FM708"),
        ({"party": "applicant", "attr": "name"}, "FM709"),
        ({"type": "choice", "list": "loan.none"}, "FM710"),
    ],
)
def test_a_planted_fault_is_found_at_its_question(changed: dict[str, Any], code: str) -> None:
    name = changed.get("id", "x_1")

    assert found(with_questions(question(**changed)))[code] == f"forms.{ASK}.{name}"


def test_an_option_twice_is_found() -> None:
    twice = [{"value": "o1", "label": "甲"}, {"value": "o1", "label": "乙"}]

    assert found(with_questions(question(type="radio", options=twice))) == {"FM702": f"forms.{ASK}.x_1"}


def test_a_condition_on_an_entry_of_the_citys_own_is_believed() -> None:
    listed = question(id="x_2", type="choice", list="loan.kinds", label="类别")
    hidden = question(id="x_3", label="光盘号", show_if={"x_2": "x7"}) | {"after": "x_2"}

    assert found(with_questions(listed, hidden)) == {}


def test_questions_for_a_form_nobody_asks_are_found() -> None:
    assert found(with_questions(question(), key="loan.return")) == {"FM707": "forms.loan.return"}


def test_a_page_that_is_gone_is_a_doubt() -> None:
    assert found(with_questions(question() | {"page": "gone"})) == {"FM711": f"forms.{ASK}.x_1"}


def own_form(key: str = "own.f_1", count: int = 1) -> dict[str, Any]:
    asked = [{"id": f"q_{number}", "label": f"第{number}问", "type": "text"} for number in range(count)]
    return {"key": key, "title": "勘查", "pages": [{"id": "p_1", "title": "勘查", "fields": asked}]}


def test_an_own_form_that_no_step_asks_is_a_doubt() -> None:
    assert found(samples.body() | {"forms": [own_form()]}) == {"FM712": "forms.own.f_1"}


def test_an_own_form_cannot_take_the_place_of_the_lines() -> None:
    assert found(samples.body() | {"forms": [own_form(ASK)]})["FM713"] == f"forms.{ASK}"


@pytest.mark.parametrize(("who", "codes"), [("reader", {}), ("citizen", {"FM714": "forms.own.f_1"})])
def test_a_citizen_is_not_asked_too_much_on_one_page(who: str, codes: dict[str, str]) -> None:
    body = samples.body() | {"forms": [own_form(count=13)]}
    body["roles"] = {**body["roles"], "citizen": "当事人"}
    body["opens"][0] |= {"form": "own.f_1", "by": [who]}

    assert found(body) == codes
