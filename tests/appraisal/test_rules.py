"""What the law forbids in appraisal and its oversight, as tables."""

from datetime import date
from typing import Any

import pytest

from blueprints.appraisal import rules_case, rules_complaint, rules_supervision
from blueprints.appraisal.rules import facts_of
from saas.clock import today
from saas.workflow.engine import Reason
from tests.appraisal.factory import CHECKS, GROUNDS

NONE: dict[str, Any] = facts_of(None, {})


def fields(found: list[Reason]) -> list[str | None]:
    return [reason.field for reason in found]


@pytest.mark.parametrize("missing", CHECKS)
def test_a_commission_that_fails_one_of_six_points_is_not_accepted(missing: str) -> None:
    found = rules_case.intake(NONE, dict.fromkeys(CHECKS, True) | {missing: False})

    assert [(reason.field, reason.law) for reason in found] == [(missing, "司法鉴定程序通则第十五条")]


@pytest.mark.parametrize(
    ("second", "allowed"), [("b", True), (None, False), ("a", False), (["a"], False), (["b"], True)]
)
def test_two_different_appraisers_are_named(second: object, allowed: bool) -> None:  # noqa: FBT001
    values = {"handler": ["a"], "second_appraiser": second, "qualified": True, "committed": True}

    assert (not rules_case.two_appraisers(NONE, values)) is allowed


def test_who_must_keep_out_or_has_not_promised_does_not_appraise() -> None:
    values = {"handler": "a", "second_appraiser": "b", "qualified": False, "committed": False}

    assert fields(rules_case.two_appraisers(NONE, values)) == ["qualified", "committed"]


def test_appraising_again_needs_a_ground_and_a_senior_appraiser() -> None:
    again = NONE | {"case.again": "again"}

    assert fields(rules_case.again_elsewhere_only(NONE, {"again": "again"})) == ["again_ground"]
    assert not rules_case.again_elsewhere_only(NONE, {"again": "again", "again_ground": "a4"})
    assert fields(rules_case.senior_appraiser(again, {"senior": False})) == ["senior"]
    assert not rules_case.senior_appraiser(NONE, {"senior": False})


@pytest.mark.parametrize(
    ("actions", "state", "informed", "allowed"),
    [
        (["sign"], "running", True, True),
        (["sign"], "running", False, False),
        (["sign", "extend"], "running", True, False),
        (["sign", "extend", "supplement"], "running", True, True),
        (["sign"], "overdue", True, False),
    ],
)
def test_the_limit_is_extended_once_in_time_and_the_client_is_told(
    actions: list[str],
    state: str,
    informed: bool,  # noqa: FBT001
    allowed: bool,  # noqa: FBT001
) -> None:
    facts = NONE | {"case.actions": actions, "case.completion_state": state}

    assert (not rules_case.extension(facts, {"informed": informed})) is allowed


@pytest.mark.parametrize(
    ("hearing", "consents", "allowed"),
    [
        ("2026-05-11", False, True),
        ("2026-05-10", False, False),
        ("2026-05-10", True, True),
        ("2026-05-07", True, False),
    ],
)
def test_the_court_tells_three_days_before_the_hearing(
    hearing: str,
    consents: bool,  # noqa: FBT001
    allowed: bool,  # noqa: FBT001
) -> None:
    values = {"notified_on": "2026-05-08", "hearing_on": hearing, "consents": consents}

    assert (not rules_case.court_notice(NONE, values)) is allowed


@pytest.mark.parametrize(
    ("actions", "years", "allowed"),
    [(["issue"], "y10", False), (["issue"], "y30", True), (["issue"], "permanent", True), (["terminate"], "y10", True)],
)
def test_an_opinion_is_kept_for_thirty_years(actions: list[str], years: str, allowed: bool) -> None:  # noqa: FBT001
    assert (not rules_case.retention(NONE | {"case.actions": actions}, {"retention": years})) is allowed


@pytest.mark.parametrize(
    ("knew", "received", "allowed"),
    [
        ("2023-03-02", "2026-03-02", True),
        ("2023-03-01", "2026-03-02", False),
        ("2024-02-29", "2027-02-28", True),
        ("2024-02-29", "2027-03-01", False),
    ],
)
def test_a_complaint_is_brought_within_three_years(knew: str, received: str, allowed: bool) -> None:  # noqa: FBT001
    found = rules_complaint.complaint_period(NONE | {"case.knew_on": knew, "case.received_on": received}, {})

    assert (not found) is allowed
    assert all(reason.law == "司法鉴定执业活动投诉处理办法第四条" for reason in found)


@pytest.mark.parametrize("ground", sorted(GROUNDS))
def test_each_ground_keeps_a_complaint_from_being_taken_up(ground: str) -> None:
    found = rules_complaint.complaint_grounds_beijing(NONE, GROUNDS | {ground: True})

    assert [(reason.field, reason.law) for reason in found] == [(ground, "北京市司法鉴定管理条例第三十一条")]


@pytest.mark.parametrize(
    ("substantiated", "measures", "allowed"),
    [
        ("proven", ["m2"], True),
        ("proven", ["m9"], False),
        ("partly", [], False),
        ("unproven", ["m9"], True),
        ("unproven", ["m9", "m1"], False),
    ],
)
def test_measures_follow_from_what_was_found(substantiated: str, measures: list[str], allowed: bool) -> None:  # noqa: FBT001
    values = {"substantiated": substantiated, "measures": measures}

    assert (not rules_complaint.measures_fit(NONE, values)) is allowed


def test_both_sides_are_told_how_to_seek_redress() -> None:
    assert fields(rules_complaint.answer_told(NONE, {})) == ["both_told", "remedy_told"]


@pytest.mark.parametrize(
    ("start", "end", "allowed"),
    [
        ("2026-03-20", "2031-03-19", True),
        ("2026-03-20", "2031-03-20", False),
        ("2024-02-29", "2029-02-27", True),
        ("2026-01-01", "2030-12-31", True),
    ],
)
def test_a_licence_is_valid_for_five_years(start: str, end: str, allowed: bool) -> None:  # noqa: FBT001
    assert (not rules_supervision.licence_term(NONE, {"valid_from": start, "valid_until": end})) is allowed


@pytest.mark.parametrize(
    ("kind", "expires", "allowed"),
    [("l1", None, True), ("l3", "2026-05-08", True), ("l3", "2026-05-07", False), ("l4", None, False)],
)
def test_a_licence_is_renewed_before_it_ends(kind: str, expires: str | None, allowed: bool) -> None:  # noqa: FBT001
    facts = NONE | {"case.kind": kind, "case.received_on": "2026-05-08", "case.expires_on": expires}

    assert (not rules_supervision.renewal_in_time(facts, {})) is allowed


@pytest.mark.parametrize(
    ("own", "other", "joint", "allowed"),
    [("大兴区", "房山区", False, True), ("大兴区", "大兴区", False, False), ("大兴区", "大兴区 ", True, True)],
)
def test_no_district_grades_its_own_institutions_alone(own: str, other: str, joint: bool, allowed: bool) -> None:  # noqa: FBT001
    values = {"own_district": own, "review_district": other, "joint": joint}

    assert (not rules_supervision.first_round_elsewhere(NONE, values)) is allowed


@pytest.mark.parametrize(
    ("kind", "end", "allowed"), [("e1", "2026-06-30", True), ("e1", "2026-07-01", False), ("e2", "2026-11-30", True)]
)
def test_the_yearly_grade_is_finished_in_the_first_half(kind: str, end: str, allowed: bool) -> None:  # noqa: FBT001
    values = {"kind": kind, "year": 2026, "finish_by": end}

    assert (not rules_supervision.grading_first_half(NONE, values)) is allowed


def test_a_grade_is_objected_to_while_on_notice_and_published_after_it() -> None:
    facts = NONE | {"case.publicity_due": date(2026, 5, 8)}

    assert not rules_supervision.objection_in_time(facts, {"objected_on": "2026-05-08"})
    assert rules_supervision.objection_in_time(facts, {"objected_on": "2026-05-09"})
    assert rules_supervision.notice_over(facts, {"published_on": "2026-05-08"})
    assert not rules_supervision.notice_over(facts, {"published_on": "2026-05-09"})


@pytest.mark.parametrize(
    ("two", "apart", "wrong"),
    [("乙", True, []), ("甲", True, ["inspector_two"]), ("", True, ["inspector_two"]), ("乙", False, ["no_interest"])],
)
def test_two_inspectors_without_interest_inspect(two: str, apart: bool, wrong: list[str]) -> None:  # noqa: FBT001
    values = {"inspector_one": "甲", "inspector_two": two, "no_interest": apart}

    assert fields(rules_supervision.inspectors_apart(NONE, values)) == wrong


@pytest.mark.parametrize(
    ("item", "problems", "result", "wrong"),
    [
        ("good", None, "qualified", []),
        ("bad", "没有记录", "rectify", []),
        ("bad", None, "rectify", ["problems"]),
        ("bad", "没有记录", "qualified", ["check_result"]),
        ("good", None, "filed", ["check_result"]),
    ],
)
def test_the_result_of_an_inspection_follows_from_what_was_found(
    item: str, problems: str | None, result: str, wrong: list[str]
) -> None:
    values = {"item_means": item, "problems": problems, "check_result": result}

    assert fields(rules_supervision.check_found(NONE, values)) == wrong


def test_the_facts_of_a_case_are_read_from_what_was_stored() -> None:
    case = {
        "actions": ["commission"],
        "days": {"commission": today()},
        "data": {"knew_on": "2026-01-05", "again": "again"},
        "due": {"publicity": today()},
        "clock_states": {"completion": "overdue"},
        "file_categories": ["identity"],
        "flags": ["materials"],
        "today": today(),
    }
    facts = facts_of(case, {})

    assert (facts["case.knew_on"], facts["case.again"]) == ("2026-01-05", "again")
    assert facts["case.completion_state"] == "overdue"
    assert facts["case.opened_on"] == facts["case.publicity_due"] == today()


@pytest.mark.parametrize(
    ("about", "two", "allowed"),
    [("安信司法鉴定所", "丙", True), ("明诚司法鉴定所", "丙", False), ("安信司法鉴定所", "丁", False)],
)
def test_who_was_drawn_for_an_object_inspects_it(about: str, two: str, allowed: bool) -> None:  # noqa: FBT001
    drawn = {"case.drawn": "大兴区安信司法鉴定所——甲、丙\n明诚司法鉴定所——甲、丁"}
    values = {"object_name": about, "inspector_one": "甲", "inspector_two": two}

    assert (not rules_supervision.as_drawn(drawn, values)) is allowed
