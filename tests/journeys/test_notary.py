"""A matter from a citizen's phone to the bound file in two cities; no certificate is seen before its approval."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
from tests.journeys.dossiers import export
from tests.mediation.factory import actor
from tests.portal.applying import id_number
from tests.saas.files.samples import pdf, png

pytestmark = pytest.mark.browser

TODAY = str(clock.today())
CONDITIONS = {"interested": True, "undisputed": True, "in_scope": True, "in_area": True}
ACCEPTED = {**CONDITIONS, "category": "domestic_civil", "term": "five", "simple": True}
TALK = {
    "informed": True,
    "notice_text": "已告知委托的法律意义和可能产生的法律后果。",
    "held_at": f"{TODAY}T00:00",
    "place": "公证处接待室",
    "recorder": "记录员",
    "content": "问：您申请办理什么公证？答：我申请办理委托公证。",
    "fee_due": "200",
    "fee_paid": "200",
}
VISIT = {
    "visit_ground": "aged",
    "visit_address": "上海路1号院",
    "visit_at": f"{TODAY}T23:00",
    "visit_day": TODAY,
    "visit_staff": "罗青、杨波",
    "visit_matter": "签署委托书",
}
VISITED = {
    "left_at": f"{TODAY}T00:00",
    "arrived_at": f"{TODAY}T00:00",
    "visited_by": "罗青、杨波",
    "visit_identity": True,
    "visit_recorded": True,
    "visit_result": "已签署委托书。",
    "satisfaction": "satisfied",
}
DRAFT = {"basis": "当事人意思表示真实，材料充分。", "wording": "兹证明申请人在前面的《委托书》上签名。"}
POINTS = dict.fromkeys(("true_lawful", "proven", "procedure", "format_right", "fee_right", "discussed"), True)
SERVED = {"served_way": "counter", "served_on": TODAY, "served_to": "张小满", "served_copies": "2"}
COMPILED = {"retention": "y30", "statement": "无"}


@dataclass(frozen=True)
class Office:
    """Who works where: the account of each role, the town of the applicant, the word in numbers."""

    notary: str
    approver: str
    head: str
    clerk: str
    auditor: str
    town: str
    series: str


DAXING = Office("gzmeili", "gzguning", "gzfanhua", "gzqijing", "liujg", "大兴区 兴丰街道", "京志诚")
HUICHUAN = Office("gzluoqing", "gztianye", "gzwuhong", "gzchenyu", "yangxue", "汇川区 上海路街道", "汇川")


def apply(page: Page, town: str) -> str:
    """Apply on the phone for a mandate; the number of the matter."""
    page.get_by_role("link", name="申请办理公证").click()
    page.get_by_role("link", name="开始申请").click()
    for answers in answers_of():
        fill(page, answers)
        if "kind" in answers:
            page.get_by_label("办证所在的乡镇").select_option(town)
        page.get_by_role("button", name="继续", exact=True).click()
    page.get_by_role("button", name="提交申请").click()
    return page.locator("#reference-number").inner_text()


def answers_of() -> list[dict[str, Any]]:
    """What is answered on each page of the form."""
    return [
        {"on_behalf": "self"},
        {"applicant_kind": "natural", "applicant_name": "张小满", "applicant_id_number": id_number()},
        {"applicant_phone": "13900005678", "applicant_address": "兴华路1号院2单元"},
        {
            "kind": "03",
            "matter": "委托女儿出售房屋",
            "jurisdiction": "residence",
            "real_estate": True,
            "source": "online",
        },
        {"purpose": "办理房屋过户", "use_place": "domestic", "copies": "2", "pickup": "counter"},
        {"paper_name": "委托书", "materials": "居民身份证1份"},
        {"truthful": True},
    ]


def refused_before_approval(page: Page, number: str) -> None:
    """Neither a step nor an address leads to the certificate."""
    page.goto(f"/staff/cases/{number}?tab=documents")
    expect(page.locator('a[href*="/preview/notary.approval."]')).to_have_count(1)
    expect(page.locator('a[href*="/preview/notary.certificate."]')).to_have_count(0)
    page.goto(f"/staff/cases/{number}/preview/notary.certificate.pdf")
    expect(page.locator("body")).to_contain_text("未经“审批”，不能制作或者打印《公证书》（公证程序规则第四十条）")


def certify(notary: Page, approver: Page, number: str) -> None:
    """Drafted by one, approved by another, and only then issued."""
    open_step(notary, number, "拟写公证书报批")
    fill(notary, DRAFT | {"wording": "兹证明申请人于2026年在前面的《委托书》上签名。"})
    notary.get_by_role("button", name="拟写公证书报批", exact=True).click()
    expect(notary.get_by_text("除编号、身份证号和门牌号外").first).to_be_visible()
    fill(notary, DRAFT)
    notary.get_by_role("button", name="拟写公证书报批", exact=True).click()
    notary.wait_for_url(f"**/staff/cases/{number}")
    refused_before_approval(notary, number)
    open_step(approver, number, "审批")
    fill(approver, POINTS | {"proven": False, "opinion": "同意出证。"})
    approver.get_by_role("button", name="审批", exact=True).click()
    expect(approver.get_by_text("请办理“退回修改”").first).to_be_visible()
    step(approver, number, "审批", POINTS | {"opinion": "同意出证。"})
    step(notary, number, "出具公证书", {"proofread": True, "copies": "2"})


def close(notary: Page, clerk: Page, number: str) -> None:
    """Serve, bind and archive."""
    step(clerk, number, "送达公证书", SERVED)
    attach(clerk, number, "identity", ("身份证复印件.pdf", "application/pdf", pdf(2)))
    attach(clerk, number, "signed", ("存档本.png", "image/png", png((50, 30))))
    step(notary, number, "立卷", COMPILED)
    step(clerk, number, "归档", {"checked": True})
    expect(clerk.get_by_role("region", name="案件概要")).to_contain_text("已归档")


def documents(number: str, office: Office, tenant: TenantRef, in_tenant: InTenant) -> Mapping[str, str]:
    """The number of every document of the matter by its title."""
    with in_tenant(tenant):
        case = get_case(number, actor(office.auditor), permission="audit.read")
        return {document.title: document.number for document in list_documents(case.id)}


def test_a_mandate_is_supplemented_approved_issued_archived_and_bound(
    open_page: OpenPage, sign_in: SignIn, drain_jobs: Callable[[], None], beijing: TenantRef, in_tenant: InTenant
) -> None:
    number = apply(open_page("/"), DAXING.town)
    notary, approver, clerk = (sign_in(name) for name in (DAXING.notary, DAXING.approver, DAXING.clerk))
    step(notary, number, "受理", ACCEPTED)
    step(notary, number, "告知并收费", TALK)
    step(notary, number, "通知补充材料", {"wanted": "户口簿", "supply_by": str(clock.today() + timedelta(days=20))})
    step(clerk, number, "材料补齐", {"received": "户口簿复印件1份"})
    certify(notary, approver, number)
    close(notary, clerk, number)
    drain_jobs()
    dossier = export(sign_in(DAXING.head), number, drain_jobs)
    made = documents(number, DAXING, beijing, in_tenant)
    whole = "".join(dossier.pages)

    assert f"{DAXING.series}内民证字第" in made["公证书"]
    assert [title for title, given in made.items() if given not in whole] == []
    assert "张小满" in whole


def test_the_green_channel_visits_a_home_and_ends_in_the_archive(
    open_page: OpenPage, sign_in: SignIn, drain_jobs: Callable[[], None], zunyi: TenantRef, in_tenant: InTenant
) -> None:
    number = apply(open_page("/", tenant=zunyi), HUICHUAN.town)
    notary = sign_in(HUICHUAN.notary, "phone", zunyi)
    approver, head, clerk = (
        sign_in(name, "desk", zunyi) for name in (HUICHUAN.approver, HUICHUAN.head, HUICHUAN.clerk)
    )
    green = {"green": "aged", "green_basis": "年满八十周岁", "green_clerk": "陈雨"}
    step(notary, number, "按绿色通道受理", ACCEPTED | green)
    step(notary, number, "告知并收费", TALK)
    step(notary, number, "申请上门办证", VISIT)
    step(head, number, "批准上门办证", {"opinion": "同意上门。"})
    step(notary, number, "登记上门服务", VISITED)
    assert width_of(notary) <= (notary.viewport_size or {"width": 0})["width"]
    certify(notary, approver, number)
    close(notary, clerk, number)
    drain_jobs()
    dossier = export(head, number, drain_jobs)
    made = documents(number, HUICHUAN, zunyi, in_tenant)

    assert f"{HUICHUAN.series}内民证字第" in made["公证书"]
    assert any("上门服务登记" in page and "罗青、杨波" in page for page in dossier.pages)
