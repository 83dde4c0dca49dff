"""The registers in a real browser: kept by an office, brought in from a table, read by everybody on a phone."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from saas.db.session import TenantRef
from tests.conftest import InTenant
from tests.journeys.conftest import Axe, OpenPage, SignIn
from tests.journeys.desk import width_of
from tests.saas.registers import factory

pytestmark = pytest.mark.browser

LIST = f"/staff/registers/{factory.COMMITTEE}"
TABLE = "名称,种类,委员人数,任期届满\n一号村人民调解委员会,村,5,2026-12-31\n二号社区人民调解委员会,居,3,2029-01-01\n"
FAULTY = TABLE.replace(",3,", ",2,")


def keep(page: Page, name: str) -> None:
    """Save a picture of the page where somebody asked for them."""
    if folder := os.environ.get("FENGQIAO_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def bring_in(page: Page, table: str) -> None:
    """Send a table."""
    page.goto(f"{LIST}/import")
    page.locator("#table").set_input_files(FilePayload(name="名录.csv", mimeType="text/csv", buffer=table.encode()))
    page.get_by_role("button", name="导入").click()


def test_an_office_brings_a_table_in_and_keeps_its_entries(sign_in: SignIn, axe: Axe) -> None:
    page = sign_in(factory.KEEPER)
    page.get_by_role("navigation", name="工作栏目").get_by_role("link", name="名录").click()
    axe(page)
    page.get_by_role("link", name="人民调解委员会名录").click()
    bring_in(page, FAULTY)
    expect(page.get_by_role("row").filter(has_text="委员人数不能小于3")).to_have_count(1)
    axe(page)
    keep(page, "import")
    bring_in(page, TABLE)
    expect(page.get_by_text("新登记 2 条")).to_be_visible()
    axe(page)
    keep(page, "list")
    page.get_by_role("link", name="一号村人民调解委员会").click()
    page.locator("#status").select_option(label="暂停")
    page.locator("#reason").fill("换届选举期间")
    page.get_by_role("button", name="变更状态").click()
    expect(page.get_by_text("理由：换届选举期间")).to_be_visible()
    axe(page)
    keep(page, "entry")


def test_an_entry_is_added_on_a_phone(sign_in: SignIn, axe: Axe, in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        factory.add(name="三号村人民调解委员会")
    page = sign_in(factory.KEEPER, "phone")
    page.goto(f"/staff/registers/{factory.MEDIATOR}/new")
    page.locator("#name").fill("周明")
    page.get_by_label("专职", exact=True).check()
    page.locator("#committee").select_option(label="三号村人民调解委员会")
    assert width_of(page) <= 390
    axe(page)
    keep(page, "new-phone")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("heading", name="周明")).to_be_visible()
    assert width_of(page) <= 390
    keep(page, "entry-phone")


def test_everybody_reads_a_public_register_on_a_phone(
    open_page: OpenPage, axe: Axe, in_tenant: InTenant, beijing: TenantRef
) -> None:
    with in_tenant(beijing):
        factory.add(name="四号村人民调解委员会", telephone="01069243101")
    page = open_page("/")
    page.get_by_role("link", name="机构和人员名录").click()
    page.get_by_role("link", name="人民调解委员会名录").click()
    page.get_by_label("名称").fill("四号村")
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("01069243101")).to_be_visible()
    assert width_of(page) <= 390
    axe(page)
    keep(page, "public-phone")
