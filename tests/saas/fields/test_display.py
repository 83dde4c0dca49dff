"""Answers in words."""

import pytest

from saas.fields.definition import FormDefinition
from saas.fields.display import answers
from tests.saas.fields.samples import CONTEXT

VALUES = {
    "kind": "natural",
    "name": "张三",
    "id_number": "11010519491231002X",
    "birth": "1949-12-31",
    "phone": "13800138000",
    "home": "大兴区兴丰街道1号",
    "subject": "x",
    "wishes": ["a", "gone"],
    "people": 3,
    "amount": 123450,
    "at": "2026-11-22T03:30:00+00:00",
    "urgent": False,
    "place": "110115001",
    "handler": ["u1"],
    "office": "e0",
    "papers": ["f1", "f2"],
    "agree": True,
}


def _words(form: FormDefinition, *, masked: bool) -> dict[str, str]:
    return {answer.field_id: answer.text for answer in answers(form, VALUES, CONTEXT, masked=masked)}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("kind", "个人"),
        ("birth", "1949年12月31日"),
        ("wishes", "甲、gone"),
        ("people", "3人"),
        ("amount", "1,234.50元"),
        ("at", "2026年11月22日11:30"),
        ("urgent", "否"),
        ("place", "兴丰街道"),
        ("handler", "李调解"),
        ("office", "旧公证处"),
        ("papers", "2个文件"),
        ("day", "未填写"),
        ("id_number", "11010519491231002X"),
    ],
)
def test_values_are_said_in_words(sample: FormDefinition, name: str, text: str) -> None:
    assert _words(sample, masked=False)[name] == text


def test_personal_numbers_are_hidden_where_they_must_be(sample: FormDefinition) -> None:
    words = _words(sample, masked=True)

    assert [words[name] for name in ("name", "id_number", "phone", "home")] == [
        "张*", "1101**********002X", "138****8000", "大兴区兴丰街道****",
    ]  # fmt: skip


def test_only_what_was_asked_is_shown_with_its_page(sample: FormDefinition) -> None:
    found = {answer.field_id: answer for answer in answers(sample, VALUES, CONTEXT, masked=True)}

    assert "uscc" not in found
    assert (found["name"].label, found["name"].page_id) == ("申请人姓名", "person")
