"""An appraisal from the commission to the bound file in 北京市; a complaint from a citizen's phone to it in 遵义市."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from playwright.sync_api import FilePayload, Page, expect

from saas import clock
from saas.cases.queries import get_case
from saas.db.session import TenantRef
from saas.documents.queries import list_documents
from tests.appraisal import factory
from tests.conftest import InTenant
from tests.journeys.conftest import OpenPage, SignIn
from tests.journeys.desk import attach, fill, open_step, step, width_of
from tests.journeys.dossiers import Dossier, export
from tests.mediation.factory import actor
from tests.portal.applying import id_number
from tests.saas.files.samples import pdf, png

pytestmark = pytest.mark.browser

TODAY = str(clock.today())
SUMMARY = "案件概要"
COMMISSION = {name: text for name, text in factory.commission().items() if isinstance(text, str)} | {"again": "first"}
ACCEPTED = dict.fromkeys(factory.CHECKS, True) | {"review_opinion": "符合受理条件。"}
SIGNED = {
    "effective_on": TODAY,
    "qualified": True,
    "committed": True,
    "fee": "3000",
    "fee_mode": "预交",
    "material_handling": "鉴定结束后退还委托人",
    "risk_told": True,
}
SUSPENDED = {"suspend_reason": "absent", "reason": "被鉴定人住院。", "notified": True}
RESUMED = {"reason": "已经出院。", "notified": True}
EXTENDED = {"extra_days": "10", "extend_to": str(clock.today() + timedelta(days=60)), "extend_reason": "伤情复杂"}
SUBMITTED = {name: text for name, text in factory.submitted().items() if text}
REVIEWED = {"procedure_found": "程序符合规定。", "conclusion_found": "同意鉴定意见。"}
ISSUED = {"institution_licence": "110099001", "appraiser_licences": "110099001001、110099001002", "signed": True}
NOTICE = {"court_name": "大兴区人民法院", "notified_on": TODAY, "hearing_on": str(clock.today() + timedelta(days=3))}
COMPILED = {"retention": "y30", "statement": "无"}
INQUIRY = {"held_at": f"{TODAY}T00:00", "place": "该所", "asked": "穆山", "content": "调阅档案，询问鉴定人和负责人。"}
FOUND = {"substantiated": "proven", "found": "经调查，投诉反映的情况属实。", "measure_text": "责令完善回避告知的记录。"}
MENDING = {"problems": "没有回避记录", "rectify_items": "补齐记录", "rectify_by": TODAY}
MENDED = {"rectified_on": TODAY, "rectified_found": "已经补齐。"}
ANSWERED = {"answered_on": TODAY, "both_told": True, "remedy_told": True}
SCAN = "application/pdf"
PHONE = "13900007777"
PAGES: Mapping[str, Mapping[str, str]] = {
    "who": {"on_behalf": "self"},
    "complainant": {
        "applicant_kind": "natural",
        "applicant_name": "冯立夏",
        "applicant_id_number": id_number("99010119850505124"),
        "applicant_phone": PHONE,
        "applicant_address": "上海路1号院",
        "relation": "案件原告",
    },
    "accused": {"respondent_kind": "legal", "respondent_name": "汇川区黔信司法鉴定所"},
    "matter": {
        "kind": "c5",
        "knew_on": TODAY,
        "facts": "鉴定人应当回避而没有回避。",
        "requests": "依法查处。",
    },
    "evidence": {},
    "promise": {},
}


def begin(page: Page, way: str, values: Mapping[str, str]) -> str:
    """Open a matter at the desk; its number."""
    page.goto(f"/staff/open/{way}")
    fill(page, values)
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/staff/cases/*")
    return page.url.rsplit("/", 1)[-1]


def user_id(username: str) -> str:
    return str(actor(username).id)


def test_an_appraisal_is_suspended_extended_reviewed_issued_archived_and_bound(
    sign_in: SignIn, drain_jobs: Callable[[], None], beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        people = {"handler": user_id("linyuan"), "second_appraiser": user_id("suqing")}
    director, appraiser = sign_in("fangzheng"), sign_in("linyuan", "phone")
    number = begin(appraiser, "appraisal.case/commission", COMMISSION)
    step(director, number, "受理", ACCEPTED)
    refused(director, number, SIGNED | {"handler": people["handler"]})
    step(director, number, "签订委托书", SIGNED | people)
    step(director, number, "中止鉴定", SUSPENDED)
    step(director, number, "恢复鉴定", RESUMED)
    step(director, number, "延长鉴定时限", EXTENDED | {"informed": True})
    step(appraiser, number, "提交复核", SUBMITTED)
    assert width_of(appraiser) <= (appraiser.viewport_size or {"width": 0})["width"]
    step(director, number, "复核", REVIEWED)
    step(director, number, "签发意见书", ISSUED)
    step(appraiser, number, "登记出庭通知", NOTICE)
    step(appraiser, number, "登记出庭情况", {"appeared_on": TODAY})
    attach(appraiser, number, "commission", ("委托书.pdf", SCAN, pdf(2)))
    step(appraiser, number, "立卷", COMPILED)
    step(director, number, "归档", {"checked": True})
    expect(director.get_by_role("region", name=SUMMARY)).to_contain_text("已归档")
    drain_jobs()
    check(export(director, number, drain_jobs), issued(number, "fangzheng", beijing, in_tenant), 6)
    overseen(sign_in("zhaoming"), number)


def refused(page: Page, number: str, values: Mapping[str, object]) -> None:
    """One appraiser is not enough: the article is told and nothing typed is lost."""
    open_step(page, number, "签订委托书")
    fill(page, values)
    page.get_by_role("button", name="签订委托书", exact=True).click()
    expect(page.locator("main")).to_contain_text("应当指定至少二名司法鉴定人")
    expect(page.locator("main")).to_contain_text("第十九条")
    expect(page.locator('[name="fee_mode"]')).to_have_value("预交")


def overseen(page: Page, number: str) -> None:
    """The bureau reads the file and takes no step in it."""
    page.goto(f"/staff/cases/{number}")
    expect(page.get_by_role("region", name=SUMMARY)).to_contain_text("已归档")


def test_a_complaint_from_a_phone_is_taken_up_mended_answered_archived_and_bound(
    open_page: OpenPage, sign_in: SignIn, drain_jobs: Callable[[], None], zunyi: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(zunyi):
        people = {"handler": user_id("chuming"), "second_investigator": user_id("ouyi")}
    number = complain(open_page("/", tenant=zunyi))
    officer, head = sign_in("chuming", "desk", zunyi), sign_in("juntao", "desk", zunyi)
    step(head, number, "受理", people)
    step(officer, number, "登记调查记录", INQUIRY)
    open_step(officer, number, "作出处理")
    officer.locator('[name="measures"][value="m2"]').check()
    fill(officer, FOUND)
    officer.get_by_role("button", name="作出处理", exact=True).click()
    officer.wait_for_url(f"**/staff/cases/{number}")
    step(head, number, "责令整改", MENDING)
    step(officer, number, "登记整改复查", MENDED)
    step(officer, number, "书面答复", ANSWERED)
    attach(officer, number, "identity", ("身份证.pdf", SCAN, pdf(1)))
    step(officer, number, "立卷", COMPILED)
    step(head, number, "归档", {"checked": True})
    drain_jobs()
    check(export(head, number, drain_jobs), issued(number, "juntao", zunyi, in_tenant), 4)
    seen = open_page("/progress", tenant=zunyi)
    seen.get_by_label("受理编号").fill(number)
    seen.get_by_label("查询码").fill(PHONE[-4:])
    seen.get_by_role("button", name="查询", exact=True).click()
    expect(seen.get_by_role("heading", level=1)).to_have_text("已办结")


def complain(page: Page) -> str:
    """Send a complaint with a photograph; its number."""
    page.get_by_role("link", name="投诉司法鉴定机构、司法鉴定人").click()
    page.get_by_role("link", name="开始申请").click()
    for name, answers in PAGES.items():
        expect(page).to_have_url(re.compile(f"/{name}$"))
        fill(page, answers)
        if name == "accused":
            page.get_by_label("司法鉴定机构在哪个乡镇").select_option("汇川区 上海路街道")
        if name == "evidence":
            picture = FilePayload(name="证据.png", mimeType="image/png", buffer=png((60, 40)))
            page.get_by_label("证据材料").set_input_files(picture)
        if name == "promise":
            page.locator("#truthful").check()
        page.get_by_role("button", name="继续", exact=True).click()
    page.get_by_role("button", name="提交申请").click()
    expect(page).to_have_url(re.compile("/apply/done/"))
    return page.locator("#reference-number").inner_text()


def issued(number: str, username: str, tenant: TenantRef, in_tenant: InTenant) -> list[tuple[str, str]]:
    """Title and number of every document of the case."""
    with in_tenant(tenant):
        case = get_case(number, actor(username))
        return [(document.title, document.number) for document in list_documents(case.id)]


def check(dossier: Dossier, documents: list[tuple[str, str]], least: int) -> None:
    """Every document stands in the file with its number, and the cover is that of this work."""
    whole = "".join(dossier.pages)

    assert len(documents) >= least
    assert "司法鉴定卷宗" in dossier.pages[0]
    assert [title for title, number in documents if number not in whole] == []
    assert sum(len(part["pages"]) for part in dossier.manifest["parts"]) == len(dossier.pages)
