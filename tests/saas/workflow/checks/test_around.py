"""What is checked of a city: who holds which role, how far the calendar reaches, what its settings allow."""

from datetime import date
from typing import Any

import pytest

from saas.workflow.checks import Around
from tests.saas.workflow.checks import library
from tests.saas.workflow.checks.library import APPROVE

STAFF: dict[str, set[str]] = {"clerk": {"王"}, "keeper": {"李"}, "head": {"赵"}}


def _codes(around: Around, body: dict[str, Any] | None = None) -> set[tuple[str, str]]:
    return {(problem.code, problem.place) for problem in library.found(body or library.body(), around)}


def test_a_city_with_people_for_everything_has_no_finding() -> None:
    around = Around(date(2026, 1, 5), STAFF, {}, date(2026, 12, 31), {"case.vip"}, {})

    assert _codes(around) == set()


def test_a_role_nobody_holds_is_found_at_its_steps() -> None:
    found = _codes(Around(holders=STAFF | {"head": set()}))

    assert ("AS501", "transitions.approve") in found
    assert ("AS501", "transitions.accept") not in found


def test_units_without_anybody_in_a_role_are_named() -> None:
    lacking = {"clerk": ["甲所", "乙所", "丙所", "丁所"]}

    (problem,) = library.found(library.body(), Around(lacking=lacking))

    assert (problem.code, problem.place) == ("AS501", "roles.clerk")
    assert "丙所等4个单位" in problem.message


def test_two_duties_of_one_person_cannot_be_separated() -> None:
    found = _codes(Around(holders={"clerk": {"王"}, "keeper": {"李"}, "head": {"王"}}))

    assert ("WF303", "transitions.approve") in found


def test_two_people_in_one_role_can_keep_duties_apart() -> None:
    found = _codes(Around(holders={"clerk": {"王", "赵"}, "keeper": {"李"}, "head": {"王", "赵"}}))

    assert "WF303" not in {code for code, _ in found}


def test_the_same_handler_cannot_be_two_people_where_a_case_cannot_be_passed_on() -> None:
    body = library.body()
    body["transitions"][APPROVE]["only"] = "handler"
    body["transitions"].append(
        {"id": "note", "title": "记录", "from": "checked", "to": "checked", "by": ["head"], "only": "handler"}
    )
    body["transitions"][APPROVE]["not_same_as"] = ["accept", "note"]

    assert ("WF303", "transitions.approve") not in _codes(Around(), body)
    assert ("WF303", "transitions.approve") in _codes(Around(), body | {"verbs": []})


@pytest.mark.parametrize(("until", "found"), [(date(2026, 1, 31), False), (date(2026, 1, 10), True)])
def test_limits_beyond_the_published_calendar_are_provisional(until: date, *, found: bool) -> None:
    codes = _codes(Around(today=date(2026, 1, 5), calendar_until=until))

    assert (("SL407", "clocks") in codes) is found


def test_a_number_that_holds_only_from_tomorrow_is_missing_today() -> None:
    assert ("DT304", "params.longest") in _codes(Around(today=date(2023, 12, 31)))


def test_a_limit_by_a_setting_that_is_not_there_is_found() -> None:
    body = library.body()
    body["clocks"]["review"] |= {"n": None, "setting": "loan.days"}

    assert ("SL401", "clocks.review") in _codes(Around(limits={}), body)
    assert ("SL401", "clocks.review") not in _codes(Around(limits={"loan.days": (1, 7)}), body)


def test_a_guard_on_what_nothing_supplies_is_doubtful() -> None:
    body = library.body()
    body["transitions"][APPROVE]["when"] = [{"that": "case.vip", "refuse": "不行。"}]

    assert ("WF203", "transitions.approve") in _codes(Around(facts=set()), body)
    assert ("WF203", "transitions.approve") not in _codes(Around(facts={"case.vip"}), body)
