"""A clerk's way with documents in a real browser: issue, serve, put right, void; then the register, at both widths."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from saas import clock
from saas.db.session import TenantRef
from tests.conftest import InTenant
from tests.journeys.conftest import SIZES, Axe, SignIn
from tests.journeys.desk import fill, step, width_of
from tests.mediation import factory

pytestmark = pytest.mark.browser

SESSION = {
    "held_at": "2026-11-20T09:00",
    "place": "调委会调解室",
    "mode": "onsite",
    "informed": True,
    "recorder": "孙丽",
    "content": "双方陈述意见，同意继续协商。",
    "result": "同意继续协商",
}


@pytest.fixture
def case_number(beijing: TenantRef, in_tenant: InTenant) -> str:
    """A dispute in 孙丽's hands, nothing recorded yet."""
    with in_tenant(beijing):
        return factory.mediating().number


def look(page: Page, axe: Axe, size: str) -> None:
    """The page is accessible and no wider than the window."""
    axe(page)
    assert width_of(page) <= SIZES[size]["viewport"]["width"]


def act(page: Page, title: str, number: str) -> None:
    """From the documents of a case to the page of an act on one of them."""
    row = page.locator("tbody tr", has=page.locator("th", has_text=number))
    row.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", name=f"{title}《人民调解记录》", exact=True)).to_be_visible()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_clerk_issues_serves_puts_right_and_voids(
    sign_in: SignIn, axe: Axe, drain_jobs: Callable[[], None], case_number: str, size: str
) -> None:
    page = sign_in("sunli", size)
    step(page, case_number, "登记调解记录", SESSION)
    drain_jobs()
    documents = f"/staff/cases/{case_number}?tab=documents"
    page.goto(documents)
    row = page.get_by_role("row").filter(has_text="人民调解记录")
    number = str(row.locator(".nums").first.text_content()).strip()
    look(page, axe, size)

    act(page, "登记送达", number)
    look(page, axe, size)
    fill(page, {"recipient": "赵小燕", "way": "post"})
    page.get_by_role("button", name="登记送达", exact=True).click()
    expect(page.locator("#postal_number-error")).to_contain_text("请填写邮件号码")
    expect(page.locator("#served_on-error")).to_contain_text("请填写送达日期")
    fill(page, {"postal_number": "1122334455", "served_on": str(clock.today())})
    page.get_by_role("button", name="登记送达", exact=True).click()
    expect(page.get_by_text("邮寄送达：赵小燕")).to_be_visible()

    act(page, "更正", number)
    look(page, axe, size)
    fill(page, {"value-place_name": "兴和调委会调解室", "reason": "地点写错"})
    page.get_by_role("button", name="更正", exact=True).click()
    page.wait_for_url(f"**{documents}")
    expect(page.get_by_text(f"更正，原编号：{number}")).to_be_visible()
    look(page, axe, size)

    act(page, "作废", number)
    fill(page, {"reason": "已经更正"})
    page.get_by_role("button", name="作废", exact=True).click()
    expect(page.locator("#recalled-error")).to_be_visible()
    expect(page.get_by_label("作废原因")).to_have_value("已经更正")
    look(page, axe, size)
    fill(page, {"recalled": "当事人已经退回一份"})
    page.get_by_role("button", name="作废", exact=True).click()
    expect(page.locator("s", has_text=number)).to_be_visible()

    page.goto(f"/staff/documents?state=void&q={number}")
    expect(page.locator("s", has_text=number)).to_be_visible()
    expect(page.get_by_text("已送达文书的收回情况：当事人已经退回一份")).to_be_visible()
    look(page, axe, size)
