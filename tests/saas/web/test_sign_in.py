import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from saas.config import Config
from saas.db.counting import count_queries
from saas.db.session import TenantRef, db
from saas.identity import sessions
from saas.identity.models import User, WebSession
from saas.messages import services as messages
from saas.messages.models import Message
from saas.web.requests import COOKIE
from tests.browsers import Browser
from tests.conftest import InTenant

USER = "zhangwei"
SignIn = Callable[[str], Browser]


def cookie_of(browser: Browser) -> str:
    cookie = browser.get_cookie(COOKIE, domain="beijing.localhost")
    assert cookie is not None
    return cookie.value


def test_the_door_leads_to_the_page_that_was_asked_for(browser: Browser, config: Config) -> None:
    door = browser.get("/staff").location
    assert door == "/sign-in?next=/staff"

    answer = browser.submit(door, {"username": USER, "password": config.demo_password, "next": "/staff"}, "/sign-in")

    assert answer.location == "/staff"
    assert "张伟，您好" in browser.get("/staff").text


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1", ""])
def test_nobody_is_sent_to_another_host(browser: Browser, config: Config, address: str) -> None:
    fields = {"username": USER, "password": config.demo_password, "next": address}

    assert browser.submit("/sign-in", fields).location == "/staff"


def test_the_token_changes_when_somebody_signs_in(browser: Browser, config: Config) -> None:
    browser.get("/sign-in")
    before = cookie_of(browser)

    browser.sign_in(USER, config.demo_password)

    assert cookie_of(browser) != before


def test_a_wrong_password_and_an_unknown_account_look_the_same(browser: Browser) -> None:
    pages = []
    for username in (USER, "nobody-here"):
        answer = browser.submit("/sign-in", {"username": username, "password": "wrong"})
        assert answer.status_code == 422
        pages.append(re.sub(r'value="[^"]*"', "", answer.text))

    assert pages[0] == pages[1]
    assert "<title>错误：" in pages[0]


def test_what_is_missing_is_asked_for_at_its_field(browser: Browser) -> None:
    page = browser.submit("/sign-in", {"username": "", "password": ""}).text

    assert 'href="#username">请输入账号。' in page
    assert 'aria-describedby="password-error"' in page


def test_after_signing_out_the_old_cookie_opens_nothing(signed_in: SignIn) -> None:
    browser = signed_in(USER)
    token = cookie_of(browser)

    answer = browser.submit("/staff", {}, action="/sign-out")
    browser.set_cookie(COOKIE, token, domain="beijing.localhost")

    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert browser.get("/staff").location == "/sign-in?next=/staff"


def test_a_citys_cookie_is_unknown_at_another_city(shell: Flask, signed_in: SignIn, zunyi: TenantRef) -> None:
    token = cookie_of(signed_in(USER))
    elsewhere = Browser(shell, zunyi)
    elsewhere.set_cookie(COOKIE, token, domain="zunyi.localhost")

    assert elsewhere.get("/staff").status_code == 303


def test_the_platforms_own_host_has_no_door_for_staff(shell: Flask) -> None:
    assert Browser(shell, None).get("/sign-in").status_code == 404


def test_an_idle_session_asks_to_sign_in_again(signed_in: SignIn, in_tenant: InTenant, beijing: TenantRef) -> None:
    browser = signed_in(USER)
    with in_tenant(beijing):
        mine = WebSession.token_hash == sessions.digest(cookie_of(browser))
        db.session.execute(update(WebSession).where(mine).values(seen_at=func.now() - timedelta(minutes=31)))

    assert browser.get("/staff").status_code == 303


def test_who_is_signed_in_costs_one_statement(signed_in: SignIn) -> None:
    browser = signed_in(USER)

    with count_queries() as sent:
        assert browser.get("/probe/secret").status_code == 403

    # The refusal is written down; finding out who asks is one statement.
    assert len([statement for statement in sent.statements if "INSERT INTO audit_event" not in statement]) == 1


def test_the_home_page_shows_messages_and_marks_them_read(
    signed_in: SignIn, in_tenant: InTenant, beijing: TenantRef
) -> None:
    with in_tenant(beijing):
        user_id = db.session.scalars(select(User.id).where(User.username == USER)).one()
        # What other tests told this person would be counted too.
        db.session.execute(update(Message).where(Message.user_id == user_id).values(read_at=func.now()))
        message = messages.tell_user(user_id, "期限将到", "请尽快办理。")
        db.session.flush()
        message_id = message.id
    browser = signed_in(USER)
    assert "（1 条未读）" in browser.get("/staff").text

    assert browser.submit("/staff", {}, action=f"/staff/messages/{message_id}/read").status_code == 303

    assert "未读" not in browser.get("/staff").text
