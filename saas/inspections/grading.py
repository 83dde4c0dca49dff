"""From points to a grade, and what a result may not say; pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from saas.inspections.declaration import FAILED, InspectionKind

CRITERION = "score-"


@dataclass(frozen=True)
class Entered:
    """What an inspector writes down of one object.

    Attributes:
        inspected_on: The day it was inspected.
        scores: Points by criterion, where the kind has criteria.
        grade: Where the kind has none.
        findings: What was found.
        rectify_by: The day by which things are to be put right.
    """

    inspected_on: date | None
    scores: Mapping[str, int | None] = field(default_factory=dict)
    grade: str = ""
    findings: str = ""
    rectify_by: date | None = None


def points_of(kind: InspectionKind, scores: Mapping[str, int | None]) -> int | None:
    """All points together; None for a kind without criteria."""
    return sum(scores.get(code) or 0 for code, _, _ in kind.criteria) if kind.criteria else None


def grade_of(kind: InspectionKind, entered: Entered) -> str:
    """The grade a result comes to."""
    points = points_of(kind, entered.scores)
    if points is None:
        return entered.grade
    return next((code for code, _, least in kind.grades if points >= least), FAILED)


def faults(kind: InspectionKind, entered: Entered, drawn_on: date, today: date) -> dict[str, str]:
    """What is wrong with a result, by the field where it is."""
    found = dict(_score_faults(kind, entered))
    if not kind.criteria and entered.grade not in dict(kind.outcomes):
        found["grade"] = "请选择检查结论。"
    if entered.inspected_on is None:
        found["inspected_on"] = "请填写检查日期。"
    elif not drawn_on <= entered.inspected_on <= today:
        found["inspected_on"] = "检查日期应当在抽取之日以后，不能晚于今天。"
    if not found and grade_of(kind, entered) in kind.failing:
        found |= _failing_faults(entered)
    return found


def _score_faults(kind: InspectionKind, entered: Entered) -> Iterator[tuple[str, str]]:
    for code, title, most in kind.criteria:
        points = entered.scores.get(code)
        if points is None or not 0 <= points <= most:
            yield f"{CRITERION}{code}", f"请为“{title}”打分，0 至 {most} 分，填整数。"
    for code in sorted(entered.scores.keys() - {code for code, _, _ in kind.criteria}):
        yield f"{CRITERION}{code}", "评分表中没有这一项。"


def _failing_faults(entered: Entered) -> Iterator[tuple[str, str]]:
    if not entered.findings.strip():
        yield "findings", "这个结论需要整改，请写明检查发现的问题。"
    if entered.rectify_by is None or entered.inspected_on is None or entered.rectify_by <= entered.inspected_on:
        yield "rectify_by", "这个结论需要整改，请填写整改期限，应当晚于检查日期。"
