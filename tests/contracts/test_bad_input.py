"""What is wrong is refused with its own sentence, what was typed stays, and the database is as it was."""

import io
import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from werkzeug.test import TestResponse

from saas.cases.models import Case
from saas.config import Config
from saas.db.base import Model
from saas.db.session import TenantRef, db
from saas.text import check_digit
from tests.browsers import Browser, hidden_fields
from tests.conftest import InTenant
from tests.mediation import factory
from tests.portal.applying import PNG
from tests.portal.applying import send as send_page
from tests.saas.web.staff.sending import as_sent, send

OPEN = "/staff/open/mediation.dispute/apply"
TYPED = "楼上漏水，泡坏了家里的墙面和地板，多次沟通没有结果。"
BORN_LATER = "99010120990101001"
WATCHED = ("case_file", "party", "step_taken", "task", "case_clock", "document", "file", "number_counter")

Rows = Callable[[], dict[str, int]]


@pytest.fixture
def director(as_user: Callable[..., Browser]) -> Browser:
    return as_user("zhaoxh")


@pytest.fixture
def pending(beijing: TenantRef, in_tenant: InTenant) -> str:
    with in_tenant(beijing):
        return factory.open_application().number


@pytest.fixture
def rows(beijing: TenantRef, in_tenant: InTenant) -> Rows:
    """How many rows the tables of cases have, and how far their numbers have gone."""

    def count() -> dict[str, int]:
        with in_tenant(beijing):
            tables = {name: Model.metadata.tables[name] for name in WATCHED}
            counted = {name: db.session.scalar(select(func.count()).select_from(each)) for name, each in tables.items()}
            counted["last number"] = db.session.scalar(text("SELECT sum(last) FROM number_counter"))
            return {name: int(value or 0) for name, value in counted.items()}

    return count


def id_number(body: str) -> str:
    return body + check_digit(body)


def wrong_digit() -> str:
    right = id_number(factory.APPLICANT_ID[:17])
    return right[:17] + ("0" if right[17] != "0" else "1")


def file(name: str, data: bytes) -> dict[str, Any]:
    """An upload as the form of a case's materials sends it."""
    return {"category": "identity", "files": (io.BytesIO(data), name)}


def upload(browser: Browser, number: str, name: str, data: bytes) -> TestResponse:
    page = f"/staff/cases/{number}?tab=materials"
    return send(browser, page, file(name, data), f"/staff/cases/{number}/files")


BAD_FIELDS = {
    "a wrong check digit": ({"applicant_id_number": wrong_digit()}, "校验"),
    "a birth in the future": ({"applicant_id_number": id_number(BORN_LATER)}, "出生日期"),
    "a phone that is too short": ({"applicant_phone": "1390000"}, "手机"),
    "too little said": ({"facts": "漏水"}, "10"),
    "an unknown kind": ({"kind": "77"}, "纠纷类型"),
    "a sum that is none": ({"amount": "很多"}, "金额"),
    "a field of nobody's": ({"is_admin": "true"}, "不在表单里"),
}


@pytest.mark.parametrize("what", sorted(BAD_FIELDS))
def test_a_wrong_field_is_named_and_what_was_typed_stays(director: Browser, rows: Rows, what: str) -> None:
    wrong, words = BAD_FIELDS[what]
    before = rows()

    answer = send(director, OPEN, as_sent(factory.application(amount="5000")) | wrong)

    assert answer.status_code == 422
    assert words in answer.text
    assert "赵小燕" in answer.text
    assert next(iter(wrong.values())) in answer.text or "is_admin" in wrong or "kind" in wrong
    assert rows() == before


@pytest.mark.parametrize("number", [wrong_digit(), id_number(BORN_LATER)])
def test_a_citizen_meets_the_same_check(
    client: Callable[[TenantRef], Browser], beijing: TenantRef, number: str
) -> None:
    visitor = client(beijing)
    send_page(visitor, "who", {"on_behalf": "self"})
    fields = {"applicant_kind": "natural", "applicant_name": "张小满", "applicant_id_number": number}

    answer = send_page(visitor, "applicant", fields)

    page = visitor.get(answer.location)
    assert "/applicant" in answer.location
    assert "error-summary" in page.text
    assert number in page.text


BAD_FILES = {
    "a program named as a picture": ("身份证.png", b"MZ\x90\x00" + b"\x00" * 500, "内容不是"),
    "a picture named as a PDF": ("合同.pdf", PNG, "内容不是"),
    "an unknown ending": ("合同.rar", b"PK\x03\x04" + b"\x00" * 100, "只能上传"),
    "an empty file": ("合同.pdf", b"", "空"),
    "half a PDF": ("合同.pdf", b"%PDF-1.7\n1 0 obj\n<<", "PDF"),
}


@pytest.mark.parametrize("what", sorted(BAD_FILES))
def test_a_file_that_is_not_what_it_says_is_refused_by_name(
    director: Browser, pending: str, rows: Rows, what: str
) -> None:
    name, data, words = BAD_FILES[what]
    before = rows()

    answer = upload(director, pending, name, data)

    assert answer.status_code == 422
    assert words in answer.text
    assert name in answer.text
    assert rows() == before


def test_a_body_over_the_size_is_refused(director: Browser, pending: str, config: Config, rows: Rows) -> None:
    before = rows()
    # Written by hand: the test client would put so large a form into a file of its own and leave it open.
    page = hidden_fields(director.get(f"/staff/cases/{pending}?tab=materials").text)
    sent = {"_csrf": page["_csrf"], "_key": page["_key"], "category": "identity"}
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in sent.items()]
    head = '--x\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n%PDF-1.7'
    body = "".join((*parts, head, "0" * config.max_upload_bytes, "\r\n--x--\r\n")).encode()

    address = f"/staff/cases/{pending}/files"
    answer = director.post(address, data=body, content_type="multipart/form-data; boundary=x")

    assert answer.status_code in {413, 422}
    assert "太大" in answer.text or "文件超过" in answer.text
    assert rows() == before


def test_a_step_that_does_not_start_here_is_refused(director: Browser, pending: str, rows: Rows) -> None:
    before = rows()

    answer = send(director, f"/staff/cases/{pending}/act/archive", {"checked": "true", "remark": "提前归档"})

    assert answer.status_code == 422
    assert "error-summary" in answer.text
    assert "提前归档" in answer.text
    assert rows() == before


def test_a_second_click_does_the_work_once(
    director: Browser, pending: str, beijing: TenantRef, in_tenant: InTenant
) -> None:
    address = f"/staff/cases/{pending}/act/accept"
    drawn = hidden_fields(director.get(address).text)
    form = {name: value for name, value in drawn.items() if name.startswith("_")} | as_sent(factory.ACCEPTED)

    first, second = (director.post(address, data=form) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert second.location == first.location
    with in_tenant(beijing):
        case = db.session.scalars(select(Case).where(Case.number == pending)).one()
        assert [step.action for step in case.steps] == ["apply", "accept"]


def test_of_two_clerks_the_second_learns_of_the_first_and_keeps_what_was_typed(
    director: Browser, as_user: Callable[..., Browser], pending: str, rows: Rows
) -> None:
    address = f"/staff/cases/{pending}/act/accept"
    other = as_user("zhaoxh")
    drawn = hidden_fields(other.get(address).text)
    shell = {name: value for name, value in drawn.items() if name.startswith("_")}
    send(director, address, as_sent(factory.ACCEPTED))
    between = rows()

    answer = other.post(address, data=shell | as_sent(factory.ACCEPTED) | {"remark": "双方已到场"})

    assert answer.status_code == 409
    assert "赵兴华" in answer.text
    assert "双方已到场" in answer.text
    assert rows() == between


def test_two_clerks_at_the_same_moment_make_one_step(
    app: Flask, beijing: TenantRef, config: Config, pending: str, in_tenant: InTenant
) -> None:
    address = f"/staff/cases/{pending}/act/accept"
    forms = []
    for _ in range(2):
        browser = Browser(app, beijing)
        browser.sign_in("zhaoxh", config.demo_password)
        drawn = hidden_fields(browser.get(address).text)
        shell = {name: value for name, value in drawn.items() if name.startswith("_")}
        forms.append((browser, shell | as_sent(factory.ACCEPTED)))
    answers: list[int] = []
    start = threading.Barrier(2)

    def accept(browser: Browser, form: dict[str, Any]) -> None:
        start.wait()
        answers.append(browser.post(address, data=form).status_code)

    threads = [threading.Thread(target=accept, args=each) for each in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [303, 409]
    with in_tenant(beijing):
        case = db.session.scalars(select(Case).where(Case.number == pending)).one()
        assert [step.action for step in case.steps] == ["apply", "accept"]


def test_a_number_that_does_not_exist_and_one_of_another_city_are_the_same(
    director: Browser, zunyi: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(zunyi):
        number = factory.open_application("汇川区人民调解委员会").number

    answers = [director.get(f"/staff/cases/{each}") for each in (number, "2026999999", "' OR 1=1 --", "0" * 300)]

    assert {answer.status_code for answer in answers} == {404}
    assert not any(number in answer.text for answer in answers)


@pytest.mark.parametrize("number", ["2026999999", "", "' OR 1=1 --", "\N{PILE OF POO}" * 50])
def test_a_citizen_who_asks_for_nothing_gets_a_sentence(
    client: Callable[[TenantRef], Browser], beijing: TenantRef, number: str
) -> None:
    visitor = client(beijing)
    drawn = hidden_fields(visitor.get("/progress").text)
    form = {"_csrf": drawn["_csrf"], "_key": str(uuid4()), "number": number, "secret": "ABC234"}

    answer = visitor.post("/progress", data=form)

    assert answer.status_code == 422
    assert "error-summary" in answer.text
