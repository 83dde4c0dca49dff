"""A list of responsibility from the notice to the bound file in two cities, filled in at a phone in one of them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from saas import clock
from saas.cases.queries import get_case
from saas.db.session import TenantRef
from saas.documents.queries import list_documents
from tests.conftest import InTenant
from tests.education.factory import LINES, PEOPLE
from tests.journeys.conftest import SignIn
from tests.journeys.desk import attach, fill, open_step, step, width_of
from tests.journeys.dossiers import Dossier, export
from tests.mediation.factory import actor
from tests.saas.files.samples import png

pytestmark = pytest.mark.browser

TODAY = str(clock.today())
NOTICE = {"unit_name": "区市场监督管理局", "subject": "enforcement", "kind": "list_laws", "year": "2026"}
FILLED = {
    "items": LINES["list_laws"],
    "laws": "法治宣传教育法",
    "tasks": "施行前后集中宣传。",
    "department": "法规科",
    "schedule": "全年",
    "contact": "王明",
}
PUBLISHED = {"published_on": TODAY, "publication": "司法局网站", "report_by": "2027-11-30"}
CARRIED = {"carried_on": TODAY, "item": "法治宣传教育法", "done": "举办专题讲座，发放手册三百册。"}
REPORT = {
    "summary": "按清单开展宣传，领导班子专题学法三次。",
    "group_sessions": "3",
    "group_hours": "8",
    "officials": "80",
    "officials_reached": "80",
    "self_duty": "20",
    "self_study": "18",
    "self_activities": "28",
    "self_cases": "14",
    "self_evidence": "15",
}
JUDGED = {
    "duty": "19",
    "study": "18",
    "activities": "28",
    "cases": "14",
    "evidence": "14",
    "grade": "excellent",
    "evidence_seen": "清单、台账、照片",
    "opinion": "清单落实较好。",
}
CIRCULATED = {"circulated_on": TODAY, "scope": "各责任单位"}
COMPILED = {"statement": "无"}
PARTS = ("officer", "leader", "reviewer")


def begin(page: Page, way: str, values: dict[str, str]) -> str:
    """Open a case at the desk; its number."""
    page.goto(f"/staff/open/{way}")
    fill(page, values)
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/staff/cases/*")
    return page.url.rsplit("/", 1)[-1]


def tick(page: Page, *boxes: str) -> None:
    """Tick boxes of several choices, each written as field=code."""
    for box in boxes:
        name, _, value = box.partition("=")
        page.locator(f'main [name="{name}"][value="{value}"]').check()


def ticked_step(page: Page, number: str, title: str, values: dict[str, str], *boxes: str) -> None:
    """Take a step whose form has several choices."""
    open_step(page, number, title)
    tick(page, *boxes)
    fill(page, values)
    page.get_by_role("button", name=title, exact=True).click()
    page.wait_for_url(f"**/staff/cases/{number}")


@pytest.mark.parametrize("city", ["beijing", "zunyi"])
def test_a_list_is_published_carried_out_judged_archived_and_bound(
    city: str,
    request: pytest.FixtureRequest,
    sign_in: SignIn,
    drain_jobs: Callable[[], None],
    in_tenant: InTenant,
) -> None:
    tenant: TenantRef = request.getfixturevalue(city)
    with in_tenant(tenant):
        liaison_id = str(actor(PEOPLE[city]["liaison"]).id)
    officer, leader, reviewer = (sign_in(PEOPLE[city][part], "desk", tenant) for part in PARTS)
    liaison = sign_in(PEOPLE[city]["liaison"], "phone" if city == "zunyi" else "desk", tenant)
    number = begin(officer, "education.list/notify", NOTICE)
    step(officer, number, "下发通知", {"handler": liaison_id})
    ticked_step(liaison, number, "提交清单", FILLED, "audiences=officials", "ways=lecture")
    assert width_of(liaison) <= (liaison.viewport_size or {"width": 0})["width"]
    step(officer, number, "审核通过", {"opinion": "内容完整。"})
    step(leader, number, "审定公布", PUBLISHED)
    step(liaison, number, "登记落实情况", CARRIED)
    attach(liaison, number, "proof", ("讲座照片.png", "image/png", png((60, 40))))
    step(liaison, number, "提交年度履职报告", REPORT)
    step(reviewer, number, "登记评议结果", JUDGED)
    step(leader, number, "通报评议结果", CIRCULATED)
    step(officer, number, "立卷", COMPILED)
    step(leader, number, "归档", {"checked": True})
    expect(leader.get_by_role("region", name="案件概要")).to_contain_text("已归档")
    drain_jobs()
    check(export(leader, number, drain_jobs), issued(number, PEOPLE[city]["leader"], tenant, in_tenant))


def issued(number: str, username: str, tenant: TenantRef, in_tenant: InTenant) -> list[tuple[str, str]]:
    """Title and number of every document of the case."""
    with in_tenant(tenant):
        case = get_case(number, actor(username))
        return [(document.title, document.number) for document in list_documents(case.id)]


def check(dossier: Dossier, documents: list[tuple[str, str]]) -> None:
    """Every document stands in the file with its number, and the cover is that of this work."""
    whole = "".join(dossier.pages)

    assert documents
    assert "普法工作卷宗" in dossier.pages[0]
    assert [title for title, number in documents if number not in whole] == []
    assert sum(len(part["pages"]) for part in dossier.manifest["parts"]) == len(dossier.pages)
