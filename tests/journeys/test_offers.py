"""The law has a new version: the administrator of a city that has its own limit chooses, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from saas.db.session import TenantRef
from tests import offering
from tests.conftest import InTenant
from tests.journeys.conftest import Axe, SignIn
from tests.journeys.test_admin import judge

pytestmark = pytest.mark.browser


@pytest.fixture
def stricter(app: Flask, tmp_path: Path, shaped: TenantRef, in_tenant: InTenant) -> Iterator[TenantRef]:
    """曲阳县, which has three days where the law's seven became five."""
    with in_tenant(shaped):
        offering.publish_days(3)
    with offering.raised(app, tmp_path):
        yield shaped
    with in_tenant(shaped):
        offering.publish_days(7)


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_new_version_of_the_law_is_chosen_place_by_place(
    sign_in: SignIn, axe: Axe, stricter: TenantRef, size: str
) -> None:
    page = sign_in("gaofeng", size, stricter)
    page.goto("/admin/processes")
    judge(page, axe)
    page.get_by_role("link", name="查看新版法定流程").click()
    expect(page.get_by_text("时限由“7”改为“5”").first).to_be_visible()
    judge(page, axe)

    page.get_by_role("button", name="建立采用新版的草稿").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("请选择按哪一种办理。")
    judge(page, axe)
    page.get_by_label("新法定：").check()
    page.get_by_role("button", name="建立采用新版的草稿").click()
    expect(page.get_by_text("草稿已按新版法定流程建立")).to_be_visible()

    page.goto("/admin/processes/offers")
    expect(page.get_by_role("link", name="打开草稿")).to_be_visible()
    judge(page, axe)
    page.get_by_role("link", name="打开草稿").click()
    page.get_by_role("link", name="提交审核").click()
    expect(page.get_by_text("时限由“3”改为“5”")).to_be_visible()
    judge(page, axe)
    page.get_by_role("button", name="废弃这份草稿").click()
    expect(page.get_by_text("草稿已废弃")).to_be_visible()
