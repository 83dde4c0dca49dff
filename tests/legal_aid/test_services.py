"""An application for legal aid through the services: a whole life, and what is refused with its article on the way."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from saas import clock, domain
from saas.cases import context, queries, services
from saas.cases.models import Case
from saas.db.session import TenantRef
from saas.documents.queries import list_documents
from saas.errors import RefusedError
from saas.fields import schema
from saas.files import services as files
from saas.workflow.process import Transition
from saas.workflow.queries import current_version, get_definition
from tests.conftest import InTenant
from tests.legal_aid import factory
from tests.saas.files.samples import png

LAW = "法律援助法"


def laws(refusal: pytest.ExceptionInfo[RefusedError]) -> list[str | None]:
    return [reason.law for reason in refusal.value.reasons]


def refusal_of(case: Case, action: str, values: dict[str, Any], username: str) -> pytest.ExceptionInfo[RefusedError]:
    with pytest.raises(RefusedError) as refusal:
        factory.act(case, action, values, username)
    return refusal


def limit(case: Case, code: str) -> str:
    return str(next(row.due_on for row in case.clocks if row.code == code))


def test_a_wage_claim_goes_through_on_one_day_to_the_archive(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.assigned()
        factory.act(case, "agree", factory.agreement(), factory.LAWYER)
        factory.act(case, "finish", factory.finishing(), factory.LAWYER)
        report = {
            "submitted_on": str(clock.today()),
            "file_pages": 40,
            "closing_report": "案件已经办结，请求得到支持。",
        }
        factory.act(case, "submit_file", report, factory.LAWYER)
        checked = {"file_complete": True, "duties_met": True, "file_opinion": "合格。"}
        factory.act(case, "check_file", checked, factory.REVIEWER)
        paid = {"subsidy_kind": "arbitration", "subsidy_count": 1, "subsidy_amount": 150_000, "subsidy_note": True}
        factory.act(case, "subsidise", paid, factory.DIRECTOR)
        files.add(case, "identity", "身份证.png", png((40, 30)), by=factory.actor(factory.CLERK))
        factory.act(case, "archive", {"retention": "y10", "statement": "无", "checked": True}, factory.CLERK)

        assert (case.state, case.outcome, case.flags) == ("archived", "completed", ["green"])
        made = {document.form_code.removeprefix("legal_aid.") for document in list_documents(case.id)}
        assert made >= {"application", "receipt", "review", "grant", "assignment", "agreement", "letter", "closing"}
        assert case.figures["recovered_amount"] == 3_600_000
        assert {row.code for row in case.clocks} >= {"decision", "decision_local", "assignment", "agreement"}


def test_the_stricter_of_seven_days_and_five_working_days_presses(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing), clock.business_time(datetime(2026, 2, 9, 2, tzinfo=UTC)):
        case = factory.open_application(factory.household())
        task = queries.open_task(case)

        # 9 February + 7 days lies in Spring Festival; the fifth working day is Saturday the 14th, which is worked.
        assert (limit(case, "decision"), limit(case, "decision_local")) == ("2026-02-24", "2026-02-14")
        assert task is not None
        assert str(task.due_on) == "2026-02-14"


def test_what_is_above_the_standard_is_not_found_poor(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application(factory.household())
        factory.receive(case, green=False)
        refusal = refusal_of(case, "verify", factory.VERIFIED | {"checked_income": 900_000}, factory.REVIEWER)

        assert laws(refusal) == ["法律援助法第三十四条、第四十一条"]
        assert "经济困难标准是2500元" in refusal.value.reasons[0].sentence


def test_a_second_notice_of_gaps_needs_a_reason(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application(factory.household())
        factory.receive(case, green=False)
        gaps = {"gaps": "请补充户口簿复印件。", "supplement_by": str(clock.today() + timedelta(days=10))}
        factory.act(case, "supplement", gaps, factory.CLERK)
        early = refusal_of(case, "lapse", {"reason": "没有补充"}, factory.CLERK)
        paused = next(row.paused for row in case.clocks if row.code == "decision")
        factory.act(case, "supplemented", {"supplement_note": "户口簿复印件"}, factory.CLERK)
        again = refusal_of(case, "supplement", gaps, factory.CLERK)

        assert (laws(early), laws(again), paused) == ([f"{LAW}第四十三条"], [f"{LAW}第四十三条"], True)
        factory.act(
            case, "supplement", gaps | {"again_reason": "申请人变更了申请事项，需要补充新的材料。"}, factory.CLERK
        )
        assert case.state == "supplementing"


def test_who_does_not_supplement_in_time_withdraws(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application(factory.household())
        factory.receive(case, green=False)
        gaps = {"gaps": "请补充户口簿复印件。", "supplement_by": str(clock.today())}
        factory.act(case, "supplement", gaps, factory.CLERK)
        with clock.business_time(clock.now() + timedelta(days=20)):
            factory.act(case, "lapse", {"reason": "期限届满没有补充"}, factory.CLERK)

        assert (case.state, case.closed_at is not None) == ("withdrawn", True)


def test_who_reviewed_does_not_decide_and_nobody_is_assigned_before_the_decision(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.reviewed()
        refused = refusal_of(case, "grant", factory.GRANT, factory.REVIEWER)
        early = refusal_of(case, "assign", factory.assigning(), factory.DIRECTOR)

        assert refused.value.reasons
        assert early.value.reasons
        assert case.handler_id is None


def test_urgent_aid_comes_first_and_is_not_finished_without_its_papers(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.open_application(factory.household())
        factory.receive(case, green=False)
        urgent = {
            "urgent_ground": "limitation",
            "limitation_on": str(clock.today() + timedelta(days=7)),
            "urgent_detail": "诉讼时效即将届满。",
            "aid_form": "representation",
            "papers_by": str(clock.today() + timedelta(days=10)),
            "decision_basis": "法律援助法第四十四条",
        }
        late = refusal_of(case, "grant_urgent", urgent, factory.DIRECTOR)
        soon = urgent | {"limitation_on": str(clock.today() + timedelta(days=6))}
        factory.act(case, "grant_urgent", soon, factory.DIRECTOR)
        factory.act(case, "assign", factory.assigning(), factory.DIRECTOR)
        factory.act(case, "agree", factory.agreement(), factory.LAWYER)
        without = refusal_of(case, "finish", factory.finishing(), factory.LAWYER)
        factory.act(case, "complete_papers", {"papers_note": "补交说明表", "still_meets": True}, factory.REVIEWER)
        factory.act(case, "finish", factory.finishing(), factory.LAWYER)

        assert (laws(late), laws(without)) == ([f"{LAW}第四十四条"], [f"{LAW}第四十四条"])
        assert case.state == "finished"


def test_an_oral_agreement_is_refused(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.assigned()
        refusal = refusal_of(case, "agree", factory.agreement(agreement_form="oral"), factory.LAWYER)

        assert laws(refusal) == ["办理法律援助案件程序规定（司法部令第148号）"]
        assert case.state == "assigned"


def test_a_refusal_waits_for_the_objection_which_the_bureau_decides_in_five_days(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing), clock.business_time(datetime(2026, 9, 28, 2, tzinfo=UTC)):
        case = factory.refused()
        kept = {"retention": "y10", "statement": "无"}
        early = refusal_of(case, "conclude", kept, factory.CLERK)
        factory.act(case, "object_refusal", {"objection_reason": "收入核算有误。"}, factory.CLERK)
        centre = refusal_of(case, "correct_refusal", factory.OBJECTION, factory.DIRECTOR)
        # 28 September + 15 = 13 October; + 5 = 3 October, in National Day, so the 8th.
        assert (limit(case, "objection_right"), limit(case, "objection")) == ("2026-10-13", "2026-10-08")
        factory.act(case, "correct_refusal", factory.OBJECTION, factory.BUREAU)
        factory.act(case, "grant", factory.GRANT, factory.DIRECTOR)

        assert laws(early) == ["北京市法律援助条例第二十四条"]
        assert centre.value.reasons
        assert case.state == "granted"


def test_who_was_right_about_a_refusal_may_object_to_what_is_decided_after_it(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.refused()
        factory.act(case, "object_refusal", {"objection_reason": "收入核算有误。"}, factory.CLERK)
        factory.act(case, "correct_refusal", factory.OBJECTION, factory.BUREAU)
        factory.act(case, "grant", factory.GRANT, factory.DIRECTOR)
        ended = {"termination_ground": "own_lawyer", "termination_detail": "受援人自行委托了律师。"}
        factory.act(case, "terminate", ended, factory.DIRECTOR)
        factory.act(case, "object_termination", {"objection_reason": "没有委托过律师。"}, factory.CLERK)

        assert case.state == "objected_end"


@pytest.mark.parametrize(
    ("decided", "answers"),
    [("refuse", ("uphold_refusal", "correct_refusal")), ("terminate", ("uphold_termination", "correct_termination"))],
)
def test_nobody_decides_on_an_objection_to_a_decision_of_their_own(
    decided: str, answers: tuple[str, ...], beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        definition = get_definition(current_version(factory.APPLICATION).id)

    for step in answers:
        transition = definition.find_transition(step)
        assert isinstance(transition, Transition)
        assert decided in transition.not_same_as


def test_who_asks_for_another_lawyer_does_not_say_when(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        form = domain.get_domain("legal_aid").fields["legal_aid.apply_change"]
        mine = context.field_context("legal_aid", form, roles=frozenset({"citizen"}))
        case = factory.assigned()
        factory.act(case, "agree", factory.agreement(), factory.LAWYER)
        asked = schema.load(form, {"change_reason": ["承办人长期不联系。"]}, mine)
        factory.act(case, "apply_change", asked, factory.CLERK)

        row = next(row for row in case.clocks if row.code == "change")
        assert row.started_on == clock.today()
        assert list_documents(case.id)[-1].values["applied_on"].startswith(str(clock.today().year))


def test_an_objection_after_fifteen_days_is_refused_in_beijing(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.refused()
        with clock.business_time(clock.now() + timedelta(days=30)):
            late = refusal_of(case, "object_refusal", {"objection_reason": "收入核算有误。"}, factory.CLERK)

        assert laws(late) == ["北京市法律援助条例第二十四条"]


def test_another_lawyer_takes_over_and_a_terminated_case_is_objected_to(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.assigned()
        factory.act(case, "agree", factory.agreement(), factory.LAWYER)
        asked = {"change_reason": "承办人长期不联系。", "change_asked_on": str(clock.today())}
        factory.act(case, "apply_change", asked, factory.CLERK)
        changed: dict[str, Any] = {
            "change_check": "情况属实。",
            "change_mode": "within",
            "change_days": 3,
            "practice_years": 6,
        }
        same = refusal_of(case, "change", factory.assigning(**changed), factory.DIRECTOR)
        factory.act(case, "change", factory.assigning(factory.OTHER, **changed), factory.DIRECTOR)
        ground = {"termination_ground": "deceit", "termination_detail": "隐瞒收入取得法律援助。"}
        unproved = refusal_of(case, "terminate", ground, factory.DIRECTOR)
        factory.act(case, "terminate", ground | {"termination_proof": "银行流水", "must_pay": True}, factory.DIRECTOR)
        factory.act(case, "object_termination", {"objection_reason": "不存在欺骗。"}, factory.CLERK)
        factory.act(case, "uphold_termination", factory.OBJECTION, factory.BUREAU)

        assert (laws(same), laws(unproved)) == ([f"{LAW}第五十五条"], [f"{LAW}第四十八条"])
        assert (case.state, case.outcome, str(case.handler_id)) == (
            "terminated",
            "terminated",
            str(factory.actor(factory.OTHER).id),
        )


def test_what_somebody_in_custody_asked_for_is_handed_on_within_a_day(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        asked = clock.now() - timedelta(hours=25)
        values = factory.application(
            transferred_by="prison",
            transfer_unit="大兴区看守所",
            requested_at=clock.local(asked).isoformat(timespec="minutes"),
            received_on=str(clock.today()),
        )
        by = factory.actor(factory.CLERK)
        case = services.open_case(factory.APPLICATION, "transfer", values, by=by, unit=factory.body())
        factory.receive(case)
        row = next(row for row in case.clocks if row.code == "transfer")

        # Twenty-five hours went by, not what is left of two days.
        assert (case.source, row.stopped_on) == ("transfer", clock.today())
        assert "24小时" in "".join(row.trail)
        assert row.due_on == clock.local(asked + timedelta(hours=24)).date()
