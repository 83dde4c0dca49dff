"""Editing the forms of a process: questions among locked ones, own forms whole, and what may not be."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from saas.fields.form import FieldDefinition, FormDefinition, PageDefinition
from saas.workflow import forms_editing
from saas.workflow.definition import parse
from saas.workflow.editing import EditError
from saas.workflow.forms import extended
from tests.saas.workflow import samples

Attempt = Callable[[dict[str, Any]], object]

ASK = "loan.ask"
LINE = FormDefinition(
    ASK,
    "借阅申请",
    (
        PageDefinition("who", "谁借", (FieldDefinition("reader", "姓名", "text"),)),
        PageDefinition(
            "what",
            "借什么",
            (
                FieldDefinition("kind", "种类", "choice", options=(("book", "书"), ("disc", "光盘"))),
                FieldDefinition("book", "书名", "text"),
            ),
        ),
    ),
)


def body_with(*places: tuple[str, str | None, str]) -> dict[str, Any]:
    """The sample process with questions added: page, neighbour, id."""
    added = [
        {"page": page, "after": after, "field": {"id": id_, "label": id_.upper(), "type": "text"}}
        for page, after, id_ in places
    ]
    return samples.body() | {"extra_fields": {ASK: added}}


def ids(body: dict[str, Any]) -> list[list[str]]:
    """The ids of the questions page by page, as a case would be asked."""
    form = extended(LINE, parse(body).extra_fields.get(ASK, ()))
    return [[one.id for one in page.fields] for page in form.pages]


@pytest.mark.parametrize(
    ("places", "pages"),
    [
        ([("who", None, "x")], [["reader", "x"], ["kind", "book"]]),
        ([("who", "", "x")], [["x", "reader"], ["kind", "book"]]),
        ([("what", "kind", "x"), ("what", "x", "y")], [["reader"], ["kind", "x", "y", "book"]]),
        ([("gone", "kind", "x")], [["reader"], ["kind", "x", "book"]]),
        ([("who", "gone", "x")], [["reader", "x"], ["kind", "book"]]),
    ],
)
def test_a_question_stands_in_its_place(places: list[tuple[str, str | None, str]], pages: list[list[str]]) -> None:
    assert ids(body_with(*places)) == pages


@pytest.mark.parametrize("sort", [sort.code for sort in forms_editing.LIBRARY if sort.fixed is None])
def test_whatever_is_added_from_the_library_can_be_published(sort: str) -> None:
    edit = forms_editing.add(samples.body(), ASK, LINE, sort, "what", "新问题")

    assert parse(edit.body).extra_fields[ASK][0].field.id == edit.place
    assert edit.what == "在“借阅申请”中添加“新问题”"


@pytest.mark.parametrize("sort", [sort.code for sort in forms_editing.LIBRARY])
def test_whatever_is_added_to_an_own_form_can_be_published(sort: str) -> None:
    made = forms_editing.add_form(samples.body(), "勘查")
    page = made.body["forms"][0]["pages"][0]["id"]
    edit = forms_editing.add(made.body, made.place, None, sort, page, "")

    assert parse(edit.body).forms[made.place].field_ids == (edit.place,)


def test_moving_a_question_to_and_fro_changes_nothing() -> None:
    body = body_with(("what", "kind", "x"), ("what", "x", "y"))
    there = forms_editing.move(body, ASK, LINE, "x", 1)
    back = forms_editing.move(there.body, ASK, LINE, "x", -1)

    assert ids(there.body) == [["reader"], ["kind", "y", "x", "book"]]
    assert ids(back.body) == ids(body)


def test_a_question_moves_through_the_whole_form_and_no_further() -> None:
    body, seen = body_with(("who", "", "x")), []
    for _ in range(4):
        seen.append(ids(body))
        body = forms_editing.move(body, ASK, LINE, "x", 1).body
    assert [*seen[1:], ids(body)] == [
        [["reader", "x"], ["kind", "book"]],
        [["reader"], ["x", "kind", "book"]],
        [["reader"], ["kind", "x", "book"]],
        [["reader"], ["kind", "book", "x"]],
    ]
    with pytest.raises(EditError, match="最后面"):
        forms_editing.move(body, ASK, LINE, "x", 1)


def test_buttons_and_hand_come_to_the_same() -> None:
    body = body_with(("what", "kind", "x"))
    by_button = forms_editing.move(body, ASK, LINE, "x", -1)
    by_hand = forms_editing.place(body, ASK, LINE, "x", "what", 0)

    assert by_button.body == by_hand.body


@pytest.mark.parametrize(
    "attempt",
    [
        lambda body: forms_editing.change(body, ASK, LINE, "reader", {"label": "别的"}),
        lambda body: forms_editing.move(body, ASK, LINE, "reader", 1),
        lambda body: forms_editing.place(body, ASK, LINE, "book", "who", 0),
        lambda body: forms_editing.remove(body, ASK, LINE, "kind"),
    ],
)
def test_what_the_line_of_work_asks_is_locked(attempt: Attempt) -> None:
    with pytest.raises(EditError, match="已经锁定"):
        attempt(samples.body())


@pytest.mark.parametrize(
    "attempt",
    [
        lambda body: forms_editing.change_form(body, ASK, "别的", ""),
        lambda body: forms_editing.add_page(body, ASK, "又一页"),
        lambda body: forms_editing.remove_page(body, ASK, "who"),
        lambda body: forms_editing.remove_form(body, ASK),
    ],
)
def test_pages_of_the_line_of_work_stay_as_they_are(attempt: Attempt) -> None:
    with pytest.raises(EditError, match="规定的表单"):
        attempt(samples.body())


def test_a_condition_keeps_a_question_behind_what_it_depends_on() -> None:
    body = body_with(("what", "kind", "x"))
    sheet = forms_editing.open_sheet(body, ASK, LINE)
    one = sheet.find("x")[1]
    values = forms_editing.question({"label": ["X"], "show_if": ["kind=disc", "", "kind=book"]}, one)
    made = forms_editing.change(body, ASK, LINE, "x", values).body

    assert parse(made).extra_fields[ASK][0].field.show_if == {"kind": ("disc", "book")}
    with pytest.raises(EditError, match="必须排在“种类”的后面"):
        forms_editing.place(made, ASK, LINE, "x", "who", 0)


def test_conditions_are_offered_of_the_choices_asked_before() -> None:
    sheet = forms_editing.open_sheet(body_with(("who", "", "w"), ("what", "book", "x")), ASK, LINE)

    offered = forms_editing.conditions_for(sheet, sheet.find("x")[1], {})
    assert offered == [("kind=book", "“种类”是“书”"), ("kind=disc", "“种类”是“光盘”")]
    assert forms_editing.conditions_for(sheet, sheet.find("w")[1], {}) == []


def test_an_option_keeps_its_value_while_its_words_stay() -> None:
    body = forms_editing.add(samples.body(), ASK, LINE, "radio", "what", "怎么取").body
    one = next(one for one in forms_editing.open_sheet(body, ASK, LINE).questions if not one.locked)
    values = forms_editing.question({"label": ["怎么取"], "options": ["选项二\n\n邮寄\n邮寄\n"]}, one)

    assert values["options"] == [{"value": "o2", "label": "选项二"}, {"value": "o3", "label": "邮寄"}]


@pytest.mark.parametrize(("masked", "mask"), [(["true"], "phone"), ([], None)])
def test_an_answer_is_hidden_in_the_way_of_its_kind(masked: list[str], mask: str | None) -> None:
    edit = forms_editing.add(samples.body(), ASK, LINE, "phone", "who", "电话")
    one = forms_editing.open_sheet(edit.body, ASK, LINE).find(edit.place)[1]
    values = forms_editing.question({"label": ["电话"], "masked": masked}, one)
    made = forms_editing.change(edit.body, ASK, LINE, edit.place, values).body

    assert parse(made).extra_fields[ASK][0].field.mask == mask


@pytest.mark.parametrize(
    ("sort", "sent", "name"),
    [
        ("text", {"label": [" "]}, "label"),
        ("text", {"label": ["长" * 61]}, "label"),
        ("text", {"label": ["x"], "hint": ["长" * 201]}, "hint"),
        ("radio", {"label": ["x"], "options": ["一个"]}, "options"),
        ("integer", {"label": ["x"], "min": ["许多"]}, "min"),
        ("integer", {"label": ["x"], "min": ["--5"]}, "min"),
        ("text", {"label": ["x"], "max_length": ["1.5"]}, "max_length"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(sort: str, sent: dict[str, list[str]], name: str) -> None:
    edit = forms_editing.add(samples.body(), ASK, LINE, sort, "what", "新问题")
    one = forms_editing.open_sheet(edit.body, ASK, LINE).find(edit.place)[1]
    with pytest.raises(EditError) as refusal:
        forms_editing.change(edit.body, ASK, LINE, edit.place, forms_editing.question(sent, one))

    assert list(refusal.value.fields) == [name]


def test_an_unchanged_question_is_no_edit() -> None:
    body = body_with(("what", "kind", "x"))

    assert forms_editing.change(body, ASK, LINE, "x", {"label": "X", "required": False, "hint": ""}).what == ""


@pytest.mark.parametrize(
    "user",
    [
        {"papers": [{"code": "own.slip", "title": "回执", "paragraphs": ["共{case.x_1}册。"]}]},
        {"figures": [{"code": "own.sum", "title": "册数", "event": ["lend"], "amount_field": "x_1"}]},
        {
            "decisions": {
                "d": {
                    "title": "表",
                    "inputs": {"form.x_1": "bool"},
                    "rules": [{"if": {"form.x_1": True}, "then": "yes"}],
                }
            }
        },
    ],
)
def test_a_question_that_is_needed_elsewhere_does_not_go(user: dict[str, Any]) -> None:
    body = body_with(("what", "kind", "x_1"), ("what", "x_1", "x_12")) | user

    with pytest.raises(EditError, match="还用在"):
        forms_editing.remove(body, ASK, LINE, "x_1")
    assert ids(forms_editing.remove(body, ASK, LINE, "x_12").body) == [["reader"], ["kind", "x_1", "book"]]


def test_taking_the_last_added_question_away_leaves_the_body_as_it_was() -> None:
    body = samples.body()
    edit = forms_editing.add(body, ASK, LINE, "text", "who", "备注")

    assert forms_editing.remove(edit.body, ASK, LINE, edit.place).body == body


def test_an_edit_leaves_the_body_it_was_given_alone() -> None:
    body = body_with(("what", "kind", "x"))
    before = deepcopy(body)
    forms_editing.move(body, ASK, LINE, "x", 1)
    forms_editing.change(body, ASK, LINE, "x", {"label": "别的"})

    assert body == before


def test_who_is_a_party_is_asked_once_and_by_own_forms_only() -> None:
    with pytest.raises(EditError, match="只能在本市自建的表单里"):
        forms_editing.add(samples.body(), ASK, LINE, "applicant_name", "who", "")
    groups = forms_editing.library_for(own=True, taken=frozenset({"applicant_name"}))
    assert "applicant_name" not in {sort.code for sort in groups[forms_editing.PARTY_GROUP]}


def test_a_form_in_use_does_not_go() -> None:
    made = forms_editing.add_form(samples.body(), "勘查")
    body = made.body
    body["transitions"][1]["form"] = made.place

    with pytest.raises(EditError, match="还在使用"):
        forms_editing.remove_form(body, made.place)


def test_a_page_with_questions_does_not_go() -> None:
    made = forms_editing.add_form(samples.body(), "勘查")
    first = made.body["forms"][0]["pages"][0]["id"]
    body = forms_editing.add(made.body, made.place, None, "text", first, "地点").body
    with pytest.raises(EditError, match="还有问题"):
        forms_editing.remove_page(body, made.place, first)

    body = forms_editing.add_page(body, made.place, "照片").body
    second = body["forms"][0]["pages"][1]["id"]
    left = forms_editing.remove_page(body, made.place, second).body
    assert [page["id"] for page in left["forms"][0]["pages"]] == [first]
