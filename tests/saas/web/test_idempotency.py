import threading
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from saas.audit.models import AuditEvent
from saas.db.session import TenantRef, db
from saas.web.requests import COOKIE
from tests.browsers import Browser, hidden_fields
from tests.conftest import InTenant


@pytest.fixture
def mark() -> str:
    return uuid4().hex


@pytest.fixture
def form(browser: Browser) -> dict[str, str]:
    drawn = hidden_fields(browser.get("/sign-in").text)
    return {"_csrf": drawn["_csrf"], "_key": str(uuid4())}


def times(in_tenant: InTenant, beijing: TenantRef, mark: str) -> int:
    with in_tenant(beijing):
        return db.session.scalar(select(func.count()).where(AuditEvent.action == f"probe.{mark}")) or 0


def test_a_form_sent_twice_works_once_and_answers_twice(
    browser: Browser, form: dict[str, str], mark: str, in_tenant: InTenant, beijing: TenantRef
) -> None:
    answers = [browser.post(f"/probe/record/{mark}", data=form) for _ in range(2)]

    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/probe/done")] * 2
    assert times(in_tenant, beijing, mark) == 1


def test_forms_sent_at_the_same_moment_work_once(
    shell: Flask, browser: Browser, form: dict[str, str], mark: str, in_tenant: InTenant, beijing: TenantRef
) -> None:
    cookie = browser.get_cookie(COOKIE, domain="beijing.localhost")
    assert cookie is not None
    answers: list[int] = []

    def send() -> None:
        twin = Browser(shell, beijing)
        twin.set_cookie(COOKIE, cookie.value, domain="beijing.localhost")
        answers.append(twin.post(f"/probe/record/{mark}", data=form).status_code)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [303] * 4
    assert times(in_tenant, beijing, mark) == 1


def test_another_browser_is_not_answered_from_this_ones_key(
    shell: Flask, browser: Browser, form: dict[str, str], mark: str, in_tenant: InTenant, beijing: TenantRef
) -> None:
    other = Browser(shell, beijing)
    token = hidden_fields(other.get("/sign-in").text)["_csrf"]
    browser.post(f"/probe/record/{mark}", data=form)

    other.post(f"/probe/record/{mark}", data=form | {"_csrf": token})

    assert times(in_tenant, beijing, mark) == 2


def test_a_refused_form_may_be_sent_again_with_its_key(
    browser: Browser, form: dict[str, str], mark: str, in_tenant: InTenant, beijing: TenantRef
) -> None:
    answers = [browser.post(f"/probe/refuse/{mark}", data=form).status_code for _ in range(2)]

    assert answers == [409, 409]
    assert times(in_tenant, beijing, mark) == 0


def test_a_form_without_a_key_works_each_time(
    browser: Browser, form: dict[str, str], mark: str, in_tenant: InTenant, beijing: TenantRef
) -> None:
    for _ in range(2):
        browser.post(f"/probe/record/{mark}", data={"_csrf": form["_csrf"]})

    assert times(in_tenant, beijing, mark) == 2


def test_a_key_that_is_none_is_refused(browser: Browser, form: dict[str, str], mark: str) -> None:
    assert browser.post(f"/probe/record/{mark}", data=form | {"_key": "1"}).status_code == 400
