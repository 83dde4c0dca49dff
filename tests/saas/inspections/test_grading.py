"""From points to grades, and what a result may not say."""

from datetime import date
from typing import Any

import pytest

from saas.inspections import grading
from saas.inspections.declaration import InspectionKind
from saas.inspections.grading import Entered

DRAWN, DAY, LATER = date(2026, 3, 2), date(2026, 3, 4), date(2026, 4, 4)
SCORED = InspectionKind(
    "line.review",
    "评查",
    "cases:line.case",
    "",
    (("a", "甲", 60), ("b", "乙", 40)),
    (("good", "优秀", 90), ("ok", "合格", 60)),
)
CHOSEN = InspectionKind(
    "line.test", "验证", "cases:line.case", "", grades=(("good", "满意", 0), ("ok", "通过", 0), ("failed", "不通过", 0))
)
PLAIN = InspectionKind("line.check", "检查", "cases:line.case", "")


@pytest.mark.parametrize(
    ("a", "b", "grade"), [(60, 40, "good"), (50, 40, "good"), (50, 39, "ok"), (60, 0, "ok"), (59, 0, "failed")]
)
def test_points_come_to_a_grade(a: int, b: int, grade: str) -> None:
    assert grading.grade_of(SCORED, Entered(DAY, {"a": a, "b": b})) == grade


def test_outcomes_are_the_grades_and_what_falls_below_them() -> None:
    assert [code for code, _ in SCORED.outcomes] == ["good", "ok", "failed"]
    assert [code for code, _ in CHOSEN.outcomes] == ["good", "ok", "failed"]
    assert [code for code, _ in PLAIN.outcomes] == ["passed", "failed"]


@pytest.mark.parametrize(
    ("kind", "entered", "wrong"),
    [
        (SCORED, {"scores": {"a": 60, "b": 40}}, set()),
        (SCORED, {"scores": {"a": 61, "b": -1}}, {"score-a", "score-b"}),
        (SCORED, {"scores": {"a": 60}}, {"score-b"}),
        (SCORED, {"scores": {"a": 60, "b": 40, "c": 1}}, {"score-c"}),
        (SCORED, {"scores": {"a": 10, "b": 10}}, {"findings", "rectify_by"}),
        (SCORED, {"scores": {"a": 10, "b": 10}, "findings": "缺", "rectify_by": DAY}, {"rectify_by"}),
        (SCORED, {"scores": {"a": 10, "b": 10}, "findings": "缺", "rectify_by": LATER}, set()),
        (CHOSEN, {"grade": "ok"}, set()),
        (CHOSEN, {"grade": "best"}, {"grade"}),
        (PLAIN, {"grade": "failed"}, {"findings", "rectify_by"}),
        (PLAIN, {"grade": "passed", "inspected_on": None}, {"inspected_on"}),
        (PLAIN, {"grade": "passed", "inspected_on": date(2026, 3, 1)}, {"inspected_on"}),
        (PLAIN, {"grade": "passed", "inspected_on": date(2026, 3, 6)}, {"inspected_on"}),
    ],
)
def test_a_result_is_refused_where_it_is_wrong(kind: InspectionKind, entered: dict[str, Any], wrong: set[str]) -> None:
    result = Entered(**({"inspected_on": DAY} | entered))

    assert set(grading.faults(kind, result, DRAWN, date(2026, 3, 5))) == wrong
