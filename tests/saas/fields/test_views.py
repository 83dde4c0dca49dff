"""What the field component draws."""

import pytest

from saas.fields.definition import FormDefinition
from saas.fields.views import FieldView, sections, shown_ids
from tests.saas.fields.samples import CONTEXT


def _views(form: FormDefinition, values: dict[str, object], **errors: str) -> dict[str, FieldView]:
    return {view.id: view for section in sections(form, values, errors, CONTEXT) for view in section.fields}


def test_each_page_is_a_section(sample: FormDefinition) -> None:
    both = sections(sample, {}, {}, CONTEXT)
    (one,) = sections(sample, {}, {}, CONTEXT, page="person")

    assert [(section.title, section.intro) for section in both] == [("您的情况", "本人信息"), ("事项", None)]
    assert one.fields[0].value == "natural"


@pytest.mark.parametrize(
    ("name", "value", "drawn"),
    [
        ("name", "张三", "张三"),
        ("name", None, ""),
        ("amount", 123450, "1234.50"),
        ("amount", ["一千"], "一千"),
        ("at", "2026-11-22T03:30:00+00:00", "2026-11-22T11:30"),
        ("at", ["上午"], "上午"),
        ("urgent", True, "true"),
        ("people", 3, "3"),
        ("people", [], ""),
        ("birth", "1980-02-09", ["1980", "02", "09"]),
        ("birth", ["1980", "", "9"], ["1980", "", "9"]),
        ("birth", None, ["", "", ""]),
        ("wishes", ["a", "b"], ["a", "b"]),
        ("wishes", "a", ["a"]),
        ("wishes", None, []),
        ("handler", ["u1"], "u1"),
        ("helpers", ["u1", "u2"], ["u1", "u2"]),
        ("papers", ["f1"], ["f1"]),
    ],
)
def test_plain_values_and_refused_texts_stand_in_their_boxes(
    sample: FormDefinition, name: str, value: object, drawn: object
) -> None:
    assert _views(sample, {name: value})[name].value == drawn


def test_the_boxes_of_a_refused_birth_day_are_shown_again(sample: FormDefinition) -> None:
    raw = {"birth-year": ["1980"], "birth-month": ["13"], "birth-day": ["9"]}

    assert _views(sample, dict(raw))["birth"].value == ["1980", "13", "9"]


def test_each_input_helps_its_keyboard(sample: FormDefinition) -> None:
    views = _views(sample, {}, phone="请填写电话")

    assert (views["phone"].inputmode, views["phone"].autocomplete, views["phone"].error) == ("tel", "tel", "请填写电话")
    assert (views["amount"].inputmode, views["people"].unit, views["story"].rows) == ("decimal", "人", 5)
    assert (views["papers"].multiple, views["papers"].accept) == (True, ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.ofd")


def test_one_person_is_picked_and_several_are_ticked(sample: FormDefinition) -> None:
    views = _views(sample, {})

    assert (views["handler"].kind, views["helpers"].kind) == ("person", "multichoice")
    assert views["handler"].options == CONTEXT.people
    assert views["place"].options == CONTEXT.area_options
    assert views["office"].options == CONTEXT.entries["sample.office"]


def test_the_page_knows_which_fields_show(sample: FormDefinition) -> None:
    shown = shown_ids(sample, {"kind": ["legal"], "urgent": True})

    assert {"uscc", "why"} <= shown
    assert "id_number" not in shown
