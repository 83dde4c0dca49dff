"""Appraisals and their oversight through the services: whole lives, and what is refused on the way."""

from datetime import timedelta
from typing import Any

import pytest

from saas import clock
from saas.cases import access, services
from saas.cases.models import Case
from saas.db.session import TenantRef
from saas.documents.queries import list_documents
from saas.errors import NotFoundError, RefusedError
from tests.appraisal import factory
from tests.appraisal.factory import APPRAISER, BUREAU, DIRECTOR, HEAD, OFFICER, SECOND, act
from tests.conftest import InTenant
from tests.mediation.factory import actor, body


def forms_of(case: Case) -> list[str]:
    return [document.form_code.removeprefix("appraisal.") for document in list_documents(case.id)]


def test_an_appraisal_goes_from_the_commission_to_the_archive(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.appraising()
        assert case.title == "大兴区人民法院与周小川法医临床鉴定"
        act(case, "suspend", {"suspend_reason": "absent", "reason": "被鉴定人住院。", "notified": True}, DIRECTOR)
        act(case, "resume", {"reason": "已经出院。", "notified": True}, DIRECTOR)
        extended = {"extra_days": 10, "extend_to": str(clock.today() + timedelta(days=60)), "extend_reason": "伤情复杂"}
        act(case, "extend", extended | {"informed": True}, DIRECTOR)
        act(case, "submit", factory.submitted(), APPRAISER)
        act(case, "review_back", {"reason": "请补充检查记录。"}, DIRECTOR)
        act(case, "submit", factory.submitted(), APPRAISER)
        act(case, "review", factory.REVIEWED, SECOND)
        act(case, "issue", factory.ISSUED, DIRECTOR)
        flaw = {"flaw": "wording", "flaw_text": "毫米", "corrected_text": "厘米", "unchanged": True}
        act(case, "correct", flaw, APPRAISER)
        act(case, "compile", factory.COMPILED, APPRAISER)
        factory.attach(case, "commission", DIRECTOR)
        act(case, "archive", factory.ARCHIVED, DIRECTOR)

        assert (case.state, case.outcome) == ("archived", "issued")
        wanted = ["intake", "entrustment", "notice", "extension", "review", "opinion", "correction"]
        assert sorted(forms_of(case)) == sorted(wanted)


def test_materials_awaited_stop_the_clock_and_the_conclusion(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.appraising()
        act(case, "request_materials", {"wanted": "复查的影像", "notified": True}, APPRAISER)
        limit = next(row for row in case.clocks if row.code == "completion")
        assert limit.paused
        with pytest.raises(RefusedError, match="还没有收到"):
            act(case, "submit", factory.submitted(), APPRAISER)
        act(case, "receive_materials", {"received": "复查的影像"}, APPRAISER)
        act(case, "submit", factory.submitted(), APPRAISER)

        assert case.state == "reviewing"


def test_who_appraised_does_not_review(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.appraising()
        act(case, "submit", factory.submitted(), APPRAISER)
        with pytest.raises(RefusedError, match="须由另一人办理"):
            act(case, "review", factory.REVIEWED, APPRAISER)


def test_the_bureau_sees_an_appraisal_and_takes_no_step_in_it(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.appraising()
        with pytest.raises(RefusedError):
            act(case, "terminate", factory.RETURNED | {"end_reason": "t4"}, HEAD)
        act(case, "terminate", factory.RETURNED | {"end_reason": "t4"}, DIRECTOR)

        assert forms_of(case)[-1] == "termination"


def test_appraising_again_is_another_institutions(beijing: TenantRef, in_tenant: InTenant) -> None:
    again = {"again": "again", "again_ground": "a4", "original_institution": "正和司法鉴定所"}
    with in_tenant(beijing):
        case = factory.issued(**again)
        values = {"again_by": "正和司法鉴定所", "elsewhere_ground": "a5", "reason": "法院另行委托"}
        with pytest.raises(RefusedError, match="以外的其他机构"):
            act(case, "again_elsewhere", values, APPRAISER)
        act(case, "again_elsewhere", values | {"again_by": "明诚司法鉴定中心"}, APPRAISER)

        assert "again_elsewhere" in case.flags


def test_a_complaint_is_looked_into_by_two_mended_answered_and_archived(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    today = clock.today()
    with in_tenant(beijing):
        case = factory.complained()
        assert (case.unit.name, case.state) == (BUREAU, "pending")
        with pytest.raises(RefusedError) as refused:
            act(case, "accept", factory.investigators(second_investigator=None, only_opinion=True), HEAD)
        assert {reason.law for reason in refused.value.reasons} >= {"北京市司法鉴定管理条例第三十一条"}
        assert {reason.field for reason in refused.value.reasons} == {"only_opinion", "second_investigator"}
        act(case, "accept", factory.investigators(), HEAD)
        found = {
            "substantiated": "proven",
            "found": "经调查，投诉反映的情况属实。",
            "measures": ["m2"],
            "penalty": None,
        }
        found |= {"measure_text": "责令完善回避告知的记录。"}
        with pytest.raises(RefusedError, match="还没有调查记录"):
            act(case, "conclude", found, OFFICER)
        inquiry = {
            "held_at": f"{today}T00:00:00+08:00",
            "place": "该所",
            "asked": "方正",
            "content": "调阅档案，询问鉴定人。",
        }
        act(case, "investigate", inquiry, OFFICER)
        act(case, "conclude", found, OFFICER)
        mend = {"problems": "没有回避记录", "rectify_items": "补齐记录", "rectify_by": str(today)}
        act(case, "rectify", mend, HEAD)
        act(case, "rectified", {"rectified_on": str(today), "rectified_found": "已经补齐。"}, OFFICER)
        act(case, "answer", {"answered_on": str(today), "both_told": True, "remedy_told": True}, OFFICER)
        act(case, "compile", factory.COMPILED, OFFICER)
        factory.attach(case, "identity", OFFICER)
        act(case, "archive", factory.ARCHIVED, HEAD)

        assert case.state == "archived"
        wanted = ["complaint_register", "complaint_accepted", "rectification", "complaint_answer"]
        assert sorted(forms_of(case)) == sorted(wanted)


def test_what_is_mended_after_the_answer_is_looked_at_before_the_file_is_closed(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    today = str(clock.today())
    found = {"substantiated": "proven", "found": "经调查，投诉反映的情况属实。", "measures": ["m2"], "penalty": None}
    inquiry = {
        "held_at": f"{today}T00:00:00+08:00",
        "place": "该所",
        "asked": "方正",
        "content": "调阅档案，询问鉴定人。",
    }
    mend = {"problems": "没有回避记录", "rectify_items": "补齐记录", "rectify_by": today}
    with in_tenant(beijing):
        case = factory.complained()
        act(case, "accept", factory.investigators(), HEAD)
        act(case, "investigate", inquiry, OFFICER)
        act(case, "conclude", found | {"measure_text": "责令完善回避告知的记录。"}, OFFICER)
        act(case, "rectify", mend, HEAD)
        act(case, "answer", {"answered_on": today, "both_told": True, "remedy_told": True}, OFFICER)
        with pytest.raises(RefusedError, match="整改还没有复查"):
            act(case, "compile", factory.COMPILED, OFFICER)
        act(case, "rectified_later", {"rectified_on": today, "rectified_found": "已经补齐。"}, OFFICER)
        act(case, "compile", factory.COMPILED, OFFICER)

        assert case.state == "compiled"


def test_a_complaint_never_goes_to_the_institution_it_is_about(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.complained(area="110112001")

        assert case.unit.body_type == "bureau"
        assert not access.allows(actor("jiwei"), "case.read", case)


def test_a_complaint_after_three_years_is_refused_in_writing(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.complained(knew_on=str(clock.today() - timedelta(days=3 * 366)))
        with pytest.raises(RefusedError, match="三年内投诉"):
            act(case, "accept", factory.investigators(), HEAD)
        refusal = {"refuse_ground": "g5", "reason": "超过三年。", "other_way": "可以向办案机关反映。"}
        act(case, "refuse", refusal, OFFICER)

        assert (case.state, forms_of(case)[-1]) == ("refused", "complaint_refused")


def test_an_institution_sees_no_complaint_about_it(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case = factory.complained()
        with pytest.raises((RefusedError, NotFoundError)):
            act(case, "withdraw", {"reason": "撤回"}, DIRECTOR)


def test_a_licence_is_decided_by_another_and_valid_for_five_years(beijing: TenantRef, in_tenant: InTenant) -> None:
    today = clock.today()
    applied = {
        "kind": "l1",
        "received_on": str(today),
        "licence_number": None,
        "expires_on": None,
        "applicant_kind": "legal",
        "applicant_name": "新设司法鉴定所",
        "applicant_uscc": None,
        "applicant_representative": None,
        "applicant_phone": "13900003333",
        "applicant_address": None,
        "scope": ["02"],
    }
    issue = {"certificate_number": "110099009", "valid_from": "2026-03-20", "valid_until": "2036-03-19"}
    with in_tenant(beijing):
        by = actor(OFFICER)
        case = services.open_case("appraisal.licence", "apply", applied, by=by, unit=body(BUREAU))
        act(case, "accept", {"complete": True, "reason": None}, OFFICER)
        act(case, "to_experts", {"experts": "专家三名", "expert_items": ["people"]}, OFFICER)
        act(case, "from_experts", {"expert_result": "passed", "expert_opinion": "通过。"}, OFFICER)
        act(case, "grant", {"decided_on": str(today), "decision_text": "准予登记。"}, HEAD)
        with pytest.raises(RefusedError, match="有效期五年"):
            act(case, "issue", issue, OFFICER)
        act(case, "issue", issue | {"valid_until": "2031-03-19"}, OFFICER)
        act(case, "publish", {"published_on": str(today), "published_at": "市局网站"}, OFFICER)

        assert case.state == "published"


def test_no_district_does_the_first_round_of_its_own_institutions(beijing: TenantRef, in_tenant: InTenant) -> None:
    year = clock.today().year
    assigned = {
        "applicant_kind": "legal",
        "applicant_name": "安信司法鉴定所",
        "kind": "e1",
        "year": year,
        "own_district": "大兴区",
        "review_district": "大兴区",
        "joint": False,
        "finish_by": f"{year}-06-30",
    }
    with in_tenant(beijing):
        by, unit = actor(HEAD), body(BUREAU)
        with pytest.raises(RefusedError, match="以外的区"):
            services.open_case("appraisal.grading", "assign", assigned, by=by, unit=unit)
        case = services.open_case("appraisal.grading", "assign", assigned | {"joint": True}, by=by, unit=unit)

        assert case.state == "assigned"


def test_the_file_of_an_inspection_is_published_and_mended(beijing: TenantRef, in_tenant: InTenant) -> None:
    today = clock.today()
    plan = {
        "kind": "i1",
        "year": today.year,
        "plan_item": "执业活动监督检查",
        "plan_content": "五项法定事项",
        "plan_objects": "全区司法鉴定机构",
        "item_class": "common",
        "method": ["site"],
        "plan_basis": "条例第二十八条",
        "share": 30,
        "frequency": "每年1次",
        "finish_by": str(today + timedelta(days=60)),
    }
    notice: dict[str, Any] = {"object_name": "安信司法鉴定所", "check_on": str(today), "no_interest": True}
    notice |= {"inspector_one": "赵明", "inspector_two": "钱进", "to_prepare": "鉴定档案"}
    items = dict.fromkeys(("item_procedure", "item_ethics", "item_management", "item_means", "item_other"), "good")
    with in_tenant(beijing):
        by = actor(OFFICER)
        case = services.open_case("appraisal.inspection", "plan", plan, by=by, unit=body(BUREAU))
        act(
            case,
            "draw",
            {"drawn_on": str(today - timedelta(days=3)), "seed": "7f3c", "drawn": "安信——赵明、钱进"},
            OFFICER,
        )
        with pytest.raises(RefusedError) as refused:
            act(case, "notify", notice | {"no_interest": False}, OFFICER)
        assert [reason.law for reason in refused.value.reasons] == ["行政处罚法第四十三条"]
        for wrong in ({"inspector_two": "孙岳"}, {"object_name": "正和司法鉴定所"}):
            with pytest.raises(RefusedError, match="抽取结果中没有"):
                act(case, "notify", notice | wrong, OFFICER)
        act(case, "notify", notice, OFFICER)
        found = items | {"item_means": "bad", "problems": "登记不完整", "check_result": "rectify"}
        about = {"checked_on": str(today), "check_place": "该所", "object_person": "方正"}
        act(case, "check", found | about, OFFICER)
        act(case, "publish", {"published_on": str(today), "published_at": "市局网站"}, OFFICER)

        assert forms_of(case) == ["plan", "check_notice", "check_record", "check_result"]
        with pytest.raises(RefusedError, match="登记整改复查"):
            act(case, "compile", factory.COMPILED, OFFICER)
