"""The administrators' pages: accessible, and no wider than the window."""

from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from saas import clock
from saas.db.session import TenantRef
from tests.conftest import InTenant
from tests.journeys.conftest import Axe, SignIn
from tests.mediation import factory

pytestmark = pytest.mark.browser

PAGES = {
    "wanghy": (
        "/admin/accounts",
        "/admin/accounts/new",
        "/admin/accounts/sunli",
        "/admin/accounts/sunli/view",
        "/admin/roles",
        "/admin/roles/mediator",
        "/admin/rights",
    ),
    "qianfang": ("/admin/proposals", "/staff/export-approvals"),
    "zhaoxh": ("/staff/exports?query=state%3Dagreed",),
}


def judge(page: Page, axe: Axe) -> None:
    """By the rules of accessibility, and by its width."""
    axe(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels too wide"


@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("username", sorted(PAGES))
def test_every_page_of_the_administrators_is_accessible(sign_in: SignIn, axe: Axe, username: str, size: str) -> None:
    page = sign_in(username, size)
    for address in PAGES[username]:
        page.goto(address)
        judge(page, axe)


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_link_of_a_new_account_is_shown_once(sign_in: SignIn, axe: Axe, size: str) -> None:
    page = sign_in("wanghy", size)
    page.goto("/admin/accounts/new")
    page.get_by_label("姓名").fill("新人")
    page.locator("#username").fill(f"n{uuid4().hex[:8]}")
    page.get_by_label("所在单位").select_option(label="兴丰司法所")
    page.get_by_role("button", name="建立账号").click()
    expect(page.locator("#link")).to_contain_text("/first-sign-in?token=")
    judge(page, axe)
    page.get_by_role("link", name="继续申请角色").click()
    expect(page.get_by_role("link", name="重置密码")).to_be_visible()
    expect(page.locator("#link")).to_have_count(0)


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_help_is_given_and_taken_back_on_the_page_of_a_case(
    sign_in: SignIn, axe: Axe, beijing: TenantRef, in_tenant: InTenant, size: str
) -> None:
    with in_tenant(beijing):
        number = factory.mediating().number
    page = sign_in("zhaoxh", size)
    page.goto(f"/staff/cases/{number}")
    page.get_by_role("link", name="协办与级别").click()
    page.get_by_label("协办人的账号").fill("xuning")
    page.get_by_role("button", name="添加").click()
    expect(page.locator("#until-error")).to_be_visible()
    page.locator("#until").fill(f"{clock.today() + timedelta(days=30)}")
    page.locator("#reason").fill("跨区协办")
    page.get_by_role("button", name="添加").click()
    expect(page.get_by_text("许宁")).to_be_visible()
    judge(page, axe)
    page.get_by_role("button", name="结束协办").click()
    expect(page.get_by_text("现在没有协办人")).to_be_visible()
