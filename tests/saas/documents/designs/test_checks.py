"""What is wrong with a dress of documents is told with its place, from its values alone."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from blueprints.mediation.documents import FORMS
from saas.documents.designs import checks
from saas.documents.designs.body import EMPTY
from saas.documents.designs.checks import Known, Volume

FORM = replace(
    next(form for form in FORMS if form.code == "mediation.termination"), words={"closing": ("结束的话", "特此通知。")}
)
PLACES = (
    {"title": "申请", "forms": ["x.apply"], "categories": [], "required": True, "part": "main"},
    {"title": "证据", "forms": [], "categories": ["photo"], "required": False, "part": "main"},
)
COMMITTEE = "雁城市和平区兴和街道人民调解委员会"
KNOWN = Known(
    forms={FORM.code: FORM},
    volumes={"x": Volume("甲", PLACES, frozenset({"x.cover"}))},
    missing=lambda text: [char for char in text if char == "\U0001f600"],
    number_fault=lambda _form, pattern: None if "{n}" in pattern else "缺少{n}。",
    unit=COMMITTEE,
)
BLOCK = "mediation.termination.closing"


def found(**parts: object) -> list[tuple[str, str]]:
    """Code and place of every fault of a body with these parts."""
    return [(one.code, one.place) for one in checks.problems({**EMPTY, **parts}, KNOWN)]


def test_a_city_that_changes_nothing_has_no_faults() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"letterhead": "雁\U0001f600城"}, ("DD201", "letterhead")),
        ({"letterhead": "字" * 37}, ("DD501", "letterhead")),
        ({"letterhead": "一\n二\n三"}, ("DD501", "letterhead")),
        ({"letterhead": "甲\x07乙"}, ("DD104", "letterhead")),
        ({"letterhead": "{unit}道路交通事故损害赔偿纠纷人民调解工作室文件"}, ("DD501", "letterhead")),
        ({"letterhead": "{date}文件"}, ("DD102", "letterhead")),
        ({"letterhead": "{unit文件"}, ("DD103", "letterhead")),
        ({"letterhead": "雁城市司法局文件"}, ("DD105", "letterhead")),
        ({"footer": ["\U0001f600"]}, ("DD201", "footer")),
        ({"footer": ["{day}印发"]}, ("DD102", "footer")),
        ({"footer": ["{date印发"]}, ("DD103", "footer")),
        ({"wording": {"mediation.termination.nothing": "甲"}}, ("DD101", "wording.mediation.termination.nothing")),
        ({"wording": {"nobody.knows": "甲"}}, ("DD101", "wording.nobody.knows")),
        ({"wording": {BLOCK: "{nothing}"}}, ("DD102", f"wording.{BLOCK}")),
        ({"wording": {BLOCK: "特此通知}"}}, ("DD103", f"wording.{BLOCK}")),
        ({"wording": {BLOCK: "\U0001f600"}}, ("DD201", f"wording.{BLOCK}")),
        ({"numbers": {FORM.code: "第号"}}, ("DD301", f"numbers.{FORM.code}")),
        ({"numbers": {"x.y": "{n}"}}, ("DD101", "numbers.x.y")),
        ({"volume": {"y": list(PLACES)}}, ("DD401", "volume.y")),
    ],
)
def test_a_fault_is_told_with_its_place(parts: Mapping[str, Any], fault: tuple[str, str]) -> None:
    assert fault in found(**parts)


def test_a_value_of_the_form_and_the_day_may_be_named() -> None:
    assert found(wording={BLOCK: "特此通知{party_names}。"}, footer=["办公室  {date}印发"]) == []


def test_a_letterhead_may_name_whoever_issues_and_the_foot_too() -> None:
    assert found(letterhead="{unit}文件", footer=["{unit}  {date}印发"]) == []


def test_a_letterhead_that_would_stand_on_every_bodys_papers_is_a_doubt() -> None:
    told = checks.problems({**EMPTY, "letterhead": "雁城市司法局文件"}, KNOWN)

    assert [(one.code, one.severity) for one in told] == [("DD105", "warning")]


def test_a_misspelt_value_is_told_with_the_one_meant() -> None:
    told = checks.problems({**EMPTY, "wording": {BLOCK: "{调解委员}"}}, KNOWN)[0].message

    assert "“{调解委员}”不是《终止调解通知书》可以填入的内容" in told


@pytest.mark.parametrize(
    ("places", "code"),
    [
        ([PLACES[1]], "DD402"),
        ([{**PLACES[0], "required": False}, PLACES[1]], "DD403"),
        ([*PLACES, {**PLACES[1], "title": "封面", "categories": [], "forms": ["x.cover"]}], "DD404"),
        ([{**PLACES[0], "title": "证据"}, PLACES[1]], "DD405"),
        ([{**PLACES[0], "title": " "}, PLACES[1]], "DD406"),
        ([*PLACES, {**PLACES[1], "title": "又是证据"}], "DD407"),
    ],
)
def test_an_order_that_loses_or_doubles_anything_is_refused(places: list[dict[str, Any]], code: str) -> None:
    assert (code, "volume.x") in found(volume={"x": places})


def test_another_order_and_other_names_are_allowed() -> None:
    assert found(volume={"x": [{**PLACES[1], "part": "sub"}, {**PLACES[0], "title": "申请材料"}]}) == []
