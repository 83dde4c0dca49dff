"""Guards read tables and dated numbers; what came to nothing is never a yes."""

from dataclasses import replace
from typing import Any

import pytest

from saas.workflow.definition import Definition
from saas.workflow.engine import CaseView, Outcome, Refusal, apply, available, open_case
from tests.saas.workflow import many_hands
from tests.saas.workflow.playing import codes, person

CLERK = person("clerk1")


def guarded(expression: str, **changes: Any) -> Definition:  # noqa: ANN401  parts of the process
    body = many_hands.body()
    body["transitions"][0]["when"] = expression
    return many_hands.definition(**{"transitions": body["transitions"]} | changes)


def review(definition: Definition, income: int, day: str | None = "2026-03-01") -> Outcome | Refusal:
    facts = {"case.applied_on": day} if day else {}
    return apply(definition, CaseView("asked"), "review", CLERK, {"income": income}, facts)


@pytest.mark.parametrize(("day", "income", "row"), [("2025-06-01", 2000, 0), ("2026-01-01", 3000, 0)])
def test_the_day_of_the_application_chooses_the_number(day: str, income: int, row: int) -> None:
    outcome = review(many_hands.definition(), income, day)

    assert isinstance(outcome, Outcome)
    assert (outcome.decisions["need"].row, outcome.decisions["need"].law) == (row, "资助办法第三条")
    assert outcome.params == {"limit": income}


def test_a_table_that_says_no_refuses_in_the_words_of_the_guard() -> None:
    assert codes(review(many_hands.definition(), 2500, "2025-06-01")) == ["guard"]


@pytest.mark.parametrize("income", [200_000, -1])
def test_a_table_without_a_row_is_a_fault_and_never_a_yes(income: int) -> None:
    answer = review(guarded('decision.need != "yes"'), income)

    assert codes(answer) == ["guard_fault"]
    assert "没有适用的一行" in str(answer.reasons[0].help)  # type: ignore[union-attr]


@pytest.mark.parametrize("day", [None, "2024-12-31"])
def test_a_number_without_a_day_is_a_fault(day: str | None) -> None:
    assert codes(review(guarded("form.income > params.limit"), 1, day)) == ["guard_fault"]


def test_a_guard_may_name_a_number_alone() -> None:
    outcome = review(guarded("form.income > params.limit"), 3001)

    assert isinstance(outcome, Outcome)
    assert (outcome.decisions, outcome.params) == ({}, {"limit": 3000})


def test_what_no_guard_names_is_not_kept() -> None:
    outcome = review(guarded("form.income > 0"), 1)

    assert isinstance(outcome, Outcome)
    assert (outcome.decisions, outcome.params) == ({}, {})


def test_a_way_in_reads_them_too() -> None:
    body = many_hands.body()
    body["opens"][0]["when"] = 'decision.need == "yes"'
    definition = many_hands.definition(opens=body["opens"])
    facts = {"case.applied_on": "2026-05-01"}

    accepted = open_case(definition, "apply", person("applicant1"), {"income": 1}, facts)
    refused = open_case(definition, "apply", person("applicant1"), {"income": 50_000}, facts)

    assert isinstance(accepted, Outcome)
    assert accepted.decisions["need"].then == "yes"
    assert codes(refused) == ["guard"]


def test_before_anything_is_entered_only_guards_on_flags_are_asked() -> None:
    definition = guarded('"urgent" in case.flags')
    view = CaseView("asked")

    closed = [one.allowed for one in available(definition, view, CLERK) if one.action.id == "review"]
    urgent = replace(view, flags=frozenset({"urgent"}))
    opened = [one.allowed for one in available(definition, urgent, CLERK) if one.action.id == "review"]

    assert (closed, opened) == ([False], [True])


def test_an_invariant_keeps_two_steps_apart_without_the_step_saying_so() -> None:
    view = CaseView("reviewed", trace=(("review", "clerk1"),))

    answer = apply(many_hands.definition(), view, "reject", person("clerk1", "head"), {}, {})

    assert codes(answer) == ["not_same_as"]
