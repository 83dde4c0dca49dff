"""Publishing is refused with a fault that leads to its place, and done by a second person after the repair."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from saas.db.session import TenantRef
from saas.workflow.queries import current_version
from tenants import provisioning, starter
from tenants.data import deletion
from tests.conftest import InTenant
from tests.journeys.conftest import Axe, SignIn
from tests.journeys.test_admin import judge
from tests.mediation import factory

pytestmark = pytest.mark.browser

LIMIT = "clocks.entrusted_summary"
FAULT = "法定7日，只能改短"


@pytest.fixture
def city(app: Flask) -> Iterator[TenantRef]:
    """A city in which nobody else publishes, gone afterwards."""
    with app.app_context():
        made = provisioning.create(provisioning.NewCity("publishing", "发布市", starter.load("beijing"), demo=True))
    yield made
    with app.app_context():
        deletion.erase(made)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_publishing_is_refused_with_a_fault_and_done_after_the_repair(
    city: TenantRef, in_tenant: InTenant, sign_in: SignIn, axe: Axe, size: str
) -> None:
    with in_tenant(city):
        before = current_version(factory.PROCESS).version
    admin = sign_in("wanghy", size, city)
    draft = begin(admin)
    set_days(admin, 9)
    expect(admin.get_by_text(FAULT).first).to_be_visible()
    is_refused(admin, draft, axe)

    admin.locator("#faults").get_by_role("link", name=FAULT).click()
    expect(admin).to_have_url(re.compile(re.escape(LIMIT)))
    expect(admin.get_by_label("时长")).to_have_value("9")
    set_days(admin, 5)
    submit(admin, draft, axe)

    publish(sign_in("qianfang", size, city), draft, axe)
    with in_tenant(city):
        now = current_version(factory.PROCESS)
        assert (now.version, now.body["clocks"]["entrusted_summary"]["n"]) == (before + 1, 5)


def begin(page: Page) -> str:
    """Begin a draft of mediation and open the limit in it; the draft's address."""
    page.goto("/admin/processes")
    row = page.get_by_role("row", name=re.compile("人民调解")).first
    row.get_by_role("button", name="建立草稿").click()
    page.wait_for_url(re.compile("/admin/processes/[0-9a-f-]{36}$"))
    expect(page.get_by_role("heading", name="人民调解")).to_be_visible()
    draft = page.url
    page.locator(f"#open-{LIMIT.replace('.', '-')}").click()
    return draft


def set_days(page: Page, days: int) -> None:
    """Give the limit that is open another length."""
    page.get_by_label("时长").fill(str(days))
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="保存").click()
    expect(page.locator("#saved")).to_contain_text("法院委托调解期限（简易程序）")
    expect(page.get_by_label("时长")).to_have_value(str(days))


def is_refused(page: Page, draft: str, axe: Axe) -> None:
    """The review says what stands in the way, and submitting says it again."""
    page.goto(f"{draft}/review")
    said = page.get_by_role("heading", name=re.compile(r"有\d+个问题，不能发布"))
    expect(said).to_be_visible()
    judge(page, axe)
    page.get_by_role("button", name="提交审核").click()
    page.wait_for_url(f"{draft}/submit")
    expect(said).to_be_visible()
    judge(page, axe)


def submit(page: Page, draft: str, axe: Axe) -> None:
    """Hand the repaired draft to the second person."""
    page.goto(f"{draft}/review")
    expect(page.get_by_text("检查没有发现问题")).to_be_visible()
    judge(page, axe)
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("已提交审核")).to_be_visible()


def publish(page: Page, draft: str, axe: Axe) -> None:
    """The second person gives a reason for every warning."""
    page.goto(f"{draft}/review")
    expect(page.get_by_text("法院委托调解期限（简易程序）").first).to_be_visible()
    for answer in page.get_by_label("这样可以，理由是").all():
        answer.fill("已经核对。")
    judge(page, axe)
    page.get_by_role("button", name="同意并发布").click()
    expect(page.get_by_role("heading", name="版本：")).to_be_visible()
    judge(page, axe)
