import pytest
from flask import Flask

from saas.web import assets
from tests.browsers import POLICY, Browser

ADDRESSES = ["/sign-in", "/probe/secret", "/probe/boom", "/nowhere", "/healthz", "/static/none.css"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_tells_the_browser_what_it_must_not_do(browser: Browser, address: str) -> None:
    headers = browser.get(address).headers

    assert headers.getlist("Content-Security-Policy") == [POLICY]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in headers


def test_an_answer_over_tls_asks_for_tls_from_now_on(browser: Browser) -> None:
    secure = browser.get("/sign-in", base_url="https://beijing.localhost/")

    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in browser.get("/sign-in").headers


@pytest.mark.parametrize(("scheme", "secure"), [("https", True), ("http", False)])
def test_the_cookie_is_for_this_host_and_not_for_script(browser: Browser, scheme: str, *, secure: bool) -> None:
    cookie = browser.get("/sign-in", base_url=f"{scheme}://beijing.localhost/").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Domain" not in cookie
    assert ("Secure" in cookie) is secure


def test_built_files_may_be_kept_for_ever(shell: Flask, browser: Browser) -> None:
    with shell.test_request_context():
        address = assets.asset("app.css")

    answer = browser.get(address)

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    answer.close()


@pytest.mark.parametrize(
    ("wanted", "expected"), [("/sign-in", "/sign-in"), ("//evil.example", "/"), ("https://evil.example/", "/")]
)
def test_the_text_size_is_kept_and_leads_back_to_an_own_page(browser: Browser, wanted: str, expected: str) -> None:
    answer = browser.submit("/sign-in", {"size": "large", "next": wanted}, action="/text-size")

    assert answer.location == expected
    assert 'data-size="large"' in browser.get("/sign-in").text


def test_a_text_size_that_does_not_exist_is_refused(browser: Browser) -> None:
    assert browser.submit("/sign-in", {"size": "huge"}, action="/text-size").status_code == 400


@pytest.mark.parametrize("host", ["beijing.localhost", "localhost"])
def test_health_says_whether_the_database_answers_and_nothing_else(browser: Browser, host: str) -> None:
    assert browser.get("/healthz", base_url=f"http://{host}/").json == {"database": "ok"}
