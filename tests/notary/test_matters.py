"""A matter through the services: its whole life, the branches it may take, and from which day each limit runs."""

from datetime import timedelta
from typing import Any

import pytest

from saas import clock, domain
from saas.cases import context, services
from saas.cases.models import Case
from saas.db.session import TenantRef
from saas.documents.queries import list_documents
from saas.errors import InvalidInputError, RefusedError
from saas.fields import schema
from saas.identity.actor import citizen
from tests.conftest import InTenant
from tests.notary import factory
from tests.notary.factory import APPROVER, CLERK, HEAD, NOTARY, act


def forms(case: Case) -> list[str]:
    return [document.form_code.removeprefix("notary.") for document in list_documents(case.id)]


def limits(case: Case) -> dict[str, Any]:
    return {row.code: row for row in case.clocks}


def test_an_application_goes_to_the_office_of_its_district(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        values = factory.application()
        case = services.open_case(factory.MATTER, "apply", values, by=citizen("赵小燕"))

        assert case.unit.name == factory.OTHER
        assert case.title == "赵小燕委托"
        assert forms(case) == ["application"]


def test_an_appointment_becomes_an_application_when_its_day_comes(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        known = {"source": "online", "booked_on": str(clock.today()), "booked_half": "morning", "need": None}
        who = {key: value for key, value in factory.application().items() if key.startswith("applicant_")}
        booked = who | {"kind": "06", "area": "110115001"} | known
        case = services.open_case(
            factory.MATTER, "book", booked, by=citizen("赵小燕"), unit=factory.body(factory.OFFICE)
        )
        given = {key: value for key, value in factory.application(kind="06").items() if not key.startswith("applicant")}
        given |= {"identity_checked": True, "identity_way": "reader"}
        with pytest.raises(RefusedError, match="应当由本人办理"):
            act(case, "register", given | {"on_behalf": "agent", "agent_name": "赵大山"}, CLERK)
        act(case, "register", given, CLERK)

        assert (case.state, forms(case)) == ("applied", ["application"])


def test_a_certificate_goes_from_acceptance_to_the_archive(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.served()
        act(case, "compile", {"volume_kind": "ordinary", "retention": "y30", "statement": "无"}, NOTARY)
        with pytest.raises(RefusedError) as refusal:
            act(case, "archive", {"checked": True, "remark": None}, CLERK)
        assert len(refusal.value.reasons) == 2
        for category in ("identity", "signed"):
            factory.add_file(case, category)
        act(case, "archive", {"checked": True, "remark": None}, CLERK)

        assert case.state == "archived"
        assert forms(case) == [
            *("application", "acceptance", "receipt", "notice", "interview", "approval", "certificate", "delivery"),
        ]
        assert limits(case)["filing"].stopped_on == clock.today()


def test_papers_that_are_missing_and_facts_that_are_verified_stop_the_clock(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.examining(term="five", simple=True)
        wanted = {"wanted": "户口簿", "supply_by": str(clock.today() + timedelta(days=30)), "again_reason": None}
        act(case, "ask_more", wanted, NOTARY)
        assert {code for code, row in limits(case).items() if row.paused} == {"certificate", "five"}
        act(case, "complete", {"received": "户口簿复印件1份"}, CLERK)
        with pytest.raises(RefusedError, match="一次性告知"):
            act(case, "ask_more", wanted, NOTARY)
        act(
            case,
            "entrust",
            {"entrusted_to": "保定市公证处", "verify_subject": "结婚登记", "entrust_files": None},
            NOTARY,
        )
        assert limits(case)["certificate"].paused
        found = {
            "verified_at": clock.now().isoformat(),
            "verified_way": "entrusted",
            "verified_place": "函复",
            "verified_from": "保定市公证处",
            "verified_by": "王芳",
            "verified_text": "经函复，情况属实。",
        }
        act(case, "verified", found, NOTARY)

        assert not limits(case)["certificate"].paused
        assert forms(case)[-4:] == ["supplement", "receipt", "entrust", "verification"]


def test_who_acts_for_an_applicant_is_named_although_the_appointment_did_not_say(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        booked = {key: value for key, value in factory.application().items() if key.startswith("applicant_")}
        booked |= {"kind": "03", "area": "110115001", "source": "online", "booked_on": str(clock.today())}
        booked |= {"booked_half": "morning", "need": None}
        case = services.open_case(
            factory.MATTER, "book", booked, by=citizen("赵小燕"), unit=factory.body(factory.OFFICE)
        )
        given = {key: value for key, value in factory.application().items() if not key.startswith("applicant")}
        given |= {"on_behalf": "agent", "agent_name": "赵大山", "identity_checked": True, "identity_way": "reader"}
        act(case, "register", given, CLERK)

        assert list_documents(case.id)[-1].values["agents"] == "赵大山"


def test_a_refusal_that_was_not_granted_sets_the_clock_going_again(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.examining()
        wanted = {"wanted": "户口簿", "supply_by": str(clock.today() + timedelta(days=30)), "again_reason": None}
        act(case, "ask_more", wanted, NOTARY)
        ground = {"refusal_ground": "06", "refusal_text": "经通知没有补充户口簿，材料不充分。"}
        act(case, "propose_refusal", ground, NOTARY)
        act(case, "go_on", {"opinion": "材料已经收到，请继续办理。"}, HEAD)

        assert (case.state, limits(case)["certificate"].paused) == ("examining", False)


def test_a_suspended_clock_is_not_set_going_by_anything_but_its_end(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.examining()
        act(case, "suspend", {"reason": "台风停工，无法查档。"}, NOTARY)
        wanted = {"wanted": "户口簿", "supply_by": str(clock.today() + timedelta(days=30)), "again_reason": None}
        with pytest.raises(RefusedError, match="请先恢复"):
            act(case, "ask_more", wanted, NOTARY)
        assert limits(case)["certificate"].paused
        act(case, "resume", {"reason": "台风已过。"}, NOTARY)
        act(case, "ask_more", wanted, NOTARY)

        assert case.state == "supplement"


def test_whoever_applies_for_a_review_does_not_say_when_it_was_received(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        form = domain.get_domain("notary").fields["notary.review"]
        sent = {name: [str(value)] for name, value in factory.reviewed().items()}
        mine = context.field_context("notary", form, roles=frozenset({"citizen"}))
        with pytest.raises(InvalidInputError):
            schema.load(form, sent, mine)
        del sent["review_received_on"]
        case = factory.served()
        act(case, "apply_review", schema.load(form, sent, mine), CLERK)

        assert limits(case)["review"].started_on == clock.today()
        today = clock.today()
        assert list_documents(case.id)[-1].values["received_on"] == f"{today.year}年{today.month}月{today.day}日"


def test_the_green_channel_has_a_clerk_a_promise_and_a_visit_by_two(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.applied()
        act(case, "accept_green", factory.GREEN, NOTARY)
        owed = {"fee_due": 20_000, "reduced_amount": 20_000, "reduction_ground": "elderly"}
        act(case, "ask_reduction", owed | {"reduction_text": "独居老人，靠退休金生活。"}, NOTARY)
        act(case, "grant_reduction", {"opinion": "同意免收。"}, HEAD)
        act(case, "inform", factory.talk() | {"fee_paid": 0}, NOTARY)
        asked = {
            "visit_ground": "disabled",
            "visit_address": "大兴区兴丰街道一号院",
            "visit_at": clock.now().isoformat(),
            "visit_day": str(clock.today()),
            "visit_staff": "王芳、李军",
            "visit_matter": "签署委托书",
        }
        act(case, "ask_visit", asked, NOTARY)
        act(case, "grant_visit", {"opinion": "同意上门。"}, HEAD)
        with pytest.raises(RefusedError, match="先登记上门服务"):
            act(case, "draft", factory.DRAFT, NOTARY)
        went = {
            "left_at": clock.now().isoformat(),
            "arrived_at": clock.now().isoformat(),
            "visited_by": "王芳、李军",
            "visit_identity": True,
            "visit_recorded": True,
            "visit_materials": None,
            "visit_result": "已签署",
            "satisfaction": "satisfied",
        }
        act(case, "visit", went, NOTARY)

        assert case.flags == ["green", "reduced"]
        assert limits(case)["green"].due_on <= limits(case)["certificate"].due_on
        assert limits(case)["visit_day"].stopped_on == clock.today()
        assert forms(case)[3:] == ["reduction", "notice", "interview", "visit_approval", "visit"]


def test_nobody_refuses_a_matter_alone_and_the_ground_stands_in_the_decision(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.examining()
        text = {"refusal_ground": "07", "refusal_text": "立遗嘱人对遗嘱处分的房屋没有所有权。"}
        act(case, "propose_refusal", text, NOTARY)
        with pytest.raises(RefusedError):
            act(case, "refuse", {"opinion": "同意。"}, NOTARY)
        act(case, "refuse", {"opinion": "同意。"}, HEAD)

        decision = list_documents(case.id)[-1]
        assert decision.values["item"] == "七"
        assert decision.values["ground"] == "申请公证的事项不真实、不合法的"
        assert limits(case)["certificate"].stopped_on == clock.today()


def test_the_law_s_ground_of_six_months_is_refused_before_they_have_passed(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.examining()
        text = {"end_reason": "six_months", "end_text": "当事人一直没有提交材料。"}
        with pytest.raises(RefusedError, match="还没有届满"):
            act(case, "terminate", text, HEAD)
        act(case, "terminate", text | {"end_reason": "withdrawn"}, HEAD)

        assert (case.state, forms(case)[-1]) == ("ended", "termination")


def test_a_corrected_certificate_is_drafted_approved_and_numbered_anew(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.correcting()
        with pytest.raises(RefusedError):
            act(case, "issue", {"proofread": True, "copies": 2}, NOTARY)
        act(case, "redraft", factory.DRAFT, NOTARY)
        act(case, "approve", factory.APPROVED, APPROVER)
        act(case, "issue", {"proofread": True, "copies": 2}, NOTARY)

        assert forms(case).count("certificate") == 2
        assert limits(case)["execution"].stopped_on == clock.today()


def test_a_revoked_certificate_is_announced_and_not_reviewed_again(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.served()
        act(case, "apply_review", factory.reviewed(review_wish="revoke"), CLERK)
        found = {"reviewed_by": "孙强", "found_text": "经核对，公证书证明的事实不存在。"}
        act(case, "decide_revoke", found, HEAD)
        revoked = {
            "revoke_ground": "untrue",
            "recalled": "两份均已收回",
            "announced_on": str(clock.today()),
            "announced_at": "本处网站",
        }
        act(case, "revoke", revoked, HEAD)

        assert forms(case)[-3:] == ["review_decision", "revocation", "announcement"]
        assert "revoked" in case.flags


def test_help_with_a_backlog_keeps_the_name_of_the_office_that_accepted(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        head = "gzfanhua"
        opened = {
            "applicant_kind": "legal",
            "applicant_name": factory.OTHER,
            "applicant_representative": None,
            "applicant_phone": None,
            "kind": "02",
            "backlog_reason": "stock",
            "backlog_count": 108,
            "oldest_on": "2025-03-03",
            "facts": "继承权公证核实环节多、时间长，存量较多。",
        }
        case = services.open_case(
            factory.BACKLOG, "recognise", opened, by=factory.actor(head), unit=factory.body(factory.OTHER)
        )
        asked = {
            "helping_office": factory.OTHER,
            "wanted_people": 6,
            "help_from": str(clock.today()),
            "help_until": str(clock.today() + timedelta(days=90)),
            "help_plan": "由方圆公证处派驻临时工作组，联合承办。",
        }
        with pytest.raises(RefusedError, match="不能是受理公证机构自己"):
            act(case, "ask_help", asked, head)
        act(case, "ask_help", asked | {"helping_office": factory.OFFICE}, head)
        act(case, "approve_help", {"opinion": "同意。"}, factory.BUREAU)
        team = {"team_leader": "王芳", "team_members": "李军", "team_place": "三层会议室"}
        act(case, "send_team", team | {"team_from": str(clock.today())}, head)
        handed = {"handed_count": 108, "handed_numbers": "见清单", "joint": "joint", "kept_name": False}
        with pytest.raises(RefusedError) as refusal:
            act(case, "hand_over", handed, head)
        assert [reason.law for reason in refusal.value.reasons] == ["公证程序规则第四条"]
        act(case, "hand_over", handed | {"kept_name": True}, head)
        summary = {"done_count": 108, "rest_text": None, "summary": "全部办结，公证书以受理机构名义出具。"}
        act(case, "finish_help", summary, head)
        act(case, "write_off", {"written_off": 108, "checked_by": "逐件核对"}, factory.BUREAU)

        assert case.state == "written_off"
        assert case.title.startswith(factory.OTHER)
