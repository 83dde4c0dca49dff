"""A mediator looks at a telephone number with a reason, and the auditor finds who looked and why."""

import re

import pytest
from playwright.sync_api import expect

from saas.db.session import TenantRef
from tests.conftest import InTenant
from tests.journeys.conftest import Axe, SignIn
from tests.mediation import factory

pytestmark = pytest.mark.browser

FULL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
WHY = "通知当事人明天到场"


def test_a_number_is_seen_with_a_reason_and_the_auditor_finds_it(
    sign_in: SignIn, beijing: TenantRef, in_tenant: InTenant, axe: Axe
) -> None:
    with in_tenant(beijing):
        number = factory.mediating().number
    page = sign_in("sunli")
    page.goto(f"/staff/cases/{number}")
    expect(page.get_by_text(FULL)).to_have_count(0)
    page.get_by_role("link", name=re.compile("查看.*完整电话")).first.click()
    axe(page)
    page.get_by_role("button", name="查看", exact=True).click()
    expect(page.get_by_text("请用 4 到 100 个字说明").first).to_be_visible()
    page.get_by_label("查看原因").fill(WHY)
    page.get_by_role("button", name="查看", exact=True).click()
    expect(page.get_by_text(FULL)).to_have_count(1)
    axe(page)

    page.context.clear_cookies()
    auditor = sign_in("liujg")
    auditor.goto(f"/audit/cases/{number}?tab=record")
    expect(auditor.get_by_text("查看完整的个人信息").first).to_be_visible()
    expect(auditor.get_by_text(WHY).first).to_be_visible()
    expect(auditor.get_by_text(FULL)).to_have_count(0)
