"""What a browser sent, as plain values or as sentences."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from saas import clock
from saas.errors import InvalidInputError
from saas.fields.definition import FormDefinition, load_forms
from saas.fields.display import answers
from saas.fields.schema import FieldContext, load
from saas.fields.views import sections
from tests.saas.fields.samples import CONTEXT

KEPT = """
forms:
  - key: kept
    title: 评查
    pages:
      - id: one
        title: 评查
        fields:
          - {id: name, label: 名称, type: text, required: true}
          - {id: score, label: 得分, type: integer, required: true, read: [head], write: [head]}
"""
PERSON = {"kind": ["natural"], "name": ["张三"]}
MATTER = {"agree": ["true"]}
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=clock.ZONE)


def _load(form: FormDefinition, page: str, **raw: list[str]) -> dict[str, Any]:
    base = PERSON if page == "person" else MATTER
    with clock.business_time(NOW):
        return load(form, base | raw, CONTEXT, page=page)


def _faults(form: FormDefinition, page: str, **raw: list[str]) -> dict[str, str]:
    with pytest.raises(InvalidInputError) as refused:
        _load(form, page, **raw)
    return refused.value.fields


def test_a_page_comes_out_in_plain_values_with_none_for_what_was_left_empty(sample: FormDefinition) -> None:
    values = _load(sample, "person", id_number=["11010519491231002x "], phone=[""])

    assert values == {
        "kind": "natural", "name": "张三", "id_number": "11010519491231002X",
        "birth": None, "phone": None, "home": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("subject", ["x"], "x"),
        ("wishes", ["b", "a", "b"], ["b", "a"]),
        ("story", ["第一行\r\n第二行\x00"], "第一行\n第二行"),
        ("people", ["１２"], 12),
        ("amount", ["1,234.50元"], 123450),
        ("day", ["2026-3-5"], "2026-03-05"),
        ("day", ["2026年3月5日"], "2026-03-05"),
        ("by", ["2026-11-23"], "2026-11-23"),
        ("at", ["2026-11-22T11:30"], "2026-11-22T11:30:00+08:00"),
        ("next", ["2026-11-22 01:00Z"], "2026-11-22T09:00:00+08:00"),
        ("urgent", ["false"], False),
        ("urgent", [], False),
        ("place", ["110115001"], "110115001"),
        ("handler", ["u1"], ["u1"]),
        ("helpers", ["u1", "u2"], ["u1", "u2"]),
        ("office", ["e1"], "e1"),
        ("papers", ["f1", "f2"], ["f1", "f2"]),
    ],
)
def test_each_type_is_read(sample: FormDefinition, name: str, raw: list[str], value: object) -> None:
    assert _load(sample, "matter", **{name: raw})[name] == value


@pytest.mark.parametrize(
    ("name", "raw", "sentence"),
    [
        ("subject", ["z"], "类别的选项已有变化，请重新选择"),
        ("wishes", ["a", "b", "c"], "诉求最多2项，请减少"),
        ("helpers", ["u1"], "协办人至少2项，请补充"),
        ("handler", ["u1", "u2"], "承办人最多1项，请减少"),
        ("handler", ["u9"], "承办人的选项已有变化，请重新选择"),
        ("story", ["短"], "经过至少写5个字，请补充"),
        ("story", ["长" * 21], "经过最多20个字，现在是21个字，请删减"),
        ("people", ["三"], "人数请填写整数，例如3"),
        ("people", ["0"], "人数不能小于1"),
        ("people", ["100"], "人数不能大于99"),
        ("amount", ["0.5"], "金额不能少于1.00元"),
        ("amount", ["10001"], "金额不能超过10,000.00元"),
        ("amount", ["多"], "请用数字填写金额，例如1200或1200.50"),
        ("day", ["2026-11-23"], "发生日期不能晚于今天"),
        ("day", ["2019-12-31"], "发生日期不能早于2020年1月1日"),
        ("day", ["2026-02-30"], "发生日期不是一个存在的日期，请核对年、月、日"),
        ("day", ["昨天"], "发生日期请按“年-月-日”填写，例如2026-03-05"),
        ("by", ["2026-11-22"], "截止日期不能早于2026年11月23日"),
        ("at", ["2026-11-22T12:01"], "见面时间不能晚于现在"),
        ("at", ["0001-01-01T00:00"], "见面时间的年份不对，请核对"),
        ("by", ["9999-12-31"], "截止日期的年份不对，请核对"),
        ("at", ["上午"], "见面时间请填写日期和时间，例如2026-03-05 09:30"),
        ("next", ["2026-11-21T12:00"], "下次时间不能早于今天"),
        ("urgent", ["也许"], "情况紧急请选择“是”或“否”"),
        ("place", ["520300"], "地点不在本市范围内，请重新选择"),
        ("office", ["e0"], "机构不在可以选择的名录里，请重新选择"),
        ("papers", ["1", "2", "3"], "材料最多2个文件，请减少"),
        ("agree", [], "请确认并勾选已阅读告知书"),
    ],
)
def test_each_fault_has_one_sentence_that_helps(
    sample: FormDefinition, name: str, raw: list[str], sentence: str
) -> None:
    assert _faults(sample, "matter", **{name: raw}) == {name: sentence}


def test_all_faults_come_at_once(sample: FormDefinition) -> None:
    faults = _faults(sample, "person", kind=[], name=[" "], phone=["12"])

    assert faults == {
        "kind": "请选择类型",
        "name": "请填写申请人姓名",
        "phone": "请填写11位手机号码，或者带区号的固定电话，例如010-69240000",
    }


@pytest.mark.parametrize(
    "raw",
    [
        {"birth-year": ["1980"], "birth-month": ["2"], "birth-day": ["９"]},
        {"birth": ["1980", "2", "9"]},
        {"birth": ["1980-02-09"]},
    ],
)
def test_a_birth_day_comes_from_three_boxes_or_one(sample: FormDefinition, raw: dict[str, list[str]]) -> None:
    assert _load(sample, "person", **raw)["birth"] == "1980-02-09"


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        (["1980", "", "9"], "请补全出生日期的“月”"),
        (["1980", "2"], "请补全出生日期的“日”"),
        (["1980", "二", "9"], "出生日期的“月”请填写数字"),
        (["80", "2", "9"], "出生日期的“年”请填写四位数字，例如1980"),
        (["2026", "11", "23"], "出生日期不能晚于今天"),
    ],
)
def test_each_fault_of_a_birth_day_has_its_sentence(sample: FormDefinition, boxes: list[str], sentence: str) -> None:
    assert _faults(sample, "person", birth=boxes) == {"birth": sentence}


def test_what_is_hidden_is_neither_asked_nor_kept(sample: FormDefinition) -> None:
    values = _load(sample, "person", kind=["legal"], id_number=["1"], uscc=["91350100M000100Y43"])

    assert "id_number" not in values
    assert values["uscc"] == "91350100M000100Y43"
    assert _faults(sample, "person", kind=["legal"]) == {"uscc": "请填写信用代码"}


def test_what_depends_on_a_hidden_field_is_hidden_too(sample: FormDefinition) -> None:
    assert "more" not in _load(sample, "matter", why=["火灾"], more=["大火"])
    assert _load(sample, "matter", urgent=["true"], why=["火灾"], more=["大火"])["more"] == "大火"


def test_conditions_may_rest_on_pages_answered_before(sample: FormDefinition) -> None:
    raw = {"agree": ["true"], "why": ["火灾"]}

    values = load(
        replace(sample, pages=sample.pages), raw, CONTEXT, page="matter", known={"urgent": True, "wishes": ["a"]}
    )

    assert values["why"] == "火灾"


def test_names_the_form_does_not_have_are_refused_unless_they_are_the_shells(sample: FormDefinition) -> None:
    assert _load(sample, "person", _csrf=["x"])["name"] == "张三"
    assert _faults(sample, "person", role=["admin"]) == {"role": "这一项不在表单里，请刷新页面后重新填写。"}


def test_without_a_list_of_areas_no_area_holds(sample: FormDefinition) -> None:
    with pytest.raises(InvalidInputError) as refused:
        load(sample, MATTER | {"place": ["110115001"]}, FieldContext(CONTEXT.today, lists=CONTEXT.lists), page="matter")

    assert refused.value.fields == {"place": "地点不在本市范围内，请重新选择"}


def test_a_whole_form_is_read_at_once_as_well(sample: FormDefinition) -> None:
    assert load(sample, PERSON | MATTER, CONTEXT)["agree"] is True


def test_a_field_that_is_not_for_the_person_is_neither_drawn_nor_taken_nor_told(tmp_path: Path) -> None:
    (tmp_path / "kept.yaml").write_text(KEPT, "utf-8")
    form = load_forms(tmp_path)["kept"]
    clerk, head = (replace(CONTEXT, roles=frozenset({role})) for role in ("clerk", "head"))
    drawn = [[field.name for field in sections(form, {}, {}, context)[0].fields] for context in (clerk, head)]

    assert drawn == [["name"], ["name", "score"]]
    assert load(form, {"name": ["甲"], "score": ["9"]}, head) == {"name": "甲", "score": 9}
    with pytest.raises(InvalidInputError) as refused:
        load(form, {"name": ["甲"], "score": ["9"]}, clerk)
    assert list(refused.value.fields) == ["score"]
    told = [answers(form, {"name": "甲", "score": 9}, context, masked=False)[1].text for context in (clerk, head)]
    assert told == ["（无权查看）", "9"]
