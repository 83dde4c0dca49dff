"""An operator leads a city from its opening to its end in a real browser, and its first administrator comes in."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect
from sqlalchemy import update

from saas import clock
from saas.config import Config
from saas.db.session import TenantRef
from saas.identity import totp
from tenants import registry
from tenants.models import Tenant
from tenants.web import operators
from tests.journeys.conftest import COMMON, SIZES, WATCH, Axe, watch
from tests.journeys.desk import width_of

pytestmark = pytest.mark.browser

PASSWORD = "Brook-willow-lantern-7"
At = Callable[..., Page]
Run = Callable[[], None]


@pytest.fixture(autouse=True)
def backup_key(app: Flask, config: Config) -> Iterator[None]:
    """A key that backups are sealed under."""
    before = app.extensions["fengqiao.config"]
    app.extensions["fengqiao.config"] = replace(before, backup_key="b" * 32)
    yield
    app.extensions["fengqiao.config"] = before


@pytest.fixture
def at(chromium: Chromium, port: int) -> Iterator[At]:
    """``at(host, size)``: a browser of its own at a host; what it complains about fails the test."""
    complaints: list[str] = []
    contexts = []

    def go(host: str, size: str = "desk") -> Page:
        base = f"http://{host}:{port}"
        context = chromium.new_context(base_url=base, **COMMON, **SIZES[size])
        contexts.append(context)
        context.add_init_script(WATCH)
        page = context.new_page()
        watch(page, base, complaints)
        return page

    yield go
    for context in contexts:
        context.close()
    assert [said for said in complaints if "503" not in said] == []


@pytest.fixture
def operator(app: Flask, at: At) -> Callable[..., Page]:
    """A page of its own in which another operator has signed in."""

    def come(size: str = "desk") -> Page:
        username = f"op{uuid4().hex[:8]}"
        with app.app_context():
            operators.create(username, f"运维{username[2:5]}", PASSWORD)
        page = at("localhost", size)
        page.goto("/ops/sign-in")
        page.locator("#username").fill(username)
        page.locator("#password").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/ops")
        return page

    return come


def do(page: Page, code: str, title: str, answers: dict[str, str]) -> None:
    page.goto(f"/ops/cities/{code}")
    page.get_by_role("link", name=title, exact=True).click()
    for name, value in answers.items():
        page.locator(f"#{name}").fill(value)
    page.get_by_role("button", name=title, exact=True).click()


def finish(page: Page, words: str, drain_jobs: Run) -> None:
    """Let the worker do what was asked for; the page learns of it by itself."""
    page.wait_for_url("**/ops/tasks/**")
    drain_jobs()
    expect(page.get_by_text(words)).to_be_visible(timeout=10_000)


def open_city(page: Page, code: str, drain_jobs: Run) -> str:
    """Open 廊坊市 by the wizard; the address of its first administrator's link."""
    page.goto("/ops/cities/new")
    page.locator("#q").fill("廊坊")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name="廊坊市（1310）").click()
    for name, value in {"code": code, "admin_name": "许开通", "admin_username": "xukt"}.items():
        page.locator(f"#{name}").fill(value)
    page.get_by_role("button", name="开通", exact=True).click()
    finish(page, "开通城市已经完成", drain_jobs)
    page.get_by_role("link", name="打开这个城市").click()
    page.get_by_role("button", name="生成一次性链接").click()
    link = page.get_by_role("link", name=re.compile("first-sign-in")).get_attribute("href")
    assert link is not None
    return link


def come_in(admin: Page, link: str, axe: Axe) -> None:
    """Set the first administrator's password by the link, and sign in with it."""
    admin.goto(link)
    axe(admin)
    for name in ("password", "again"):
        admin.locator(f"#{name}").fill(PASSWORD)
    admin.get_by_role("button", name="保存密码").click()
    admin.locator("#username").fill("xukt")
    admin.locator("#password").fill(PASSWORD)
    admin.get_by_role("button", name="登录").click()
    bind(admin)
    expect(admin.get_by_role("heading", name="许开通，您好")).to_be_visible()


def bind(admin: Page) -> None:
    """Bind a phone, as a city that is no demonstration demands of everybody."""
    secret = admin.locator("#secret").inner_text().replace(" ", "")
    admin.locator("#code").fill(totp.code_at(secret, totp.step_at(datetime.now(UTC))))
    admin.get_by_role("button", name="完成绑定").click()
    admin.get_by_role("link", name="已经保存好，继续").click()


def close_and_open(page: Page, visitor: Page, code: str) -> None:
    """Close the city with a notice, which a visitor reads, and open it again."""
    page.goto(f"/ops/cities/{code}")
    page.get_by_role("link", name="暂停受理").click()
    page.get_by_label("停用：页面也不能打开").check()
    page.locator("#notice").fill("今晚检修，明早八点恢复。")
    page.get_by_role("button", name="暂停受理").click()
    visitor.goto("/")
    expect(visitor.get_by_text("今晚检修，明早八点恢复。")).to_be_visible()
    do(page, code, "恢复受理", {})
    visitor.goto("/")
    expect(visitor.get_by_text("今晚检修")).to_have_count(0)


def restore_beside(page: Page, code: str, drain_jobs: Run) -> None:
    """Back the city up, and make a copy of it of the backup."""
    do(page, code, "立即备份", {})
    finish(page, "备份已经完成", drain_jobs)
    page.get_by_role("link", name="查看备份文件").click()
    page.locator("#code").fill(f"{code}c")
    page.get_by_role("button", name="恢复", exact=True).click()
    finish(page, "恢复已经完成", drain_jobs)


def end(app: Flask, first: Page, second: Page, code: str, drain_jobs: Run) -> None:
    """End a city by two operators, once the waiting period is over."""
    do(first, code, "申请注销", {"code": code})
    expect(first.get_by_text("已经申请注销")).to_be_visible()
    with app.app_context(), registry.platform_session() as session:
        asked = clock.now() - timedelta(days=8)
        session.execute(update(Tenant).where(Tenant.code == code).values(deletion_at=asked))
    do(second, code, "确认注销", {"code": code})
    finish(second, "注销城市已经完成", drain_jobs)
    expect(second.get_by_role("link", name="下载注销证明")).to_be_visible()


def test_a_city_from_its_opening_to_its_end(
    app: Flask, operator: Callable[..., Page], at: At, drain_jobs: Run, axe: Axe
) -> None:
    code = f"journey{uuid4().hex[:5]}"
    page, second = operator(), operator("phone")

    come_in(at(f"{code}.localhost"), open_city(page, code, drain_jobs), axe)
    close_and_open(page, at(f"{code}.localhost", "phone"), code)
    restore_beside(page, code, drain_jobs)

    copy = at(f"{code}c.localhost", "phone")
    copy.goto("/")
    expect(copy.get_by_text("本站是“廊坊市”的副本")).to_be_visible()
    axe(copy)
    for doomed in (f"{code}c", code):
        end(app, page, second, doomed, drain_jobs)
    copy.goto("/")
    expect(copy.get_by_role("heading", name="没有找到这个页面")).to_be_visible()


PAGES = (
    "/ops",
    "/ops/cities/beijing",
    "/ops/cities/beijing/do/quota",
    "/ops/cities/new?division=1310",
    "/ops/backups",
    "/ops/health",
)


@pytest.mark.parametrize("path", PAGES)
def test_an_operators_page_is_accessible_and_fits_a_phone(
    operator: Callable[..., Page], beijing: TenantRef, axe: Axe, path: str
) -> None:
    page = operator("phone")
    page.goto(path)

    axe(page)
    assert width_of(page) <= 390
