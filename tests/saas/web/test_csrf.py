from uuid import uuid4

import pytest
from flask import Flask

from saas.db.session import TenantRef
from saas.web import csrf
from tests.browsers import Browser, hidden_fields


def token_of(browser: Browser) -> str:
    return hidden_fields(browser.get("/sign-in").text)["_csrf"]


def post(browser: Browser, token: str | None, **headers: str) -> int:
    fields = {"_csrf": token} if token is not None else {}
    return browser.post(f"/probe/record/{uuid4().hex}", data=fields, headers=headers).status_code


@pytest.mark.parametrize("token", [None, "", "0" * 64, "令牌"])
def test_a_form_without_the_token_of_this_browser_is_refused(browser: Browser, token: str | None) -> None:
    token_of(browser)

    assert post(browser, token) == 400


def test_a_form_drawn_for_this_browser_is_taken(browser: Browser) -> None:
    assert post(browser, token_of(browser)) == 303


def test_a_token_in_the_header_serves_as_well(browser: Browser) -> None:
    assert post(browser, None, **{"X-CSRF-Token": token_of(browser)}) == 303


def test_a_token_drawn_for_another_browser_is_refused(shell: Flask, beijing: TenantRef, browser: Browser) -> None:
    other = token_of(Browser(shell, beijing))
    token_of(browser)

    assert post(browser, other) == 400


def test_a_browser_without_a_cookie_cannot_post(shell: Flask, beijing: TenantRef, browser: Browser) -> None:
    assert post(Browser(shell, beijing), token_of(browser)) == 400


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("Sec-Fetch-Site", "same-origin", 303),
        ("Sec-Fetch-Site", "none", 303),
        ("Sec-Fetch-Site", "same-site", 400),
        ("Sec-Fetch-Site", "cross-site", 400),
        ("Origin", "http://beijing.localhost", 303),
        ("Origin", "http://zunyi.localhost", 400),
        ("Origin", "null", 400),
    ],
)
def test_the_browsers_own_word_decides_where_a_form_came_from(
    browser: Browser, name: str, value: str, status: int
) -> None:
    assert post(browser, token_of(browser), **{name: value}) == status


def test_the_refusal_says_to_reload(browser: Browser) -> None:
    answer = browser.post("/probe/record/x")

    assert "刷新页面后重新提交" in answer.text


def test_tokens_differ_by_browser_and_by_secret() -> None:
    assert len({csrf.token_for("a", "1"), csrf.token_for("b", "1"), csrf.token_for("a", "2")}) == 3
