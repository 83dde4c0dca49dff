"""An administrator sets a parameter, and carries the configuration in a file, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from saas.db.session import TenantRef
from tests.journeys.conftest import Axe, SignIn
from tests.journeys.test_admin import judge

pytestmark = pytest.mark.browser


def give(page: Page, key: str, label: str, value: str) -> None:
    """Give a setting a value."""
    page.goto(f"/admin/settings/{key}")
    page.get_by_label(label).fill(value)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存")).to_be_visible()


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_pages_of_settings_are_accessible_and_no_wider_than_the_window(
    sign_in: SignIn, axe: Axe, size: str
) -> None:
    page = sign_in("wanghy", size)
    for address in ("/admin/settings", "/admin/settings/documents.number_pattern", "/admin/configuration"):
        page.goto(address)
        judge(page, axe)


def test_the_next_number_is_seen_before_it_is_given(sign_in: SignIn, axe: Axe) -> None:
    page = sign_in("wanghy")
    page.goto("/admin/settings/cases.number_pattern")
    page.get_by_label("案件编号格式").fill("{year}-{n")
    page.get_by_role("button", name="预览下一个编号").click()
    expect(page.locator("#value-error")).to_contain_text("没有成对")
    judge(page, axe)

    page.get_by_label("案件编号格式").fill("TS{year}-{n:04}")
    page.get_by_role("button", name="预览下一个编号").click()
    expect(page.get_by_text("下一个编号：TS")).to_be_visible()


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_file_is_looked_at_before_it_is_taken_over(
    sign_in: SignIn, axe: Axe, shaped: TenantRef, tmp_path: Path, size: str
) -> None:
    page = sign_in("gaofeng", size, shaped)
    give(page, "portal.query_limit", "进度查询次数", "21")
    page.goto("/admin/configuration")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出全部配置").click()
    download.value.save_as(tmp_path / "city.json")
    give(page, "portal.query_limit", "进度查询次数", "31")

    page.goto("/admin/configuration")
    page.get_by_label("配置文件").set_input_files(tmp_path / "city.json")
    page.get_by_role("button", name="查看变化").click()
    expect(page.get_by_text("由“31”改为“21”")).to_be_visible()
    judge(page, axe)
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("配置已导入")).to_be_visible()
