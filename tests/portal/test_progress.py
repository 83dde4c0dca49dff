"""The number, the code, and what they open."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from blueprints.portal.progress import phases
from saas.audit.models import AuditEvent
from saas.cases.models import Case
from saas.db.session import TenantRef, db
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation import factory
from tests.portal.applying import forget_tries, picture, submit

NewBrowser = Callable[[TenantRef], Browser]


@pytest.fixture(autouse=True)
def uncounted(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        forget_tries()


@pytest.fixture
def code(number: str, in_tenant: InTenant, beijing: TenantRef) -> str:
    with in_tenant(beijing):
        return str(db.session.scalars(select(Case.query_code).where(Case.number == number)).one())


@pytest.fixture
def other(client: NewBrowser, beijing: TenantRef) -> Browser:
    return client(beijing)


def ask(browser: Browser, number: str, secret: str) -> str:
    answer = submit(browser, "/progress", {"number": number, "secret": secret})
    return answer.get_data(as_text=True) if answer.status_code != 303 else f"→ {answer.location}"


def test_a_state_that_only_an_earlier_version_had_keeps_nobody_from_the_progress(
    in_tenant: InTenant, beijing: TenantRef
) -> None:
    with in_tenant(beijing):
        case = factory.open_application()
        case.steps[0].to_state = "gone"

        days = {phase["title"]: phase["date"] for phase in phases(case)}
        db.session.rollback()

    assert days["申请"]
    assert days["受理"] is None


def test_the_number_is_shown_with_code_day_and_what_comes_next(visitor: Browser, number: str, code: str) -> None:
    page = visitor.get(f"/apply/done/{number}").get_data(as_text=True)
    for words in (number, code, "预计办结日", "接下来", "data-print", "data-copy"):
        assert words in page
    picture_of_code = visitor.get(f"/apply/done/{number}/code.svg")
    assert picture_of_code.mimetype == "image/svg+xml"
    assert b"style" not in picture_of_code.data


def test_nobody_else_sees_that_page(other: Browser, number: str) -> None:
    assert other.get(f"/apply/done/{number}").status_code == 404
    assert other.get("/apply/done/20990001").status_code == 404


def test_the_code_opens_the_progress(other: Browser, number: str, code: str) -> None:
    assert ask(other, f" {number} ", code.lower()) == f"→ /progress/{number}"
    page = other.get(f"/progress/{number}").get_data(as_text=True)
    for words in ("已收到申请，正在审查", "下一步", "承办人", "办理期限", "为什么是这一天", "合同.png", "撤回申请"):
        assert words in page


def test_the_phone_opens_the_progress_but_no_acts(other: Browser, number: str) -> None:
    assert ask(other, number, "5678") == f"→ /progress/{number}"
    assert "用查询码重新查询" in other.get(f"/progress/{number}").get_data(as_text=True)
    assert other.get(f"/progress/{number}/acts/withdraw").status_code == 404


def test_whatever_is_wrong_the_answer_is_the_same(
    other: Browser, number: str, code: str, client: NewBrowser, zunyi: TenantRef
) -> None:
    wrong = [ask(other, number, "ZZZZZZ"), ask(other, "2099999999", code)]
    wrong.append(ask(client(zunyi), number, code))
    sentences = [re.findall(r'href="#number">([^<]+)<', page) for page in wrong]
    assert sentences[0] == sentences[1] == sentences[2] != []


def test_a_page_of_a_case_not_opened_here_asks_for_the_code(other: Browser, number: str) -> None:
    assert other.get(f"/progress/{number}").location == other.get("/progress/2099999999").location == "/progress"


def test_every_query_is_recorded(
    other: Browser, number: str, code: str, in_tenant: InTenant, beijing: TenantRef
) -> None:
    ask(other, number, "ZZZZZZ")
    ask(other, number, code)
    with in_tenant(beijing):
        asked = (
            select(AuditEvent.detail).where(AuditEvent.action == "case.queried").order_by(AuditEvent.recorded_at.desc())
        )
        details = list(db.session.scalars(asked.limit(2)))
    assert {"found": True, "by": "code"} in details
    assert {"found": False} in details


def test_too_many_queries_are_told_when_to_come_back(other: Browser, number: str, code: str) -> None:
    for _ in range(10):
        ask(other, "2099999999", "ZZZZZZ")
    answer = submit(other, "/progress", {"number": number, "secret": code})
    assert answer.status_code == 429
    assert re.search(r"请在 \d\d:\d\d 以后再试", answer.get_data(as_text=True))


def test_an_application_can_be_withdrawn_once(visitor: Browser, number: str) -> None:
    address = f"/progress/{number}/acts/withdraw"
    assert submit(visitor, address, {}).status_code == 422
    assert submit(visitor, address, {"reason": "双方已经和好。"}).location == f"/progress/{number}"
    page = visitor.get(f"/progress/{number}").get_data(as_text=True)
    assert "申请已撤回" in page
    assert "上传材料" not in page
    assert visitor.get(address).status_code == 404


def test_material_can_be_added_while_the_case_goes_on(visitor: Browser, number: str) -> None:
    page, address = f"/progress/{number}", f"/progress/{number}/material"
    assert submit(visitor, page, {"category": "evidence"}, action=address).status_code == 422
    sent = {"category": "evidence", "files": [picture("补充.png"), picture("坏.png", b"x")]}
    assert submit(visitor, page, sent, action=address).status_code == 303
    shown = visitor.get(page).get_data(as_text=True)
    assert "补充.png" in shown
    assert "“坏.png”没有上传" in shown


def test_nobody_adds_material_in_the_applicants_name_by_the_phone_alone(
    visitor: Browser, other: Browser, number: str
) -> None:
    page, address = f"/progress/{number}", f"/progress/{number}/material"
    submit(visitor, page, {"category": "evidence", "files": [picture("补充.png")]}, action=address)
    ask(other, number, "5678")

    shown = other.get(page).text
    answer = submit(other, page, {"category": "evidence", "files": [picture("假.png")]}, action=address)

    assert "补充.png" not in shown
    assert "上传材料" not in shown
    assert answer.status_code == 404


def test_files_beyond_what_is_taken_at_once_are_named(visitor: Browser, number: str) -> None:
    page, address = f"/progress/{number}", f"/progress/{number}/material"
    many = [picture(f"第{place}张.png") for place in range(1, 22)]

    submit(visitor, page, {"category": "evidence", "files": many}, action=address)

    assert "“第21张.png”没有上传：一次最多 20 个文件" in visitor.get(page).text


def test_the_application_can_be_read_by_who_has_the_code_only(
    visitor: Browser, other: Browser, number: str, drain_jobs: Callable[[], None]
) -> None:
    drain_jobs()
    links = re.findall(
        r'href="(/progress/[^"]+/documents/[^"]+)"', visitor.get(f"/progress/{number}").get_data(as_text=True)
    )
    assert len(links) == 1
    assert visitor.get(links[0]).data.startswith(b"%PDF-")
    ask(other, number, "5678")
    assert other.get(links[0]).status_code == 404
