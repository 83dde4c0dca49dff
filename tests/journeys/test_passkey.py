"""Passkeys in a real browser with a device of its own: registered, signed in with, demanded, refused when copied."""

from typing import Any
from urllib.parse import unquote_plus
from uuid import uuid4

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import CDPSession, Page, expect

from saas.db.session import TenantRef
from saas.identity import passkeys, queries
from saas.identity.actor import SYSTEM
from saas.settings import services as settings
from tenants.web import operators
from tests.conftest import InTenant
from tests.journeys.conftest import COMMON, SIZES, Axe, OpenPage, watch
from tests.saas.identity.factories import PASSWORD, make_user

pytestmark = pytest.mark.browser

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}

SEND_AGAIN = """(answer) => {
    const form = document.querySelector('form[data-passkey]');
    form.elements.answer.value = answer;
    form.submit();
}"""


@pytest.fixture
def username(in_tenant: InTenant, beijing: TenantRef) -> str:
    """A member of staff whom no other test knows."""
    with in_tenant(beijing):
        return make_user(["work.read"], name="钱自强", role="keyholder").username


def device(page: Page, **changed: Any) -> tuple[CDPSession, str]:  # noqa: ANN401 - what a device can be
    """Give the browser a device that holds passkeys."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | changed})
    return session, made["authenticatorId"]


def enter(page: Page, username: str) -> None:
    """Sign in with the password."""
    page.locator("#username").fill(username)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def register(page: Page, title: str) -> None:
    """Add a passkey on the page of one's own."""
    page.goto("/account/passkeys")
    page.locator("#title").fill(title)
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("通行密钥已经登记")).to_be_visible()


def leave(page: Page) -> None:
    """Sign out."""
    page.goto("/staff")
    page.get_by_role("button", name="退出").first.click()
    page.wait_for_url("**/sign-in**")


def come_by_passkey(page: Page) -> None:
    """Sign in with the passkey alone."""
    page.goto("/sign-in")
    page.get_by_role("link", name="用通行密钥登录").click()
    page.get_by_role("button", name="继续").click()


def test_a_passkey_is_registered_and_signs_in_alone_and_as_the_second_step(
    open_page: OpenPage, axe: Axe, username: str
) -> None:
    page = open_page("/sign-in", "desk")
    device(page)
    enter(page, username)
    page.wait_for_url("**/staff**")
    register(page, "办公室电脑")
    expect(page.get_by_role("rowheader", name="办公室电脑")).to_be_visible()
    axe(page)
    leave(page)

    come_by_passkey(page)
    page.wait_for_url("**/staff**")
    leave(page)

    enter(page, username)
    expect(page.get_by_role("heading", name="用通行密钥验证")).to_be_visible()
    axe(page)
    page.goto("/staff")
    expect(page.get_by_role("heading", name="用通行密钥验证")).to_be_visible()
    page.get_by_role("button", name="继续").click()
    page.wait_for_url("**/staff**")


def test_a_device_that_does_not_know_who_holds_it_is_not_enough(open_page: OpenPage, username: str) -> None:
    page = open_page("/sign-in", "desk")
    session, authenticator = device(page)
    enter(page, username)
    page.wait_for_url("**/staff**")
    register(page, "安全密钥")
    leave(page)

    session.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    come_by_passkey(page)

    expect(page.locator("[data-passkey-failed]")).to_be_visible()
    page.goto("/staff")
    expect(page.get_by_role("heading", name="工作人员登录")).to_be_visible()


def test_a_copied_key_is_noticed_by_its_count(
    open_page: OpenPage, username: str, in_tenant: InTenant, beijing: TenantRef
) -> None:
    page = open_page("/sign-in", "desk")
    device(page)
    enter(page, username)
    page.wait_for_url("**/staff**")
    register(page, "安全密钥")
    leave(page)
    with in_tenant(beijing):
        user = queries.find_user(username)
        assert user is not None
        passkeys.list_of(user.id)[0].sign_count = 1000

    come_by_passkey(page)

    expect(page.locator("#answer").get_by_text("通行密钥没有通过")).to_be_visible()


def test_an_answer_serves_once(open_page: OpenPage, username: str) -> None:
    page = open_page("/sign-in", "desk")
    device(page)
    enter(page, username)
    page.wait_for_url("**/staff**")
    register(page, "安全密钥")
    leave(page)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.post_data or "") if one.method == "POST" else None)
    come_by_passkey(page)
    page.wait_for_url("**/staff**")
    leave(page)

    page.goto("/sign-in/passkey")
    page.evaluate(SEND_AGAIN, unquote_plus(dict(pair.split("=", 1) for pair in sent[0].split("&"))["answer"]))

    expect(page.locator("#answer").get_by_text("通行密钥没有通过")).to_be_visible()


def test_a_role_that_needs_a_passkey_gets_one_at_the_door(
    open_page: OpenPage, axe: Axe, username: str, in_tenant: InTenant, beijing: TenantRef
) -> None:
    with in_tenant(beijing):
        settings.set_value("identity.passkey_roles", "keyholder，nobody", by=SYSTEM)
    try:
        page = open_page("/sign-in", "phone")
        device(page)
        enter(page, username)
        expect(page.get_by_role("heading", name="登记通行密钥")).to_be_visible()
        axe(page)
        page.locator("#title").fill("手机")
        page.get_by_role("button", name="登记").click()
        page.wait_for_url("**/staff**")
    finally:
        with in_tenant(beijing):
            settings.set_value("identity.passkey_roles", "", by=SYSTEM)
    with in_tenant(beijing):
        user = queries.find_user(username)
        assert user is not None
        assert [key.title for key in passkeys.list_of(user.id)] == ["手机"]


def test_a_passkey_that_is_removed_signs_in_no_more(open_page: OpenPage, username: str) -> None:
    page = open_page("/sign-in", "desk")
    device(page)
    enter(page, username)
    page.wait_for_url("**/staff**")
    register(page, "旧电脑")
    page.get_by_role("button", name="删除").click()
    expect(page.get_by_text("通行密钥已经删除")).to_be_visible()
    leave(page)

    come_by_passkey(page)

    expect(page.locator("#answer").get_by_text("通行密钥没有通过")).to_be_visible()


def test_an_operator_proves_the_second_step_with_a_passkey(app: Flask, chromium: Chromium, port: int, axe: Axe) -> None:
    name = f"op{uuid4().hex[:8]}"
    with app.app_context():
        operators.create(name, "孙运维", PASSWORD)
    context = chromium.new_context(base_url=f"http://localhost:{port}", **COMMON, **SIZES["desk"])
    complaints: list[str] = []
    page = context.new_page()
    watch(page, f"http://localhost:{port}", complaints)
    page.goto("/ops/sign-in")
    device(page)
    enter(page, name)
    page.wait_for_url("**/ops")
    page.goto("/ops/passkeys")
    page.locator("#title").fill("机房密钥")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("rowheader", name="机房密钥")).to_be_visible()
    axe(page)
    context.clear_cookies()

    page.goto("/ops/sign-in")
    enter(page, name)
    expect(page.get_by_role("heading", name="用通行密钥验证")).to_be_visible()
    axe(page)
    page.goto("/ops")
    expect(page.get_by_role("heading", name="用通行密钥验证")).not_to_be_visible()
    page.goto("/ops/sign-in/passkey")
    page.get_by_role("button", name="继续").click()
    page.wait_for_url("**/ops")
    context.close()
    assert complaints == []
