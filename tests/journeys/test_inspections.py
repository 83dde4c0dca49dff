"""Files are reviewed: planned at the desk, drawn, scored on a phone, published, and read and checked by a citizen."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from saas import clock
from saas.db.session import TenantRef
from tests.conftest import InTenant
from tests.journeys.conftest import Axe, OpenPage, SignIn
from tests.mediation import factory

pytestmark = pytest.mark.browser

CRITERIA = ("受理合法", "材料齐全", "文书标准", "证据恰当", "法律适用准确", "回访及时", "装订规范")
NO_SCROLL = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture
def number(beijing: TenantRef, in_tenant: InTenant) -> str:
    """The number of a closed case."""
    with in_tenant(beijing):
        case = factory.open_application()
        case.closed_at = clock.now()
        return case.number


def fits(page: Page, axe: Axe) -> None:
    """Whether a page is for everybody and nothing sticks out of it."""
    axe(page)
    assert page.evaluate(NO_SCROLL), page.url
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{len(list(Path(folder).iterdir())):02}.png"), full_page=True)


def test_files_are_reviewed_from_plan_to_publication(
    sign_in: SignIn, open_page: OpenPage, number: str, axe: Axe
) -> None:
    desk = sign_in("zhangwei")
    desk.get_by_role("link", name="检查评查").first.click()
    desk.get_by_role("link", name="人民调解案卷评查").click()
    fits(desk, axe)
    desk.get_by_label("检查名称").fill("年度案卷评查")
    desk.get_by_label("完成时限").fill(str(clock.today()))
    desk.get_by_label("检查人员名单").fill("lixf，hetao")
    desk.get_by_role("button", name="保存计划").click()
    desk.get_by_role("button", name="锁定名单").click()
    desk.get_by_role("button", name="随机抽取").click()
    expect(desk.get_by_text("抽取种子")).to_be_visible()
    fits(desk, axe)

    phone = sign_in("lixf", "phone")
    phone.goto("/staff/inspections")
    fits(phone, axe)
    phone.get_by_role("link", name=number).click()
    for title in CRITERIA:
        phone.get_by_label(title).fill("10")
    phone.get_by_label("检查日期").fill(str(clock.today()))
    fits(phone, axe)
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("检查结果已经登记。")).to_be_visible()
    fits(phone, axe)

    desk.reload()
    desk.get_by_role("button", name="公布结果").click()
    desk.get_by_role("link", name="打印检查表").click()
    fits(desk, axe)
    citizen = open_page("/")
    citizen.get_by_role("link", name="检查结果公示").click()
    citizen.get_by_role("link", name="年度案卷评查").click()
    expect(citizen.get_by_text(number)).to_be_visible()
    citizen.get_by_text("怎样重新计算").click()
    fits(citizen, axe)
