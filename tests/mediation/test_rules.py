"""What the law forbids in a mediation, as tables."""

from datetime import date
from typing import Any

import pytest

from blueprints.mediation import rules

FACTS: dict[str, Any] = {
    "case.actions": ["apply", "accept", "appoint", "session"],
    "case.accepted_on": date(2026, 3, 2),
    "case.effective_on": "2026-03-10",
    "case.confirmation_due": date(2026, 4, 9),
    "case.applied_on": "2026-03-20",
    "case.filed_on": None,
    "case.performed_on": "2026-03-15",
    "case.limit_overdue": False,
    "case.file_categories": ["identity"],
    "case.flags": [],
}


@pytest.mark.parametrize(
    ("missing", "law"),
    [("is_civil", "人民调解法第二条"), ("both_agree", "人民调解法第十七条"), ("not_taken", "人民调解法第十八条")],
)
def test_acceptance_needs_all_three_conditions(missing: str, law: str) -> None:
    values = {"is_civil": True, "both_agree": True, "not_taken": True} | {missing: False}

    assert [(reason.field, reason.law) for reason in rules.acceptance(FACTS, values)] == [(missing, law)]


@pytest.mark.parametrize(
    ("applied", "allowed"), [("2026-03-11", True), ("2026-04-09", True), ("2026-04-10", False), ("2026-05-01", False)]
)
def test_confirmation_is_applied_for_by_the_thirtieth_day(applied: str, allowed: bool) -> None:  # noqa: FBT001
    found = rules.confirmation_period(FACTS, {"applied_on": applied, "jointly": True})

    assert (not found) is allowed


def test_confirmation_is_not_applied_for_before_the_agreement() -> None:
    found = rules.confirmation_period(FACTS, {"applied_on": "2026-03-09", "jointly": True})

    assert [reason.field for reason in found] == ["applied_on"]


@pytest.mark.parametrize(
    ("filed", "values", "fields"),
    [
        (None, {"filed_on": "2026-03-20"}, []),
        (None, {"filed_on": "2026-03-19"}, ["filed_on"]),
        (None, {"ruled_on": "2026-03-19"}, ["ruled_on"]),
        ("2026-03-22", {"ruled_on": "2026-03-21"}, ["ruled_on"]),
        ("2026-03-22", {"ruled_on": "2026-03-22"}, []),
    ],
)
def test_the_courts_dates_follow_one_another(filed: str | None, values: dict[str, str], fields: list[str]) -> None:
    found = rules.court_dates(FACTS | {"case.filed_on": filed}, values)

    assert [reason.field for reason in found] == fields


@pytest.mark.parametrize(
    ("changed", "allowed"),
    [
        ({}, True),
        ({"case.actions": ["apply", "accept", "extend"]}, False),
        ({"case.limit_overdue": True}, False),
    ],
)
def test_the_limit_is_extended_once_and_in_time(changed: dict[str, Any], allowed: bool) -> None:  # noqa: FBT001
    assert (not rules.extension(FACTS | changed, {})) is allowed


@pytest.mark.parametrize("code", ["mediation", "medical", "entrusted", "entrusted_ordinary", "entrusted_summary"])
def test_no_limit_of_mediation_is_extended_once_it_has_run_out(code: str) -> None:
    empty: dict[str, Any] = {"actions": [], "days": {}, "data": {}, "due": {}, "file_categories": []}
    late, early = (rules.facts_of(empty | {"clock_states": {code: state}}, {}) for state in ("overdue", "running"))

    assert [reason.code for reason in rules.extension(late, {})] == ["extension"]
    assert rules.extension(early, {}) == []


def test_a_revisit_is_not_before_the_performance() -> None:
    assert not rules.revisit_date(FACTS, {"revisited_on": "2026-03-15"})
    assert rules.revisit_date(FACTS, {"revisited_on": "2026-03-14"})


def test_confirmation_is_applied_for_by_both_parties_together() -> None:
    found = rules.confirmation_period(FACTS, {"applied_on": "2026-03-11", "jointly": False})

    assert [reason.field for reason in found] == ["jointly"]


@pytest.mark.parametrize("ground", sorted(rules.NOT_ACCEPTED))
def test_each_ground_of_article_355_stops_the_application(ground: str) -> None:
    assert [reason.law for reason in rules.confirmation_precheck(FACTS, {ground: True})] == ["民诉法解释第三百五十五条"]


@pytest.mark.parametrize("ground", sorted(rules.DISMISSED))
def test_each_ground_of_article_358_stops_the_application(ground: str) -> None:
    assert [reason.law for reason in rules.confirmation_precheck(FACTS, {ground: True})] == ["民诉法解释第三百五十八条"]


@pytest.mark.parametrize(
    ("effective", "due", "fields"),
    [
        ("2026-03-10", "2026-03-20", []),
        ("2026-03-10", "2026-03-10", []),
        ("2026-03-10", "2026-03-09", ["perform_by"]),
        ("2026-03-01", "2026-03-20", ["effective_on"]),
        ("2026-03-01", "2026-02-20", ["perform_by", "effective_on"]),
    ],
)
def test_the_dates_of_an_agreement_follow_one_another(effective: str, due: str, fields: list[str]) -> None:
    found = rules.agreement_dates(FACTS, {"effective_on": effective, "perform_by": due})

    assert [reason.field for reason in found] == fields


@pytest.mark.parametrize(
    ("flags", "wanted", "allowed"),
    [
        ([], "sue", True),
        ([], "enforce", False),
        (["court_confirmed"], "enforce", True),
        (["court_confirmed"], "sue", False),
    ],
)
def test_only_a_confirmed_agreement_is_enforced(flags: list[str], wanted: str, allowed: bool) -> None:  # noqa: FBT001
    found = rules.referral(FACTS | {"case.flags": flags}, {"referred_to": wanted})

    assert (not found) is allowed


def test_an_agreement_needs_a_recorded_session() -> None:
    assert not rules.session_held(FACTS, {})
    assert rules.session_held(FACTS | {"case.actions": ["apply", "accept"]}, {})[0].law == "人民调解法第二十七条"


def test_performance_is_not_before_the_agreement() -> None:
    assert not rules.performance_dates(FACTS, {"performed_on": "2026-03-10"})
    assert rules.performance_dates(FACTS, {"performed_on": "2026-03-09"})


def test_a_file_without_the_parties_identity_is_not_archived() -> None:
    assert not rules.volume_complete(FACTS, {})
    assert rules.volume_complete(FACTS | {"case.file_categories": ["evidence"]}, {})


def test_a_low_score_needs_an_opinion_that_explains_it() -> None:
    low = dict.fromkeys(rules.REVIEW_CRITERIA, 5)

    assert rules.review_scores(FACTS, low | {"opinion": "材料不全。"})
    assert not rules.review_scores(FACTS, low | {"opinion": "缺少调查记录，协议书没有写明履行期限，签名不全。"})
