"""Auditors and operators in a real browser: every page at both sizes, and a dossier exported while one watches."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from saas.config import Config
from saas.db.session import TenantRef
from saas.jobs import worker
from tenants import context
from tenants.web import operators
from tests.journeys.conftest import COMMON, SIZES, WATCH, Axe, OpenPage, watch
from tests.mediation.factory import mediating

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize("size", ["phone", "desk"])
WIDER = "document.documentElement.scrollWidth > window.innerWidth"


@pytest.fixture(scope="session")
def number(app: Flask, beijing: TenantRef) -> str:
    """The number of a case."""
    with context.transaction(app, beijing):
        return mediating().number


@pytest.fixture
def platform(chromium: Chromium, port: int, beijing: TenantRef, size: str) -> Iterator[Page]:
    """A page at the platform's own host."""
    base, complaints = f"http://localhost:{port}", list[str]()
    opened = chromium.new_context(base_url=base, **COMMON, **SIZES[size])
    opened.add_init_script(WATCH)
    page = opened.new_page()
    watch(page, base, complaints)
    yield page
    opened.close()
    assert not complaints, complaints


def sign_in(page: Page, username: str, password: str) -> None:
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def drain_apart(app: Flask) -> None:
    """Do what waits in the queue; in a thread of its own, since Playwright keeps this one's event loop."""
    with ThreadPoolExecutor(1) as apart:
        apart.submit(worker.drain, app).result()


@BOTH
def test_every_page_of_an_auditor_is_accessible(
    open_page: OpenPage, axe: Axe, config: Config, number: str, size: str
) -> None:
    page = open_page("/sign-in?next=/audit", size)
    sign_in(page, "liujg", config.demo_password)

    tabs = [f"/audit/cases/{number}?tab={tab}" for tab in ("overview", "materials", "documents", "timeline", "record")]
    for address in ("/audit", "/audit/events", "/audit/verify", "/dossiers", *tabs):
        page.goto(address)
        axe(page)
        assert not page.evaluate(WIDER), address


@BOTH
def test_a_dossier_is_exported_left_and_found_again(
    open_page: OpenPage, axe: Axe, app: Flask, config: Config, number: str, size: str
) -> None:
    page = open_page(f"/sign-in?next=/audit/cases/{number}", size)
    sign_in(page, "liujg", config.demo_password)
    page.get_by_role("button", name="导出卷宗").click()
    expect(page.get_by_text("排队等候制作")).to_be_visible()
    axe(page)
    progress = page.url

    drain_apart(app)

    expect(page.get_by_text("卷宗已经制作完成")).to_be_visible(timeout=15_000)
    axe(page)
    assert not page.evaluate(WIDER)
    page.goto("/dossiers")
    axe(page)
    page.get_by_role("link", name=number).first.click()
    assert page.url == progress
    with page.expect_download() as download:
        page.get_by_role("link", name="下载卷宗").click()
    page.goto("/audit/verify")
    page.get_by_label("卷宗文件").set_input_files(download.value.path())
    page.get_by_role("button", name="核验").click()
    expect(page.get_by_text("核验通过")).to_be_visible()
    axe(page)
    assert not page.evaluate(WIDER)


@BOTH
def test_every_page_of_the_platform_is_accessible(platform: Page, axe: Axe, app: Flask) -> None:
    username = f"op{uuid4().hex[:8]}"
    with app.app_context():
        operators.create(username, "运维小李", "brook willow lantern")

    for address in ("/", "/verify", "/ops/sign-in"):
        platform.goto(address)
        axe(platform)
        assert not platform.evaluate(WIDER), address
    sign_in(platform, username, "wrong password")
    expect(platform.get_by_role("alert")).to_be_focused()
    axe(platform)
    sign_in(platform, username, "brook willow lantern")
    expect(platform.get_by_role("heading", name="租户列表")).to_be_visible()
    axe(platform)
    assert not platform.evaluate(WIDER)
