"""Screening, clues, docking, medical disputes and subsidy: what is checked, and lives from opening to archive."""

from datetime import timedelta
from typing import Any

import pytest

import blueprints
from blueprints.mediation import deepened
from blueprints.mediation.codes import CHANNELS
from saas import clock
from saas.cases import services
from saas.cases.models import Case
from saas.db.session import TenantRef
from saas.documents.queries import list_documents
from saas.errors import RefusedError
from saas.indicators import services as indicators
from saas.workflow.definition import load, parse
from saas.workflow.simulation import example_context, scenario_problems
from tests.conftest import InTenant
from tests.mediation import factory

COMMITTEE = "兴和人民调解委员会"
RATES = {"simple": 50, "ordinary": 100, "complex": 300, "major": 500}
COMPILED = {"retention": "y10", "statement": "无"}
PARTIES = {
    "applicant_kind": "natural",
    "applicant_name": "赵小燕",
    "applicant_phone": None,
    "applicant_address": None,
    "respondent_kind": "natural",
    "respondent_name": "钱大伟",
    "respondent_phone": None,
    "respondent_address": None,
}


@pytest.mark.parametrize("name", ["screening", "clue", "docking"])
def test_the_processes_come_out_as_their_scenarios_say(name: str) -> None:
    line = next(line for line in blueprints.discover() if line.name == "mediation")
    pack = next(pack for pack in line.processes if pack.key == f"mediation.{name}")
    parsed = parse(load(pack.national))

    assert parsed.scenarios
    assert scenario_problems(parsed, example_context(parsed, line)) == []


@pytest.mark.parametrize(
    ("difficulty", "actions", "fen"),
    [
        ("ordinary", ("accept", "agree_written"), 10_000),
        ("ordinary", ("accept", "agree_oral"), 5_000),
        ("major", ("agree_written",), 50_000),
        ("ordinary", ("accept", "end"), 0),
        ("unknown", ("agree_written",), 0),
    ],
)
def test_a_subsidy_is_what_the_table_gives(difficulty: str, actions: tuple[str, ...], fen: int) -> None:
    assert deepened.subsidy_due(difficulty, actions, RATES) == fen


@pytest.mark.parametrize(
    ("kind", "reason", "refused"), [("15", "appraisal", False), ("15", "absent", True), ("16", "absent", False)]
)
def test_in_a_medical_dispute_only_an_appraisal_stops_the_days(kind: str, reason: str, refused: bool) -> None:  # noqa: FBT001
    found = deepened.suspension({"case.kind": kind}, {"suspend_reason": reason})

    assert bool(found) is refused
    assert {one.law for one in found} <= {"医疗纠纷预防和处理条例第三十八条"}


def plan(kind: str, objects: int) -> Case:
    """A round of screening that begins today."""
    values = {
        "unit_kind": "legal",
        "unit_name": COMMITTEE,
        "kind": kind,
        "place": "黄村西里社区",
        "area": "110115001",
        "begins_on": str(clock.today()),
        "objects": objects,
        "period": None,
        "demand": None,
    }
    return services.open_case(
        "mediation.screening", "plan", values, by=factory.actor("lixf"), unit=factory.body("兴丰街道人民调解委员会")
    )


def screened(covered: int, **more: object) -> dict[str, Any]:
    """What was screened today."""
    return {
        "screened_on": str(clock.today()),
        "screener": "郑洁",
        "covered": covered,
        "uncovered_reason": None,
    } | more


def test_screening_shows_its_coverage_and_that_nothing_was_found(beijing: TenantRef, in_tenant: InTenant) -> None:
    found = {"found_count": 2, "prevented": 1, "found_text": "楼道堆物，当场清理。\n漏水纠纷，已登记线索。"}
    with in_tenant(beijing):
        zero, some = plan("by_site", 40), plan("by_area", 60)
        with pytest.raises(RefusedError, match="还有 10 个对象没有排查"):
            factory.act(zero, "report_zero", screened(30), "zhengjie")
        factory.act(zero, "report_zero", screened(40), "zhengjie")
        factory.act(some, "report_found", screened(50, uncovered_reason="空置房十户。", **found), "zhengjie")
        factory.act(zero, "check", {"opinion": "属实。"}, "lixf")
        factory.act(zero, "compile", COMPILED, "lixf")
        factory.act(zero, "archive", {"checked": True}, "wugang")
        limits = {case.id: {row.code: row.due_on - row.started_on for row in case.clocks} for case in (zero, some)}
        figures = report(zero)

        assert limits == {zero.id: {"by_site": timedelta(1)}, some.id: {"by_area": timedelta(30)}}
        assert [document.form_code for document in list_documents(zero.id)] == ["mediation.screening_register"]
        assert zero.state == "archived"
    assert (figures["screenings"], figures["zero_reports"], figures["screening_found"]) == (2, 1, 2)
    assert figures["coverage"] == "90.00"  # 90 of 100


def report(case: Case) -> dict[str, Any]:
    """The figures at the body that has a case."""
    found = indicators.report("2020..2099", Case.unit_path.startswith(case.unit_path), case.unit.name)
    return {row["code"].removeprefix("mediation."): row["value"] for row in found["indicators"]}


def test_what_may_become_a_crime_goes_to_the_police_first(beijing: TenantRef, in_tenant: InTenant) -> None:
    clue = {
        "event_name": "黄村西里邻里争吵",
        "happened_on": str(clock.today()),
        "area": "110115001",
        "place": "黄村西里12号楼",
        "scale": "under_50",
        "kind": "02",
        "people": 4,
        "facts": "两家因漏水争吵，一方扬言报复。",
        "units": None,
    }
    told = {"routed_to": "兴丰派出所", "reported_at": clock.now().isoformat(), "measures": "上门劝解。"}
    danger = {"grade": "major", "colour": "red", "danger": True, "opinion": "可能激化。"}
    kept = {"reason": "双方仍有对立情绪。", "responsible": "李晓峰", "measures": "每周走访一次。"}
    settled = {"settled_on": str(clock.today()), "settled_how": "双方签订协议，互不追究。"}
    with in_tenant(beijing):
        case = services.open_case(
            "mediation.clue",
            "find",
            clue | PARTIES,
            by=factory.actor("zhengjie"),
            unit=factory.body("兴丰街道人民调解委员会"),
        )
        factory.act(case, "assess", danger, "lixf")
        with pytest.raises(RefusedError, match="先办理“报告公安机关”") as refused:
            factory.act(case, "to_mediation", {"routed_to": COMMITTEE, "dispute_number": None}, "lixf")
        hours = next(row for row in case.clocks if row.code == "major")
        factory.act(case, "to_police", told, "lixf")
        factory.act(case, "keep_listed", kept, "lixf")
        factory.act(case, "settle", settled, "lixf")
        factory.act(case, "compile", COMPILED, "lixf")
        factory.act(case, "archive", {"checked": True}, "wugang")

        assert hours.rule["n"] == 6
        assert (case.state, case.outcome) == ("archived", "settled")
    assert refused.value.reasons[0].law == "人民调解法第二十五条"


def handed_over(channel: str) -> Case:
    """A dispute that another body hands over today."""
    values = {
        "channel": channel,
        "origin_unit": "大兴区人民法院",
        "origin_number": None,
        "transferred_on": str(clock.today()),
        "received_on": str(clock.today()),
        "kind": "06",
        "area": "110115001",
        "facts": "高空坠物砸伤行人，赔偿数额不能协商一致。",
        "asked_consent": True,
    }
    body = factory.body(COMMITTEE)
    return services.open_case("mediation.docking", "receive", values | PARTIES, by=factory.actor("zhaoxh"), unit=body)


@pytest.mark.parametrize("channel", [code for code, _ in CHANNELS])
def test_every_channel_has_three_working_days_and_thirty_days(
    beijing: TenantRef, in_tenant: InTenant, channel: str
) -> None:
    with in_tenant(beijing):
        rules = {row.code.split("_")[0]: row.rule for row in handed_over(channel).clocks}

    assert [(rules[name]["n"], rules[name]["unit"]) for name in ("accepting", "answering")] == [
        (3, "workday"),
        (30, "day"),
    ]
    assert {rule["verified"] for rule in rules.values()} == {channel == "court_docking"}


def test_what_is_handed_over_is_accepted_with_consent_extended_once_and_answered(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    today = str(clock.today())
    accepted = {"consent": True, "accepted_on": today, "dispute_number": None, "receiver": "孙丽"}
    longer = {"extra_days": 10, "both_agree": True, "reason": "等待鉴定意见"}
    agreed = {"result": "agreed", "agreement_number": "1号", "result_text": "达成协议。", "answered_on": today}
    with in_tenant(beijing):
        case = handed_over("court_docking")
        with pytest.raises(RefusedError, match="一方明确拒绝"):
            factory.act(case, "accept", accepted | {"consent": False}, "zhaoxh")
        factory.act(case, "accept", accepted, "zhaoxh")
        factory.act(case, "extend", longer, "sunli")
        with pytest.raises(RefusedError, match="已经延长过一次"):
            factory.act(case, "extend", longer, "sunli")
        factory.act(case, "answer_agreed", agreed, "sunli")
        factory.act(case, "compile", COMPILED, "sunli")
        factory.act(case, "archive", {"checked": True}, "zhaoxh")

        issued = [document.form_code for document in list_documents(case.id)]
        assert issued == ["mediation.docking_slip", "mediation.docking_answer"]
        assert case.state == "archived"


def test_a_medical_dispute_has_thirty_working_days_and_no_other_limit_to_settle_it(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        medical, other = factory.mediating(kind="15"), factory.mediating(kind="02")
        limits = [{row.code for row in case.clocks} & {"medical", "mediation"} for case in (medical, other)]
        rule = next(row.rule for row in medical.clocks if row.code == "medical")

    assert limits == [{"medical"}, {"mediation"}]
    assert (rule["n"], rule["unit"], rule["verified"]) == (30, "workday", True)


def test_a_case_is_reported_on_at_its_end_and_subsidised_by_the_table(beijing: TenantRef, in_tenant: InTenant) -> None:
    today = str(clock.today())
    visited = {
        "revisited_on": today,
        "revisit_mode": "phone",
        "performance_found": "已经履行",
        "satisfaction": "satisfied",
        "sued": None,
        "hidden_danger": None,
    }
    with in_tenant(beijing):
        case = factory.agreed()
        factory.act(case, "perform", {"performance": "in_time", "performed_on": today, "proof": None}, "sunli")
        factory.act(case, "revisit", visited, "sunli")
        closing = {"filled_on": today, "outcome_text": "达成书面协议，已经履行。", "remark": None}
        factory.act(case, "close_report", closing, "sunli")
        factory.act(case, "compile", COMPILED, "sunli")
        with pytest.raises(RefusedError, match="应当补贴 100"):
            factory.act(case, "subsidise", {"subsidy_amount": 30_000, "reason": None}, "zhangwei")
        factory.act(case, "subsidise", {"subsidy_amount": 10_000, "reason": None}, "zhangwei")

        issued = {document.form_code for document in list_documents(case.id)}
        assert {"mediation.closing_report", "mediation.logbook"} <= issued
        assert report(case)["subsidies"] == "100.00"
