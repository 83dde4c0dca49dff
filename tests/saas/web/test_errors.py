import logging
import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from saas.audit.models import AuditEvent
from saas.db.session import TenantRef, db
from tests.browsers import Browser, hidden_fields
from tests.conftest import InTenant


def recorded(mark: str) -> int:
    return db.session.scalar(select(func.count()).where(AuditEvent.action == f"probe.{mark}")) or 0


def test_a_failure_shows_its_number_and_nothing_of_its_cause(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = browser.get("/probe/boom?person=110115199001011234")

    number = re.search(r"编号：([\w-]+)", answer.text)
    assert answer.status_code == 500
    assert number is not None
    assert "RuntimeError" not in answer.text
    assert f"tenant=beijing request={number[1]}" in caplog.text
    assert "110115199001011234" not in answer.text + caplog.text


@pytest.mark.parametrize("address", ["/nowhere", "/probe/elsewhere", "/probe/elsewhere?x=1"])
def test_a_404_is_the_same_whatever_the_reason(browser: Browser, address: str) -> None:
    unknown = browser.get("/never-was")

    answer = browser.get(address)

    assert (answer.status_code, answer.text) == (404, unknown.text)


def test_a_refusal_shows_all_reasons(browser: Browser) -> None:
    answer = browser.get("/probe/wrong")

    assert answer.status_code == 422
    assert "请填写姓名。" in answer.text
    assert "请填写电话。" in answer.text


def test_programs_get_json(browser: Browser) -> None:
    answer = browser.get("/probe/wrong", headers={"Accept": "application/json"})

    assert answer.status_code == 422
    assert answer.get_json()["fields"] == {"name": "请填写姓名。", "phone": "请填写电话。"}


def test_what_the_method_does_not_allow_keeps_its_status(browser: Browser) -> None:
    assert browser.get("/probe/record/x").status_code == 405


@pytest.mark.parametrize(("act", "status", "kept"), [("record", 303, 1), ("refuse", 409, 0), ("late", 500, 0)])
def test_what_is_done_is_kept_only_when_the_answer_is_good(
    browser: Browser, in_tenant: InTenant, beijing: TenantRef, act: str, status: int, kept: int
) -> None:
    mark = uuid4().hex
    token = hidden_fields(browser.get("/sign-in").text)["_csrf"]

    answer = browser.post(f"/probe/{act}/{mark}", data={"_csrf": token, "_key": str(uuid4())})

    assert answer.status_code == status
    with in_tenant(beijing):
        assert recorded(mark) == kept


def test_a_page_somebody_may_not_see_is_refused_in_words(signed_in: Callable[[str], Browser]) -> None:
    answer = signed_in("zhangwei").get("/probe/secret")

    assert answer.status_code == 403
    assert "权限" in answer.text
