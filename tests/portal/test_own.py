"""A citizen's own cases: seen by who holds the applicant's phone, by nobody else, and not the papers."""

import re
from collections.abc import Callable

import pytest

from saas.db.session import TenantRef
from tests.browsers import Browser, hidden_fields
from tests.conftest import InTenant
from tests.portal.applying import apply, forget_tries, submit
from tests.saas.credentials.conftest import ReadCode, number, read_code

__all__ = ["number", "read_code"]

OWN = "13900005678"
"""The phone given in the application of :mod:`tests.portal.applying`."""


def ask_for_code(browser: Browser, phone: str) -> str:
    """Have a code sent; the page that asks for it."""
    answer = submit(browser, "/my/sign-in", {"phone": phone})
    assert answer.status_code == 200, answer.text
    return answer.text


def give_code(browser: Browser, page: str, phone: str, code: str | None) -> int:
    """Send the code from the page that asked for it."""
    fields = {"_csrf": hidden_fields(page)["_csrf"], "phone": phone, "code": code}
    return browser.post("/my/code", data=fields).status_code


def cookie(browser: Browser) -> str:
    """The value of the browser's cookie."""
    kept = browser.get_cookie("fengqiao_session", domain=browser.host)
    return kept.value if kept else ""


@pytest.fixture(autouse=True)
def _no_tries(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        forget_tries()


def test_a_stranger_is_asked_to_sign_in(visitor: Browser) -> None:
    assert visitor.get("/my").location == "/my/sign-in"
    assert "获取验证码" in visitor.get("/my/sign-in").text


def test_the_applicants_phone_shows_the_case_and_its_progress_without_its_code(
    client: Callable[[TenantRef], Browser], beijing: TenantRef, area: str, read_code: ReadCode
) -> None:
    case = apply(client(beijing), area)
    browser = client(beijing)

    page = ask_for_code(browser, OWN)
    assert "139****5678" in page or "****5678" in page
    assert give_code(browser, page, OWN, read_code(OWN)) == 303

    assert case in browser.get("/my").text
    progress = browser.get(f"/progress/{case}").text
    assert case in progress
    assert "用查询码重新查询" in progress
    assert browser.get(f"/progress/{case}/acts/withdraw").status_code == 404


def test_another_phone_shows_nothing(
    visitor: Browser, client: Callable[[TenantRef], Browser], beijing: TenantRef, area: str, number: str,
    read_code: ReadCode,
) -> None:  # fmt: skip
    case = apply(client(beijing), area)

    page = ask_for_code(visitor, number)
    assert give_code(visitor, page, number, read_code(number)) == 303

    assert case not in visitor.get("/my").text
    assert visitor.get(f"/progress/{case}").location == "/progress"


def test_signing_in_gives_a_cookie_never_used_before(visitor: Browser, number: str, read_code: ReadCode) -> None:
    page = ask_for_code(visitor, number)
    before = cookie(visitor)

    give_code(visitor, page, number, read_code(number))

    assert cookie(visitor) not in {before, ""}


def test_a_code_of_one_browser_fails_in_another(
    visitor: Browser, client: Callable[[TenantRef], Browser], beijing: TenantRef, number: str, read_code: ReadCode
) -> None:
    ask_for_code(visitor, number)
    code = read_code(number)
    other = client(beijing)
    page = other.get("/my/sign-in").text

    assert give_code(other, page, number, code) == 422
    assert other.get("/my").location == "/my/sign-in"


def test_a_wrong_code_is_asked_for_again_at_its_field(visitor: Browser, number: str, read_code: ReadCode) -> None:
    page = ask_for_code(visitor, number)
    right = read_code(number) or ""
    wrong = f"{(int(right) + 1) % 10**6:06}"

    answer = visitor.post("/my/code", data={"_csrf": hidden_fields(page)["_csrf"], "phone": number, "code": wrong})

    assert answer.status_code == 422
    assert re.search(r'id="code-error"[^>]*>.*验证码不正确', answer.text)


@pytest.mark.parametrize("wrong", ["", "010-69240000", "1390000", "29000005678", "张三"])
def test_only_a_mobile_number_gets_a_code(visitor: Browser, wrong: str) -> None:
    answer = submit(visitor, "/my/sign-in", {"phone": wrong})

    assert answer.status_code == 422
    assert "11位手机号码" in answer.text


def test_asking_twice_in_a_minute_is_answered_at_the_field(visitor: Browser, number: str) -> None:
    ask_for_code(visitor, number)

    answer = submit(visitor, "/my/sign-in", {"phone": number})

    assert answer.status_code == 429
    assert "60 秒" in answer.text
    assert number in answer.text


def test_leaving_ends_it(visitor: Browser, number: str, read_code: ReadCode) -> None:
    page = ask_for_code(visitor, number)
    give_code(visitor, page, number, read_code(number))

    submit(visitor, "/my", {}, "/forget")

    assert visitor.get("/my").location == "/my/sign-in"
