"""Forms and snapshots: what is missing, too long or blank."""

from dataclasses import replace
from typing import Any

import pytest
from marshmallow import Schema

from saas.documents.form import Form, Snapshot, code, codes, rows, strings, text, texts
from saas.errors import InvalidInputError


class LineSchema(Schema):
    """A row."""

    name = text("名称", most=5)


class NoticeSchema(Schema):
    """An invented form."""

    title = text("标题", most=10, needed=True)
    body = texts("正文", most=20, needed=True, empty=2)
    mark = code("标记", "yes")
    marks = codes("多选", "a", "b")
    lines = rows(LineSchema, "名单", empty=2)


GOOD: dict[str, Any] = {"title": "通知", "body": ["内容"], "mark": "yes", "marks": ["a"], "lines": [{"name": "甲"}]}
NOTICE = Form(
    code="test.notice",
    title="通知书",
    domain="test",
    template="none.html",
    schema=NoticeSchema,
    build=lambda snapshot: {"title": snapshot.case["title"]},
    sample=GOOD,
    source="测试",
    verified=False,
    number_kind="测字",
)


def step(action: str, on: str, **entered: object) -> dict[str, Any]:
    return {"action": action, "on": on, "actor": "甲", "input": entered, "answers": {}}


def test_good_values_are_given_back_as_they_are() -> None:
    assert NOTICE.load(GOOD) == GOOD


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "缺少这一项，请先在办理步骤中填写。"),
        ({"title": "很" * 11}, "内容太长，请精简后重试。"),
        ({"body": []}, "缺少这一项，请先在办理步骤中填写。"),
        ({"body": ["很" * 21]}, "内容太长，请精简后重试。"),
        ({"mark": "no"}, "没有这个选项。"),
        ({"marks": ["a", "c"]}, "没有这个选项。"),
        ({"lines": [{"name": "太长的名称"}, {"name": "更加长的名称"}]}, "内容太长，请精简后重试。"),
    ],
)
def test_a_wrong_value_is_named_with_what_to_do(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        NOTICE.load(GOOD | wrong)
    assert caught.value.fields == {next(iter(wrong)): sentence}
    assert "《通知书》" in caught.value.message


def test_a_value_the_form_does_not_know_is_refused() -> None:
    with pytest.raises(InvalidInputError) as caught:
        NOTICE.load(GOOD | {"more": "x"})
    assert list(caught.value.fields) == ["more"]


def test_a_blank_copy_has_as_many_rows_as_a_hand_needs() -> None:
    assert NOTICE.blank() == {"title": "", "body": ["", ""], "mark": "", "marks": [], "lines": [{"name": ""}] * 2}


def test_texts_inside_values_keep_the_name_of_their_value() -> None:
    assert strings({"a": "x", "b": [{"c": "y"}], "d": None}) == [("a", "x"), ("b", "y")]


def test_the_asking_step_comes_before_the_latest() -> None:
    asking, later = step("session", "2026-09-01", place="甲地"), step("session", "2026-09-02", place="乙地")
    shot = Snapshot(tenant={}, unit={}, case={}, steps=[asking, later], step=asking)
    assert shot.entered("session") == {"place": "甲地"}


def test_without_an_asking_step_the_latest_of_the_actions_counts() -> None:
    shot = Snapshot(tenant={}, unit={}, case={}, steps=[step("end", "2026-09-01"), step("withdraw", "2026-09-02")])
    assert shot.taken("end", "withdraw")["on"] == "2026-09-02"
    assert shot.entered("revisit") == {}


def test_the_number_of_another_form_is_the_first_that_was_issued() -> None:
    shot = Snapshot(tenant={}, unit={}, case={"document_numbers": {"b": "2号"}})
    assert (shot.number_of("a", "b"), shot.number_of("c")) == ("2号", "")


def test_a_city_s_words_stand_for_those_of_the_form_block_by_block() -> None:
    form = replace(NOTICE, words={"closing": ("结束的话", "特此通知。"), "more": ("补充", "")})
    assert form.worded({}) == {"closing": ["特此通知。"], "more": []}
    assert form.worded({"test.notice.closing": "第一段\n\n第二段"})["closing"] == ["第一段", "第二段"]
    assert form.worded({"test.notice.closing": "", "other.closing": "别处"}) == {"closing": [], "more": []}
