"""What the law forbids in corrections and placement, as tables over facts."""

from datetime import date
from typing import Any

import pytest

from blueprints.corrections import labels
from blueprints.corrections.checks import court, discipline, duties, ending, helping, reception, requests, survey
from blueprints.corrections.facts import is_minor, later
from blueprints.corrections.measures import lateness, supported
from blueprints.corrections.settings import SETTINGS
from saas.workflow.counting import Entry

DAY = date(2026, 9, 1)


def entry(action: str, day: date = date(2026, 8, 20), **values: Any) -> Entry:  # noqa: ANN401 - plain values
    return Entry(action, day, values)


def facts(
    *log: Entry, due: dict[str, date] | None = None, files: tuple[str, ...] = (), **data: object
) -> dict[str, Any]:
    return {
        "log": list(log),
        "data": data,
        "settings": {one.key: one.default for one in SETTINGS},
        "actions": [one.action for one in log],
        "due": due or {},
        "file_categories": files,
        "flags": [],
        "today": DAY,
    }


def breach(kind: str, gravity: str = "minor", **values: Any) -> Entry:  # noqa: ANN401 - plain values
    return entry("violation", violation=kind, gravity=gravity, **values)


@pytest.mark.parametrize(
    ("came", "title", "law"),
    [
        ("2026-02-15", "训诫", "第三十四条"),
        ("2026-02-24", "训诫", "第三十四条"),
        ("2026-02-25", "警告", "第三十五条"),
        ("2026-03-14", "警告", "第三十五条"),
        ("2026-03-15", "提请撤销", "第四十六条"),
    ],
)
def test_each_lateness_has_what_may_be_proposed_for_it(came: str, title: str, law: str) -> None:
    found = lateness(date(2026, 2, 14), date.fromisoformat(came))

    assert found.title == title
    assert law in found.law


@pytest.mark.parametrize(
    ("log", "kind", "measures"),
    [
        ([], "probation", set()),
        ([breach("v_rules")], "probation", {"admonish"}),
        ([breach("v_study")], "probation", set()),
        ([breach("v_study", taught=True)], "probation", {"admonish"}),
        ([breach("v_missing", days=10)], "probation", {"admonish"}),
        ([breach("v_missing", days=11)], "probation", {"warn"}),
        ([breach("v_missing", days=31)], "probation", {"warn", "revoke_probation"}),
        ([breach("v_missing", days=31)], "parole", {"warn", "revoke_parole"}),
        ([breach("v_missing", days=31)], "outside", {"warn", "imprison"}),
        ([breach("v_missing", days=31)], "control", {"warn"}),
        ([breach("v_rules", "serious")], "probation", {"warn"}),
        ([breach("v_ban")], "probation", {"warn"}),
        ([breach("v_ban", "serious")], "probation", {"public_security"}),
        ([breach("v_ban", "grave")], "probation", {"public_security", "revoke_probation"}),
        ([breach("v_security", "serious")], "control", {"public_security"}),
        ([breach("v_medical", taught=True)], "outside", {"warn"}),
        ([breach("v_rules"), entry("admonish")], "probation", set()),
        ([entry("admonish"), entry("admonish"), breach("v_rules")], "probation", {"admonish", "warn"}),
        ([entry("warn"), entry("warn"), breach("v_rules")], "probation", {"admonish", "revoke_probation"}),
        ([entry("punished"), breach("v_rules")], "probation", {"admonish", "revoke_probation"}),
        ([breach("v_rules"), entry("punished")], "probation", {"admonish"}),
        ([breach("v_unfit")], "outside", {"imprison"}),
    ],
)
def test_recorded_facts_support_their_measures_and_no_other(log: list[Entry], kind: str, measures: set[str]) -> None:
    assert set(supported(facts(*log, kind=kind))) == measures


def test_a_late_arrival_and_an_absence_are_breaches_on_record() -> None:
    late = entry("receive_late", reported_on="2026-08-20")
    away = [entry("lose", lost_on="2026-07-01"), entry("find", found_on="2026-08-02", excused=False)]

    assert set(supported(facts(late, due={"report": date(2026, 8, 5)}, kind="probation"))) == {"warn"}
    assert set(supported(facts(*away, kind="probation"))) == {"warn", "revoke_probation"}
    assert not supported(facts(away[0], entry("find", found_on="2026-08-02", excused=True), kind="probation"))


def test_praise_takes_half_a_year_four_conditions_and_no_open_breach() -> None:
    good = dict.fromkeys(discipline.GOOD, True) | {"measure": "praise"}
    long_ago = entry("declare", date(2026, 2, 28))

    assert not discipline.measure_grounded(facts(long_ago), good)
    assert discipline.measure_grounded(facts(entry("declare", date(2026, 3, 2))), good)
    assert discipline.measure_grounded(facts(long_ago, breach("v_rules")), good)
    assert [one.field for one in discipline.measure_grounded(facts(long_ago), good | {"serves": False})] == ["serves"]


@pytest.mark.parametrize(
    ("ground", "log", "allowed"),
    [
        ("ban", [breach("v_ban")], True),
        ("ban", [breach("v_left")], False),
        ("left", [breach("v_left")], True),
        ("refused", [breach("v_refused")], False),
        ("refused", [breach("v_refused"), entry("warn")], True),
        ("security", [entry("suggest_security")], False),
        ("security", [entry("punished")], True),
        ("revoking", [entry("draft_revocation")], True),
        ("revoking", [entry("draft_revocation"), entry("drop_revocation")], False),
        ("points", [breach("v_ban")], False),
    ],
)
def test_the_device_is_for_the_five_situations_of_article_29(ground: str, log: list[Entry], allowed: bool) -> None:  # noqa: FBT001
    found = court.monitoring_ground(facts(*log), {"ground": ground, "months": 3})

    assert {one.law for one in found} == (set() if allowed else {"社区矫正法第二十九条"})


@pytest.mark.parametrize(
    ("days", "earlier", "office", "county"),
    [(7, 0, True, True), (8, 0, False, True), (30, 0, False, True), (31, 0, False, False), (5, 26, False, False)],
)
def test_the_level_of_a_leave_is_that_of_its_length_and_of_two_months(
    days: int,
    earlier: int,
    office: bool,  # noqa: FBT001
    county: bool,  # noqa: FBT001
) -> None:
    end = date.fromordinal(date(2026, 10, 1).toordinal() + days - 1)
    log = [entry("apply_leave")]
    if earlier:
        first = date.fromordinal(date(2026, 9, 1).toordinal() + earlier - 1)
        log.insert(0, entry("grant_leave", granted_from="2026-09-01", granted_until=str(first)))
    values = {"granted_from": "2026-10-01", "granted_until": str(end)}

    assert (not requests.office_may_grant(facts(*log), values)) is office
    assert (not requests.county_may_grant(facts(*log), values)) is county


@pytest.mark.parametrize(
    ("from_on", "urgent", "allowed"),
    [("2026-09-04", False, True), ("2026-09-03", False, False), ("2026-09-01", True, True)],
)
def test_a_leave_is_asked_for_three_days_ahead(from_on: str, urgent: bool, allowed: bool) -> None:  # noqa: FBT001
    found = requests.leave_request(facts(), {"from_on": from_on, "until_on": "2026-09-05", "urgent": urgent})

    assert (not found) is allowed


def test_another_request_is_not_granted_in_its_place() -> None:
    log = facts(entry("apply_leave"), entry("apply_place"))

    assert requests.asked("apply_leave")(log, {})[0].code == "request"
    assert not requests.asked("apply_place")(log, {})


def test_a_move_is_granted_where_the_other_county_agreed_to_this_request() -> None:
    agreed = entry("answer_move", answer="agree")

    assert not requests.move_answered(facts(entry("apply_move"), agreed), {})
    assert requests.move_answered(facts(agreed, entry("apply_move")), {})


@pytest.mark.parametrize(
    ("chosen", "log", "values", "allowed"),
    [
        ("ordinary", [entry("declare", date(2026, 7, 15))], {}, False),
        ("strict", [entry("declare", date(2026, 7, 15))], {}, True),
        ("ordinary", [entry("declare", date(2026, 6, 1))], {}, True),
        ("ordinary", [entry("declare", date(2026, 6, 1))], {"risk": "high"}, False),
        ("ordinary", [entry("declare", date(2026, 6, 1)), entry("warn")], {}, False),
        ("ordinary", [entry("declare", date(2026, 6, 1)), entry("admonish")], {}, True),
        ("ordinary", [entry("declare", date(2026, 6, 1)), entry("assess", result="fail")], {}, False),
        ("loose", [entry("declare", date(2026, 6, 1))], {}, False),
        ("loose", [entry("declare", date(2026, 2, 1))], {}, True),
    ],
)
def test_a_class_follows_from_time_and_record(
    chosen: str,
    log: list[Entry],
    values: dict[str, str],
    allowed: bool,  # noqa: FBT001
) -> None:
    assert (not duties.class_grounded(facts(*log), {"class": chosen, **values})) is allowed


def test_nobody_passes_the_month_whose_duties_of_the_class_were_not_met() -> None:
    done = [entry("declare", date(2026, 8, 1)), *[entry("report")] * 4, *[entry("talk")] * 4]
    hours = [entry("study", hours=12), entry("service", hours=12)]
    known: dict[str, Any] = {"class": "strict"}

    assert "教育学习" in duties.duties_met(facts(*done, **known), {"result": "pass"})[0].sentence
    assert not duties.duties_met(facts(*done, **known), {"result": "fail"})
    assert not duties.duties_met(facts(*done, *hours, **known), {"result": "pass"})
    assert not duties.duties_met(facts(*done, hours[0], unfit=True, **known), {"result": "pass"})


def test_a_city_sets_the_duties_of_a_class() -> None:
    known = facts(**dict[str, Any]({"class": "loose"}))
    known["settings"] |= {"corrections.loose_duties": "reports=0,talks=0,study=2,service=0"}

    assert duties.duties(known, "loose") == {"reports": 0, "talks": 0, "study": 2, "service": 0}


def test_who_a_case_is_about_agrees_with_the_id_number() -> None:
    values = {"subject_id": "990101198604120017", "birth": "1986-04-12", "gender": "male"}

    assert not reception.identity_agrees(facts(), values)
    assert [one.field for one in reception.identity_agrees(facts(), values | {"gender": "female"})] == ["gender"]
    assert [one.field for one in reception.identity_agrees(facts(), values | {"birth": "1986-04-13"})] == ["birth"]


def test_eighteen_is_reached_on_the_birthday() -> None:
    assert is_minor("2008-09-02", DAY)
    assert not is_minor("2008-09-01", DAY)
    assert later(date(2026, 1, 31), 1) == date(2026, 2, 28)


def test_a_minors_file_is_sealed_and_every_other_is_kept_closely() -> None:
    assert labels.label_for("", {"birth": "1986-04-12", "minor_file": False}) == 1
    assert labels.label_for("", {"birth": "1986-04-12", "minor_file": True}) == 2
    assert labels.label_for("", {"birth": "2012-04-12"}) == 2


def test_nobody_is_searched_for_or_proposed_to_the_court_before_the_days_have_passed() -> None:
    assert reception.report_overdue(facts(due={"report": DAY}), {})
    assert not reception.report_overdue(facts(due={"report": date(2026, 8, 31)}), {})
    assert reception.absent_over_month(facts(due={"report": date(2026, 8, 1)}), {})
    assert not reception.absent_over_month(facts(due={"report": date(2026, 7, 31)}), {})


def test_release_waits_for_the_end_of_the_term_and_for_the_summary() -> None:
    known: dict[str, Any] = {"term_until": "2026-09-01"}

    assert not ending.term_over(facts(entry("summary"), **known), {"released_on": "2026-09-01"})
    assert ending.term_over(facts(entry("summary"), **known), {"released_on": "2026-08-31"})
    assert ending.term_over(facts(**known), {"released_on": "2026-09-01"})
    assert ending.papers_kept(facts(), {})
    assert not ending.papers_kept(facts(files=("papers",)), {})


def test_a_summary_is_due_thirty_days_before_the_term_ends() -> None:
    term = {"term_from": "2026-03-01", "term_until": "2026-09-01"}

    assert not reception.term_dates(facts(), term | {"summary_by": "2026-08-02"})
    assert [one.field for one in reception.term_dates(facts(), term | {"summary_by": "2026-08-03"})] == ["summary_by"]


def test_one_proposal_to_commute_waits_for_its_ruling() -> None:
    waiting = facts(entry("propose_commutation", submitted_on="2026-08-20"))

    assert court.no_commutation_open(waiting, {})
    assert not court.commutation_open(waiting, {"ruled_on": "2026-08-21"})
    assert court.commutation_open(waiting, {"ruled_on": "2026-08-19"})
    assert court.commutation_open(facts(), {})


def test_two_people_survey_home_and_neighbourhood() -> None:
    seen = [entry("survey", survey_of="residence"), entry("survey", survey_of="community")]

    assert survey.two_investigators(facts(), {"investigators": "王磊、王磊"})
    assert not survey.two_investigators(facts(), {"investigators": "王磊、赵琴"})
    assert survey.surveyed(facts(seen[0]), {})
    assert not survey.surveyed(facts(*seen), {})
    assert survey.delivered_after_received(facts(received_on="2026-08-02"), {"delivered_on": "2026-08-01"})


@pytest.mark.parametrize(
    ("told", "chosen", "allowed"),
    [("2026-08-02", "in_time", True), ("2026-08-03", "in_time", False), ("2026-08-03", "late", True)],
)
def test_a_prison_tells_thirty_days_ahead(told: str, chosen: str, allowed: bool) -> None:  # noqa: FBT001
    values = {"notified_on": told, "released_on": "2026-09-01", "ahead": chosen}

    assert (not helping.notice_ahead(facts(), values)) is allowed


def test_who_is_to_be_helped_first_is_fetched_and_graded_so() -> None:
    first = facts(key_person=True, released_on="2026-08-30")

    assert helping.key_person_fetched(first, {"meet_way": "self"})
    assert not helping.key_person_fetched(first, {"meet_way": "fetched"})
    assert helping.grade_grounded(first, {"risk": "low", "grade": "general"})
    assert helping.grade_grounded(facts(), {"risk": "high", "grade": "general"})
    assert helping.met_after_release(first, {"met_on": "2026-08-29"})


def test_help_lasts_as_long_as_the_city_set() -> None:
    known = facts(due={"help": date(2031, 3, 10)})

    assert helping.help_over(known, {"freed_on": "2031-03-09"})
    assert not helping.help_over(known, {"freed_on": "2031-03-10"})


@pytest.mark.parametrize(
    ("ground", "log", "allowed"),
    [
        ("g_missing", [breach("v_missing", "grave", days=40)], True),
        ("g_ban", [breach("v_missing", "grave", days=40)], False),
        ("g_warned", [entry("warn"), entry("warn"), breach("v_rules")], True),
        ("g_warned", [entry("warn"), breach("v_rules"), entry("warn")], False),
        ("g_security", [entry("punished"), breach("v_rules")], True),
        ("g_security", [breach("v_rules"), entry("punished")], False),
        ("g_unfit", [breach("v_unfit")], False),
    ],
)
def test_a_proposal_names_the_situation_that_is_on_record(ground: str, log: list[Entry], allowed: bool) -> None:  # noqa: FBT001
    values = {"proposal": "revoke_probation", "ground": ground}

    assert (not court.revocation_grounded(facts(*log, kind="probation"), values)) is allowed


def test_a_ruling_is_held_against_its_own_proposal() -> None:
    log = facts(
        entry("submit_revocation", submitted_on="2026-08-01"), entry("propose_commutation", submitted_on="2026-08-20")
    )

    assert not court.ruling_dates(log, {"ruled_on": "2026-08-10"})
    assert court.ruling_dates(log, {"ruled_on": "2026-07-31"})
    assert court.commutation_open(log, {"ruled_on": "2026-08-10"})


def test_nobody_is_released_whose_term_was_never_registered() -> None:
    found = ending.term_over(facts(entry("summary")), {"released_on": "2026-09-01"})

    assert [one.law for one in found] == ["社区矫正法第四十四条"]
