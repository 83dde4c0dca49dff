"""Trying a draft of mediation: played by several people, kept as a scenario, run over the cases there are."""

from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from saas.db.session import TenantRef
from saas.rehearsal import jobs, queries
from tests.conftest import InTenant
from tests.journeys.conftest import Axe, SignIn
from tests.journeys.desk import width_of
from tests.mediation import factory
from tests.saas.rehearsal import samples

pytestmark = pytest.mark.browser


def choose(page: Page, step: str, who: str) -> None:
    """Choose who takes which step."""
    page.get_by_role("region", name=step, exact=True).get_by_role("link", name=f"由{who}办理").click()


def take(page: Page, step: str, day: str) -> None:
    """Send the form of a step, taken on a day."""
    page.get_by_label("办理日期").fill(day)
    page.get_by_role("button", name=f"模拟办理：{step}").click()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_an_admin_plays_a_draft_keeps_a_scenario_and_tries_it_on_the_cases_there_are(
    beijing: TenantRef, in_tenant: InTenant, sign_in: SignIn, axe: Axe, size: str
) -> None:
    with in_tenant(beijing):
        factory.mediating()
        draft_id = samples.draft_with(samples.shorter, samples.with_review).id
    page = sign_in("wanghy", size)
    page.goto(f"/admin/processes/{draft_id}/play")
    choose(page, "当事人申请", "当事人")
    take(page, "当事人申请", "2026-03-02")
    choose(page, "受理", "调委会主任")
    take(page, "受理", "2026-03-03")

    expect(page.get_by_role("heading", name="受理", exact=True, level=2)).to_be_visible()
    expect(page.get_by_text("这一步不能办理")).to_be_visible()
    for label in ("属于民间纠纷", "双方当事人同意调解", "没有被人民法院或者其他机关受理"):
        page.get_by_label(label).check()
    take(page, "受理", "2026-03-03")
    expect(page.get_by_role("region", name="复核通过")).to_be_visible()
    expect(page.get_by_text("2026年3月23日到期")).to_be_visible()
    axe(page)
    assert width_of(page) <= page.evaluate("innerWidth")

    page.get_by_label("场景名称").fill("受理后等待复核")
    page.get_by_role("button", name="保存为场景").click()
    expect(page.get_by_role("heading", name="受理后等待复核 一致")).to_be_visible()
    axe(page)
    try_on_cases(page, draft_id, beijing, in_tenant, axe)


def try_on_cases(page: Page, draft_id: UUID, beijing: TenantRef, in_tenant: InTenant, axe: Axe) -> None:
    """Have the draft tried on the city's cases, and read what comes of it."""
    page.get_by_role("link", name="历史案件试算").click()
    page.get_by_role("button", name="开始试算").click()
    expect(page.get_by_text("排队等候试算")).to_be_visible()
    with in_tenant(beijing):
        run = queries.find_latest(draft_id)
        assert run is not None
        jobs.try_draft({"run": str(run.id)})
    expect(page.get_by_role("heading", name="按草稿走不通")).to_be_visible()
    expect(page.get_by_role("table", name="按草稿走不通的案件")).to_contain_text("复核")
    axe(page)
    assert width_of(page) <= page.evaluate("innerWidth")
