"""Lists, events and named places through the services, from beginning to archive, and what is refused on the way."""

from datetime import timedelta
from typing import Any

import pytest

import blueprints
from saas import clock
from saas.cases.models import Case
from saas.db.session import TenantRef, db
from saas.documents.queries import list_documents
from saas.errors import RefusedError
from saas.indicators import services as indicators
from saas.organisation.models import Unit
from saas.registers import catalogue
from saas.registers import services as registers
from saas.workflow import services as workflow
from saas.workflow.definition import load, parse
from saas.workflow.simulation import example_context, scenario_problems
from tenants import starter
from tests.conftest import InTenant
from tests.education import factory
from tests.mediation.factory import actor, body

LINE = next(line for line in blueprints.discover() if line.name == "education")


@pytest.mark.parametrize("city", ["baoding", "beijing"])
def test_the_processes_come_out_as_their_scenarios_say(city: str) -> None:
    for pack in LINE.processes:
        national = load(pack.national)
        run = workflow.read_pack(pack.national, pack.local, starter.load(city).division)
        parsed = parse(run)

        assert parsed.scenarios
        assert scenario_problems(parsed, example_context(parsed, LINE), national if run != national else None) == []


@pytest.mark.parametrize("kind", sorted(factory.LINES))
def test_a_list_of_each_kind_goes_from_notice_to_archive(beijing: TenantRef, in_tenant: InTenant, kind: str) -> None:
    with in_tenant(beijing):
        case = factory.reporting(kind)
        factory.act(case, "evaluate", factory.judged(), "reviewer")
        factory.act(case, "circulate", factory.circulated(), "leader")
        factory.archive(case)

        issued = [document.form_code for document in list_documents(case.id)]
        assert issued == ["education.list_main", f"education.{kind}", "education.evaluation"]
        assert case.state == "archived"
        assert case.title.startswith("区市场监督管理局")


def test_a_change_of_the_list_is_issued_anew_once_it_is_allowed(beijing: TenantRef, in_tenant: InTenant) -> None:
    wanted = {"cause": "law", "proposed": factory.LINES["list_laws"], "reason": "新法公布，需要增加。"}
    with in_tenant(beijing):
        case = factory.dispatched()
        factory.act(case, "submit", factory.filled(), "liaison")
        factory.act(case, "turn_back", factory.REASON, "officer")
        factory.act(case, "submit", factory.filled(), "liaison")
        factory.act(case, "review", {"opinion": "内容完整。"}, "officer")
        factory.act(case, "publish", factory.published(), "leader")
        factory.act(case, "ask_change", wanted, "liaison")
        before = case.data["items"]
        factory.act(
            case,
            "allow_change",
            {"items": f"{before}\n6月26日｜禁毒法｜区公安分局｜法制科", "opinion": "同意。"},
            "officer",
        )

        assert len(list_documents(case.id)) == 4
        assert "禁毒法" in case.data["items"]


def test_what_has_to_be_put_right_is_not_circulated_as_if_it_were_not(beijing: TenantRef, in_tenant: InTenant) -> None:
    fixed = {"rectified_on": str(clock.today()), "measures": "补充公布清单，更新活动台账。"}
    with in_tenant(beijing):
        case = factory.reporting()
        factory.act(case, "evaluate", factory.judged(to_rectify="活动台账不全。"), "reviewer")
        with pytest.raises(RefusedError, match="要求整改"):
            factory.act(case, "circulate", factory.circulated(), "leader")
        factory.act(case, "order_rectification", factory.circulated(), "leader")
        factory.act(case, "rectify", fixed, "liaison")

        assert case.state == "circulated"


def test_only_the_liaison_it_was_given_to_fills_a_list_in(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.dispatched()
        with pytest.raises(RefusedError):
            factory.act(case, "submit", factory.filled(), "officer")


def test_baoding_wants_evaluation_from_outside_and_the_hours_of_study(shaped: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(shaped):
        case = factory.reporting(city="baoding", group_sessions=1, officials_reached=79)
        with pytest.raises(RefusedError) as refused:
            factory.act(case, "evaluate", factory.judged(third_party=False), "reviewer", "baoding")
        factory.act(case, "evaluate", factory.judged(grade="good", duty=10), "reviewer", "baoding")

    assert len(refused.value.reasons) == 3
    assert all("保定市" in str(reason.law) for reason in refused.value.reasons)


def test_an_event_is_confirmed_with_photographs_by_another_person(beijing: TenantRef, in_tenant: InTenant) -> None:
    today = str(clock.today())
    with in_tenant(beijing):
        case = factory.opened("event", "plan", factory.event(clock.today()), "liaison")
        factory.act(case, "approve", {"planned_on": today, "opinion": "同意。"}, "officer")
        factory.act(case, "announce", {"announced_on": today, "channels": ["account"]}, "liaison")
        factory.act(case, "sign_up", {"signed_up": 96}, "liaison")
        held = {"held_on": today, "held_at": "9时至11时", "place": "文化活动中心", "lecturers": None}
        factory.act(case, "hold", held, "liaison")
        factory.act(case, "record", factory.recorded(), "officer")
        with pytest.raises(RefusedError, match="照片"):
            factory.act(case, "check", {"opinion": "属实。"}, "leader")
        factory.attach(case, "photo", "liaison")
        with pytest.raises(RefusedError):
            factory.act(case, "check", {"opinion": "属实。"}, "officer")
        factory.act(case, "check", {"opinion": "属实。"}, "leader")
        factory.archive(case)

        assert [document.form_code for document in list_documents(case.id)] == ["education.event_register"]
        assert figures(case.unit, "education.audience") == {"education.audience": 120}


def test_who_plans_an_event_does_not_approve_it(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.opened("event", "plan", factory.event(clock.today()))
        with pytest.raises(RefusedError):
            factory.act(case, "approve", {"planned_on": str(clock.today()), "opinion": "同意。"}, "officer")


def test_a_village_is_named_looked_at_again_and_kept(beijing: TenantRef, in_tenant: InTenant) -> None:
    today = clock.today()
    declared = {
        "unit_kind": "legal",
        "unit_name": "清和村",
        "unit_phone": None,
        "area": "110115001",
        "model_name": "清和村民主法治示范村",
        "kind": "village",
        "level_applied": "city",
        "grounds": "村务公开，法律顾问每月坐班，定期普法。",
    }
    seen = {"rechecked_on": str(today), "found": "kept", "details": "宣传栏按月更新，台账齐全。"}
    with in_tenant(beijing):
        case = factory.opened("model", "declare", declared, "liaison")
        factory.act(case, "screen", {"visited_on": None, "opinion": "同意推荐。"}, "officer")
        factory.act(case, "assess", {"points": 92, "opinion": "符合标准。"}, "reviewer")
        with pytest.raises(RefusedError, match="不能高于申报"):
            factory.act(case, "name", {"level": "nation", "counted_from": str(today), "naming_number": None}, "leader")
        factory.act(case, "name", {"level": "city", "counted_from": str(today), "naming_number": None}, "leader")
        factory.act(case, "recheck", seen, "officer")
        factory.act(case, "keep", {"counted_from": str(today), "reason": None}, "leader")
        next_look = next(row for row in case.clocks if row.code == "recheck")
        factory.archive(case)

        assert case.state == "archived"
        assert next_look.due_on > today + timedelta(days=700)


def test_the_rates_are_those_of_the_lists_that_were_sent_out(beijing: TenantRef, in_tenant: InTenant) -> None:
    wanted = ("lists_dispatched", "lists_published", "publish_rate", "carry_rate", "study_rate", "group_sessions")
    with in_tenant(beijing):
        case = factory.reporting(officials=80, officials_reached=60)
        before = figures(case.unit, *(f"education.{name}" for name in wanted))
        factory.dispatched()
        after = figures(case.unit, *(f"education.{name}" for name in wanted))

    assert after["education.lists_dispatched"] == before["education.lists_dispatched"] + 1
    assert after["education.lists_published"] == before["education.lists_published"]
    rate = 100 * after["education.lists_published"] / after["education.lists_dispatched"]
    assert after["education.publish_rate"] == f"{rate:.2f}"
    assert after["education.group_sessions"] >= 3


def figures(unit: Unit, *codes: str) -> dict[str, Any]:
    """The figures of this line at a body, over all days."""
    found = indicators.report("2020..2099", Case.unit_path.startswith(unit.path), unit.name)["indicators"]
    return {row["code"]: row["value"] for row in found if row["code"] in codes}


def test_what_an_official_studied_is_recorded_on_his_entry(beijing: TenantRef, in_tenant: InTenant) -> None:
    today = clock.today()
    with in_tenant(beijing):
        register = catalogue.find("education.official").register
        values = {"name": "陆远", "unit": "区市场监督管理局", "rank": "section", "post": None}
        by = actor(factory.PEOPLE["beijing"]["officer"])
        entry = registers.add(register, values, body("大兴区司法局"), by=by)
        for hours in (2, 6):
            studied = {"how": "study_class", "subject": "民法典", "hours": hours}
            registers.add_record(entry, "学法", studied, today, by=by)

        assert sum(record.values["hours"] for record in entry.records) == 8


def test_villages_are_counted_by_level_and_volunteers_by_kind(zunyi: TenantRef, in_tenant: InTenant) -> None:
    wanted = {"nation": 13, "province": 70, "city": 131}  # as 遵义市 reported them in 2017, with 279 volunteers
    with in_tenant(zunyi):
        by, unit = actor(factory.PEOPLE["zunyi"]["officer"]), body("汇川区司法局")
        village, volunteer = (catalogue.find(f"education.{name}").register for name in ("model_village", "volunteer"))
        for level, count in wanted.items():
            for place in range(count):
                values = {"name": f"{level}{place}村", "kind": "village", "level": level}
                registers.add(village, values, unit, by=by)
        for place in range(279):
            registers.add(volunteer, {"name": f"志愿者{place}", "kind": "volunteer"}, unit, by=by)
        db.session.flush()
        codes = [*(f"education.villages_{level}" for level in wanted), "education.volunteers"]
        found = figures(unit, *codes)

    assert list(found.values()) == [13, 70, 131, 279]
