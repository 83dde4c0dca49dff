"""What is checked in legal education, as tables."""

from typing import Any

import pytest

from blueprints.education import rules
from blueprints.education.documents.lists import of_kind
from blueprints.education.documents.sample import CASE, SNAPSHOT

KNOWN = rules.facts_of(None, {})


def codes_of(found: list[Any]) -> list[str | None]:
    return [reason.field for reason in found]


@pytest.mark.parametrize(
    ("items", "faults"),
    [
        ("12月4日国家宪法日｜宪法｜区司法局｜普法科", 0),
        ("12月4日 | 宪法 | 区司法局 | 普法科", 0),
        ("12月4日｜宪法｜区司法局", 1),
        ("12月4日｜｜区司法局｜普法科", 1),
        ("12月4日｜宪法｜区司法局｜普法科｜多一栏\n只有一栏", 2),
    ],
)
def test_every_line_of_a_list_has_four_columns(items: str, faults: int) -> None:
    found = rules.list_items(KNOWN, {"items": items})

    assert len(found) == faults
    assert {reason.law for reason in found} <= {"法治宣传教育法第九条"}
    asked = rules.list_items(KNOWN, {"proposed": items, "reason": "职能调整"})
    assert codes_of(asked) == ["proposed"] * faults


@pytest.mark.parametrize(("total", "grade"), [(100, "excellent"), (90, "excellent"), (89, "good"), (75, "good")])
def test_points_give_a_grade(total: int, grade: str) -> None:
    assert rules.grade_of(total) == grade


@pytest.mark.parametrize(
    ("points", "grade", "to_rectify", "fields"),
    [
        ((20, 20, 30, 15, 15), "excellent", None, []),
        ((20, 20, 30, 15, 4), "excellent", None, ["grade"]),
        ((10, 10, 20, 10, 10), "qualified", None, []),
        ((10, 10, 20, 10, 9), "unqualified", None, ["to_rectify"]),
        ((10, 10, 20, 10, 9), "qualified", "清单没有公布", ["grade"]),
    ],
)
def test_a_grade_is_what_the_points_give(
    points: tuple[int, ...], grade: str, to_rectify: str | None, fields: list[str]
) -> None:
    values = dict(zip(rules.CRITERIA, points, strict=True)) | {"grade": grade, "to_rectify": to_rectify}

    assert codes_of(rules.evaluation(KNOWN, values)) == fields


@pytest.mark.parametrize(("kinds", "copies", "faults"), [(0, 0, 0), (2, 300, 0), (0, 300, 1), (2, 0, 1)])
def test_copies_and_kinds_of_material_go_together(kinds: int, copies: int, faults: int) -> None:
    assert len(rules.counts(KNOWN, {"material_kinds": kinds, "material_copies": copies})) == faults


@pytest.mark.parametrize(
    ("applied", "points", "level", "faults"),
    [("city", 92, "city", 0), ("city", 92, "county", 0), ("city", 92, "province", 1), ("city", 59, "nation", 2)],
)
def test_nothing_is_named_above_what_was_applied_for(applied: str, points: int, level: str, faults: int) -> None:
    known = rules.facts_of({"data": {"level_applied": applied, "points": points}, "file_categories": []}, {})

    assert len(rules.naming(known, {"level": level})) == faults


def test_what_should_be_removed_is_kept_only_with_a_reason() -> None:
    known = KNOWN | {"case.found": "removed"}

    assert codes_of(rules.kept(known, {})) == ["reason"]
    assert rules.kept(known, {"reason": "已经整改到位。"}) == []


def test_the_columns_of_a_list_stand_where_they_were_written() -> None:
    rows = of_kind(SNAPSHOT)["items"]

    assert len(rows) == len(str(CASE["items"]).splitlines())
    assert rows[1] == {"first": "12月4日国家宪法日", "second": "宪法", "third": "区司法局", "fourth": "普法科"}
