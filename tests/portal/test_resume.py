"""Putting an application aside and taking it up on another device."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from saas.cases.models import Draft
from saas.db.session import TenantRef, db
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.portal.applying import APPLY, forget_tries, send, submit

NewBrowser = Callable[[TenantRef], Browser]


def code_in(page: str) -> str:
    found = re.search(r'id="reference-number">([2-9A-Z]{8})<', page)
    assert found is not None
    return found[1]


@pytest.fixture(autouse=True)
def uncounted(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        forget_tries()


@pytest.fixture
def code(visitor: Browser) -> str:
    send(visitor, "who", {"on_behalf": "self"})
    send(visitor, "contact", {"applicant_phone": "13900005678", "applicant_address": "兴华路1号"})
    return code_in(submit(visitor, f"{APPLY}/save", {}).get_data(as_text=True))


def test_the_code_and_the_phone_open_the_draft_on_another_device(
    code: str, client: NewBrowser, beijing: TenantRef
) -> None:
    other = client(beijing)
    answer = submit(other, "/resume", {"code": f" {code[:4]} {code[4:].lower()}", "tail": "5678"})
    assert answer.status_code == 303
    assert "兴华路1号" in other.get(f"{APPLY}/contact").get_data(as_text=True)


def test_only_a_digest_of_the_code_is_kept(code: str, in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        kept = db.session.scalars(select(Draft.resume_hash).where(Draft.resume_hash.is_not(None))).all()
    assert kept
    assert code not in kept


@pytest.mark.parametrize(("given", "tail"), [("ZZZZZZZZ", "5678"), (None, "0000")])
def test_a_wrong_pair_opens_nothing(
    code: str, given: str | None, tail: str, client: NewBrowser, beijing: TenantRef
) -> None:
    answer = submit(client(beijing), "/resume", {"code": given or code, "tail": tail})
    assert answer.status_code == 422
    assert "没有找到这份申请" in answer.get_data(as_text=True)


def test_the_phone_is_asked_for_where_the_draft_has_none(visitor: Browser) -> None:
    send(visitor, "who", {"on_behalf": "self"})
    assert "后四位" in visitor.get(f"{APPLY}/save").get_data(as_text=True)
    assert submit(visitor, f"{APPLY}/save", {"tail": "12"}).status_code == 422
    assert code_in(submit(visitor, f"{APPLY}/save", {"tail": "4321"}).get_data(as_text=True))


def test_saving_keeps_what_is_not_right_yet(visitor: Browser) -> None:
    answer = submit(visitor, f"{APPLY}/contact", {"_do": "save", "applicant_phone": "12"})
    assert answer.location.endswith("/save")
    page = visitor.get(f"{APPLY}/contact").get_data(as_text=True)
    assert 'value="12"' in page
    assert "<title>错误：" not in page


def test_forgetting_takes_the_draft_from_this_browser(visitor: Browser, code: str) -> None:
    assert code
    submit(visitor, "/resume", {}, action="/forget")
    assert "兴华路1号" not in visitor.get(f"{APPLY}/contact").get_data(as_text=True)
