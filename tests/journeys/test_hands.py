"""Several hands on one case in a real browser: two sign, things go on side by side, one sends back, one takes back."""

import pytest
from playwright.sync_api import Page, expect

from saas.db.session import TenantRef
from tests.conftest import InTenant
from tests.journeys.conftest import Axe, SignIn
from tests.journeys.desk import fill, step
from tests.mediation import factory, hands

pytestmark = pytest.mark.browser


def use(page: Page, number: str, title: str, values: dict[str, object]) -> None:
    """Open another operation from the case page and do it."""
    page.goto(f"/staff/cases/{number}")
    page.get_by_text("更多操作", exact=True).click()
    page.get_by_role("link", name=title, exact=True).click()
    fill(page, values)
    page.get_by_role("button", name=title, exact=True).click()
    page.wait_for_url(f"**/staff/cases/{number}")


def sign(page: Page, number: str) -> None:
    """Agree to the acceptance."""
    page.goto(f"/staff/cases/{number}")
    page.get_by_role("region", name="签署：受理").get_by_role("link", name="签署").click()
    fill(page, {"action": "accept", "agreed": "yes", "reason": "材料齐全"})
    page.get_by_role("button", name="签署", exact=True).click()
    page.wait_for_url(f"**/staff/cases/{number}")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_two_sign_one_sends_back_one_takes_back(
    sign_in: SignIn, beijing: TenantRef, in_tenant: InTenant, axe: Axe, size: str
) -> None:
    with in_tenant(beijing):
        number = hands.opened().number
    director, mediator, bureau = (sign_in(name, size) for name in ("zhaoxh", "sunli", "zhangwei"))

    director.goto(f"/staff/cases/{number}")
    expect(director.get_by_text("还没有签署")).to_have_count(2)
    sign(mediator, number)
    sign(bureau, number)
    director.reload()
    expect(director.get_by_text("“受理”签署齐了")).to_be_visible()
    step(director, number, "受理", {k: v for k, v in factory.ACCEPTED.items() if v is not None})

    mediator.goto(f"/staff/cases/{number}")
    notice = mediator.get_by_role("region", name="告知当事人")
    expect(notice).to_contain_text("待告知")
    step(mediator, number, "登记告知", {})
    expect(mediator.get_by_role("region", name="告知当事人")).to_contain_text("已告知（已完成）")
    expect(mediator.get_by_role("region", name="安排场地")).to_contain_text("待安排")
    axe(mediator)

    use(mediator, number, "撤回上一步", {"reason": "告知错了人"})
    expect(mediator.get_by_role("region", name="告知当事人")).to_contain_text("待告知")

    use(director, number, "退回", {"to": "pending", "reason": "需要重新审查"})
    expect(director.get_by_text("本件在“待受理”环节")).to_be_visible()
    director.goto(f"/staff/cases/{number}?tab=timeline")
    expect(director.get_by_text("受理（退回后重新办理）")).to_be_visible()
    expect(director.get_by_text("登记告知（已撤回）")).to_be_visible()
    assert director.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
