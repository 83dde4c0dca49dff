"""The door in a real browser: coming in with a code from a phone, and being locked out and let in again."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import delete, func, select, update

from saas.config import Config
from saas.db.session import TenantRef, db
from saas.identity import totp
from saas.identity.models import TryCount, User, WebSession
from saas.identity.proof_models import TotpFactor
from tests.conftest import InTenant
from tests.journeys.conftest import Axe, OpenPage, SignIn
from tests.journeys.desk import width_of

pytestmark = pytest.mark.browser

WHO = "lixf"


@pytest.fixture(autouse=True)
def _as_before(in_tenant: InTenant, beijing: TenantRef) -> Iterator[None]:
    """The person of the demonstration has no second factor, offered or bound, before these tests and after them."""
    _forget(in_tenant, beijing)
    yield
    _forget(in_tenant, beijing)


def _forget(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        owner = select(User.id).where(User.username == WHO).scalar_subquery()
        db.session.execute(delete(TotpFactor).where(TotpFactor.user_id == owner))
        db.session.execute(delete(WebSession).where(WebSession.user_id == owner))
        db.session.execute(delete(TryCount))


def code_of(secret: str, steps: int = 0) -> str:
    return totp.code_at(secret, totp.step_at(datetime.now(UTC)) + steps)


def type_in(page: Page, username: str, password: str) -> None:
    page.locator("#username").fill(username)
    page.locator("#password").fill(password)
    page.get_by_role("button", name="登录").click()


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_somebody_binds_a_phone_and_comes_in_with_its_code(
    sign_in: SignIn, open_page: OpenPage, axe: Axe, config: Config, tmp_path: Path, size: str
) -> None:
    page = sign_in(WHO, size)
    page.goto("/account")
    axe(page)
    page.get_by_role("link", name=re.compile("^绑定")).click()
    page.get_by_role("button", name="绑定动态口令").click()
    picture = page.get_by_role("img", name=re.compile("二维码"))
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("picture => picture.naturalWidth") > 100
    axe(page)
    assert width_of(page) <= page.viewport_size["width"]  # type: ignore[index]
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.locator("#code").fill(code_of(secret))
    page.get_by_role("button", name="完成绑定").click()
    expect(page.locator("#codes li")).to_have_count(10)
    recovery = page.locator("#codes li").first.inner_text()
    axe(page)
    page.get_by_role("link", name="已经保存好，继续").click()
    expect(page.get_by_text("已绑定，剩 10 个恢复码")).to_be_visible()

    other = open_page("/sign-in", size)
    type_in(other, WHO, config.demo_password)
    expect(other).to_have_url(re.compile("/sign-in/second$"))
    other.locator("#code").fill("000000")
    other.get_by_role("button", name="继续").click()
    expect(other.locator("#code-error")).to_contain_text("验证码不正确")
    axe(other)
    other.locator("#code").fill(code_of(secret, 1))
    other.get_by_role("button", name="继续").click()
    other.wait_for_url("**/staff")
    expect(other.get_by_text("您的账号已绑定动态口令").first).to_be_visible()

    without_phone = open_page("/sign-in", size)
    type_in(without_phone, WHO, config.demo_password)
    without_phone.locator("#code").fill(recovery.lower())
    without_phone.get_by_role("button", name="继续").click()
    without_phone.wait_for_url("**/staff")


def test_somebody_is_locked_out_and_comes_back_when_the_time_is_over(
    open_page: OpenPage, config: Config, in_tenant: InTenant, beijing: TenantRef, axe: Axe
) -> None:
    page = open_page("/sign-in", "phone")
    for password in ("wrong",) * 5 + (config.demo_password,):
        type_in(page, WHO, password)
        expect(page.locator("#password-error")).to_contain_text("暂停登录10至30分钟")
    assert page.locator("#username").input_value() == WHO
    axe(page)
    with in_tenant(beijing):
        over = update(TryCount).where(TryCount.locked_until.is_not(None))
        db.session.execute(over.values(locked_until=func.now()))
    type_in(page, WHO, config.demo_password)
    page.wait_for_url("**/staff")
