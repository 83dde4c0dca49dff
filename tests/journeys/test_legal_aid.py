"""Legal aid from a citizen's phone to the bound file: wages in 北京市 on one day, maintenance in 遵义市."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from saas import clock
from saas.cases.queries import get_case
from saas.db.session import TenantRef
from saas.documents.queries import list_documents
from tests.conftest import InTenant
from tests.journeys.conftest import OpenPage, SignIn
from tests.journeys.desk import attach, fill, open_step, step, width_of
from tests.journeys.dossiers import Dossier, export
from tests.legal_aid import factory
from tests.portal.applying import id_number
from tests.saas.files.samples import pdf, png

pytestmark = pytest.mark.browser

TODAY = str(clock.today())
Answers = Mapping[str, Mapping[str, Any]]
WHO: Answers = {"who": {"on_behalf": "self"}, "evidence": {}, "promise": {"truthful": True}}
WAGES: Answers = {
    **WHO,
    "applicant": {"applicant_name": "冯春分", "applicant_id_number": id_number("99010119850505124")},
    "contact": {"applicant_phone": "13900006789", "applicant_address": "兴华路1号院2单元"},
    "matter": {
        "matter_class": "civil",
        "kind": "05",
        "area": "大兴区 兴丰街道",
        "stage": "arbitration",
        "respondent_name": "陈立冬",
        "organ_name": "大兴区劳动人事争议仲裁委员会",
        "facts": "在工地做木工，完工后被拖欠四个月工资，多次讨要没有结果。",
        "claim_amount": "40000",
    },
    "ground": {"means_ground": "exempt"},
    "means": {"exempt_kind": "migrant"},
}
KEEP: Answers = {
    **WHO,
    "applicant": {"applicant_name": "秦白露", "applicant_id_number": id_number("99010119500505124")},
    "contact": {"applicant_phone": "13900007890", "applicant_address": "上海路2号院3单元"},
    "matter": {
        "matter_class": "civil",
        "kind": "04",
        "area": "汇川区 上海路街道",
        "stage": "first",
        "respondent_name": "秦小寒",
        "organ_name": "汇川区人民法院",
        "facts": "年过七旬，没有收入，子女三年来没有给付赡养费，双方协商不成。",
    },
    "ground": {"means_ground": "economic"},
    "means": {
        "household_size": "1",
        "income_wage": "0",
        "income_business": "0",
        "income_other": "800",
    },
}
RECEIVED = {"received_at": f"{TODAY}T00:00", "materials": "身份证复印件 1 份", "guidance_given": True}
EXEMPT = {"exempt_kind": "migrant", "exempt_proof": "务工证明"}
PLEDGED = {
    "means_method": "pledge",
    "pledge_signed": True,
    "checked_size": "1",
    "checked_income": "800",
    "means_result": "poor",
}
REVIEW = {
    "jurisdiction": "organ",
    "in_scope": "yes",
    "summary": "申请人的请求有事实依据。",
    "proposal": "grant",
    "review_opinion": "事实清楚，材料齐全。",
}
ASSIGNED = {
    "provider_kind": "firm",
    "provider_name": "天平律师事务所",
    "handler_phone": "13900001111",
    "practice_years": "6",
}
AGREED = {"agreed_on": TODAY, "procedure_stage": "first", "letter_to": "人民法院"}
FINISHED = {
    "finished_on": TODAY,
    "outcome_kind": "judgment",
    "outcome_detail": "支持受援人的主要请求。",
    "adopted": "full",
    "recovered_amount": "36000",
    "meetings": "2",
    "readings": "1",
    "inquiries": "1",
    "hearings": "1",
    "process_detail": "约见受援人，调查取证，参加庭审。",
}
FILE = {"submitted_on": TODAY, "file_pages": "40", "closing_report": "案件已经办结，请求得到支持，案卷已经整理。"}
CHECKED = {"file_complete": True, "duties_met": True, "file_opinion": "材料齐全，合格。"}
REVISIT = {
    "revisited_on": TODAY,
    "satisfaction": "satisfied",
    "took_fees": "no",
    "service_comment": "认真负责。",
    "visitor": "回访人员",
}
PAID = {"subsidy_count": "1", "subsidy_note": True}
KEPT = {"retention": "y10", "statement": "无", "checked": True}
GAPS = {"gaps": "请补充户口簿复印件。", "supplement_by": str(clock.today() + timedelta(days=10))}


def apply(page: Page, answers: Answers, category: str) -> str:
    """Send the application from the first page on; its number."""
    page.get_by_role("link", name="申请法律援助").click()
    page.get_by_role("link", name="开始申请").click()
    for name in ("who", "applicant", "contact", "matter", "ground", "means", "evidence", "promise"):
        page.wait_for_url(f"**/{name}")
        given = dict(answers[name])
        area = given.pop("area", None)
        fill(page, given)
        if name == "applicant":
            page.locator(f'input[name="categories"][value="{category}"]').check()
        if area:
            page.locator("#area").select_option(label=area)
        page.get_by_role("button", name="继续", exact=True).click()
    page.get_by_role("button", name="提交申请").click()
    page.wait_for_url("**/apply/done/**")
    return page.locator("#reference-number").inner_text()


def refused(page: Page, number: str, title: str, values: Mapping[str, Any], article: str) -> None:
    """A step that the law does not let through says so with its article and leaves the case where it was."""
    open_step(page, number, title)
    fill(page, values)
    page.get_by_role("button", name=title, exact=True).click()
    expect(page.locator("main")).to_contain_text(article)


def close(number: str, people: Mapping[str, Page], kind: str, amount: str) -> None:
    """From the agreement to the archive."""
    lawyer, reviewer, director, clerk = (people[name] for name in ("lawyer", "reviewer", "director", "clerk"))
    step(lawyer, number, "登记委托协议", AGREED)
    step(lawyer, number, "登记案件办结", FINISHED)
    attach(lawyer, number, "result", ("裁决书.pdf", "application/pdf", pdf(2)))
    step(lawyer, number, "提交结案报告和案卷", FILE)
    step(reviewer, number, "审查案卷合格", CHECKED)
    step(reviewer, number, "回访受援人", REVISIT)
    refused(director, number, "审批补贴", PAID | {"subsidy_kind": kind, "subsidy_amount": "99"}, "第五十二条")
    step(director, number, "审批补贴", PAID | {"subsidy_kind": kind, "subsidy_amount": amount})
    attach(clerk, number, "identity", ("身份证.png", "image/png", png((50, 30))))
    step(clerk, number, "归档", KEPT)
    expect(clerk.get_by_role("region", name="案件概要")).to_contain_text("已归档")


def check(dossier: Dossier, number: str, username: str, tenant: TenantRef, in_tenant: InTenant, name: str) -> None:
    """Every document of the case and its applicant stand in the file, and every page belongs to a part."""
    with in_tenant(tenant):
        documents = list_documents(get_case(number, factory.actor(username), permission="audit.read").id)
        issued = [(document.title, document.number) for document in documents]
    whole = "".join(dossier.pages)
    assert len(issued) >= 10
    assert [title for title, given in issued if given not in whole] == []
    assert name in whole
    assert sum(len(part["pages"]) for part in dossier.manifest["parts"]) == len(dossier.pages)


def followed(page: Page, number: str, phone: str) -> None:
    """The citizen sees that it is done."""
    page.get_by_label("受理编号").fill(number)
    page.get_by_label("查询码").fill(phone[-4:])
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已办结")


def test_a_wage_claim_is_received_decided_and_assigned_on_one_day_and_bound(
    open_page: OpenPage,
    sign_in: SignIn,
    drain_jobs: Callable[[], None],
    beijing: TenantRef,
    in_tenant: InTenant,
) -> None:
    number = apply(open_page("/"), WAGES, "migrant")
    with in_tenant(beijing):
        handler = str(factory.actor(factory.LAWYER).id)
    names = {"clerk": factory.CLERK, "reviewer": factory.REVIEWER, "director": factory.DIRECTOR}
    people = {role: sign_in(name) for role, name in names.items()}
    people["lawyer"] = sign_in(factory.LAWYER, "phone")
    step(people["clerk"], number, "绿色通道接收", RECEIVED)
    step(people["reviewer"], number, "认定免予核查", EXEMPT)
    step(people["reviewer"], number, "提出审查意见", REVIEW)
    step(people["director"], number, "给予法律援助", {})
    step(people["director"], number, "指派承办人", ASSIGNED | {"handler": handler})
    refused(people["lawyer"], number, "登记委托协议", AGREED | {"agreement_form": "oral"}, "程序规定")
    close(number, people, "arbitration", "1500")
    lawyer = people["lawyer"]
    lawyer.goto(f"/staff/cases/{number}")
    assert width_of(lawyer) <= (lawyer.viewport_size or {"width": 0})["width"]
    drain_jobs()
    check(export(people["director"], number, drain_jobs), number, "liujg", beijing, in_tenant, "冯春分")
    followed(open_page("/progress"), number, "13900006789")


def test_maintenance_is_granted_after_the_means_were_looked_into_and_bound(
    open_page: OpenPage,
    sign_in: SignIn,
    drain_jobs: Callable[[], None],
    zunyi: TenantRef,
    in_tenant: InTenant,
) -> None:
    number = apply(open_page("/", tenant=zunyi), KEEP, "elderly")
    with in_tenant(zunyi):
        handler = str(factory.actor("jiangtao").id)
    names = {"clerk": "daixin", "reviewer": "xiarong", "director": "tianhe", "lawyer": "jiangtao"}
    people = {role: sign_in(name, "desk", zunyi) for role, name in names.items()}
    step(people["clerk"], number, "接收申请材料", RECEIVED)
    step(people["clerk"], number, "一次性告知补正", GAPS)
    step(people["clerk"], number, "补充材料", {"supplement_note": "户口簿复印件"})
    refused(people["clerk"], number, "一次性告知补正", GAPS, "第四十三条")
    refused(people["reviewer"], number, "核查经济困难状况", PLEDGED | {"checked_income": "9000"}, "第三十四条")
    step(people["reviewer"], number, "核查经济困难状况", PLEDGED)
    step(people["reviewer"], number, "提出审查意见", REVIEW)
    step(people["director"], number, "给予法律援助", {})
    step(people["director"], number, "指派承办人", ASSIGNED | {"handler": handler})
    close(number, people, "civil_trial", "2000")
    drain_jobs()
    check(export(people["director"], number, drain_jobs), number, "yangxue", zunyi, in_tenant, "秦白露")
    followed(open_page("/progress", tenant=zunyi), number, "13900007890")
