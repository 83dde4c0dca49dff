"""Scenarios that agree with their process, and those that do not."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

import blueprints
from saas.domain import Domain
from saas.workflow import definition
from saas.workflow.checks import Problem
from saas.workflow.definition import Definition, parse
from saas.workflow.simulation import (
    Act,
    acts_of,
    as_scenario,
    disagreements,
    example_context,
    play,
    scenario_problems,
)
from tests.saas.workflow import samples
from tests.saas.workflow.simulation.test_player import ACCEPTED, ASKED, CONTEXT

RIGHT: dict[str, Any] = {
    "id": "lent",
    "title": "受理后等待审批",
    "acts": [
        {"action": "ask", "by": "reader", "on": "2026-03-02", "answers": {"missing": 0}},
        {"action": "accept", "by": "clerk", "on": "2026-03-03", "answers": {"handler": "head"}},
    ],
    # 2 March and seven days are 9 March, a Monday.
    "expect": {
        "state": "checked",
        "path": ["asked", "checked"],
        "documents": ["loan.request"],
        "due": {"review": "2026-03-09"},
    },
}


@pytest.fixture(scope="module")
def mediation() -> Domain:
    """The line of work whose pack carries scenarios."""
    return next(line for line in blueprints.discover() if line.name == "mediation")


def told(scenario: dict[str, Any]) -> list[str]:
    return disagreements(samples.definition(), scenario, CONTEXT)


def expecting(**expected: Any) -> dict[str, Any]:  # noqa: ANN401
    return RIGHT | {"expect": RIGHT["expect"] | expected}


def test_a_scenario_that_comes_out_as_it_says_has_nothing_against_it() -> None:
    assert told(RIGHT) == []


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        ({"state": "lent"}, "应当到“已借出”，实际停在“待审批”。"),
        ({"path": ["asked"]}, "应当经过待受理，实际经过待受理 → 待审批。"),
        ({"documents": ["loan.slip"]}, "应当制作的文书是loan.slip，实际是loan.request。"),
        ({"due": {"review": "2026-03-10"}}, "期限“审批期限”应当到2026-03-10，实际到2026-03-09。"),
        ({"due": {"return": "2026-03-10"}}, "期限“return”应当到2026-03-10，实际没有起算。"),
        ({"refused": "guard"}, "最后一步应当被拒绝（guard），实际办成了。"),
    ],
)
def test_whatever_comes_out_otherwise_is_told_in_words(expected: dict[str, Any], sentence: str) -> None:
    assert told(expecting(**expected)) == [sentence]


def test_a_scenario_that_is_stopped_on_its_way_tells_where_and_why() -> None:
    stopped = deepcopy(RIGHT)
    stopped["acts"][0]["answers"]["missing"] = 1

    assert told(stopped) == ["第2步“受理”（2026年3月3日，馆员）没有办成：请先补齐材料。"]


def test_a_scenario_may_expect_that_its_last_act_is_refused() -> None:
    refused = deepcopy(RIGHT)
    refused["acts"][0]["answers"]["missing"] = 1
    refused["expect"] = {"state": "asked", "refused": "guard"}

    assert told(refused) == []


def test_a_day_that_does_not_exist_and_too_many_acts_are_told_and_nothing_is_played() -> None:
    wrong = deepcopy(RIGHT)
    wrong["acts"][0]["on"] = "2026-02-30"

    assert told(wrong) == ["有一步的日期不是存在的日期，请改正。"]
    assert told(RIGHT | {"acts": RIGHT["acts"] * 101}) == ["步骤超过200个，请拆成几个场景。"]


def test_what_was_played_becomes_a_scenario_that_agrees_and_can_be_read_again() -> None:
    acts = [ASKED, ACCEPTED, Act("lend", "clerk", date(2026, 3, 5), {})]
    made = as_scenario("example_1", "被拒绝", acts, play(samples.definition(), acts, CONTEXT))
    body = deepcopy(samples.BODY) | {"scenarios": [made]}

    assert made["expect"]["refused"] == "role"
    assert disagreements(parse(body), made, CONTEXT) == []
    assert acts_of(made) == acts


def test_a_scenario_of_the_process_itself_is_a_fault_and_one_taken_over_a_doubt() -> None:
    body = deepcopy(samples.BODY) | {"scenarios": [expecting(state="lent")]}
    own = scenario_problems(parse(body), CONTEXT)
    taken = scenario_problems(parse(body), CONTEXT, body)

    assert [(one.code, one.severity, one.place) for one in own] == [("SC801", "error", "scenarios.lent")]
    assert [one.severity for one in taken] == ["warning"]


@pytest.mark.parametrize(("days", "sentences"), [(3, 0), (7, 0), (9, 1)])
def test_a_duty_that_ends_earlier_agrees_with_a_scenario_taken_over(days: int, sentences: int) -> None:
    base = deepcopy(samples.BODY) | {"scenarios": [RIGHT]}
    body = deepcopy(base)
    body["clocks"]["review"]["n"] = days

    assert len(scenario_problems(parse(body), CONTEXT, base)) == sentences
    assert len(scenario_problems(parse(body), CONTEXT)) == (days != 7)


def city_process(line: Domain, division: str | None) -> tuple[Definition, dict[str, Any]]:
    pack = line.processes[0]
    national = definition.load(pack.national)
    body = definition.merge(national, definition.load(pack.local[division])) if division else national
    return parse(body), national


@pytest.mark.parametrize("division", [None, "110000", "520300"])
def test_the_pack_of_mediation_comes_out_as_its_scenarios_say_in_every_city(
    mediation: Domain, division: str | None
) -> None:
    parsed, national = city_process(mediation, division)
    context = example_context(parsed, mediation)

    assert len(parsed.scenarios) >= 3
    assert scenario_problems(parsed, context, national if division else None) == []


def test_a_pack_whose_separation_of_duties_is_taken_away_breaks_its_scenario(mediation: Domain) -> None:
    found = _without_separation(mediation, "step", "rule")

    assert [one.place for one in found] == ["scenarios.two_persons"] * len(found)
    assert found


@pytest.mark.parametrize("part", ["step", "rule"])
def test_a_separation_that_the_pack_says_twice_holds_by_either(mediation: Domain, part: str) -> None:
    assert _without_separation(mediation, part) == []


def _without_separation(mediation: Domain, *parts: str) -> list[Problem]:
    """What disagrees once the step, the rule of the whole process, or both no longer keep two duties apart."""
    _, national = city_process(mediation, None)
    if "step" in parts:
        del next(step for step in national["transitions"] if step["id"] == "archive")["not_same_as"]
    if "rule" in parts:
        national["invariants"] = [rule for rule in national["invariants"] if "separate" not in rule]
    parsed = parse(national)
    return scenario_problems(parsed, example_context(parsed, mediation))
