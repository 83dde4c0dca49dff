"""An inspection through its pages: from the plan to what everybody may read, and who is kept from what."""

import hashlib
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID

import pytest

from saas import clock
from saas.db.counting import Counted
from saas.db.session import TenantRef
from saas.inspections import queries
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.web.staff.sending import send

NEW = "/staff/inspections/new/mediation.file_review"
UNIT = re.compile(r'<option value="([0-9a-f-]{36})"')
SCORE = re.compile(r'name="(score-\w+)"')


@pytest.fixture
def bureau(as_user: Callable[..., Browser]) -> Browser:
    """张伟, who plans and publishes the reviews of 大兴区."""
    return as_user("zhangwei")


@pytest.fixture
def head(as_user: Callable[..., Browser]) -> Browser:
    """李晓峰, head of an office, who reviews files."""
    return as_user("lixf")


@pytest.fixture
def number(beijing: TenantRef, in_tenant: InTenant) -> str:
    """The number of a closed case."""
    with in_tenant(beijing):
        case = factory.open_application()
        case.closed_at = clock.now()
        return case.number


def plan(bureau: Browser, **changed: str) -> str:
    """Plan a review of all files of this year; the address of its page."""
    today = clock.today()
    unit = UNIT.findall(bureau.get(NEW).text)[0]
    asked = {"title": "年度案卷评查", "unit_id": unit, "content": "程序和文书", "share": "100", "due_on": str(today)}
    period = {"starts_on": f"{today.year}-01-01", "ends_on": f"{today.year}-12-31", "inspectors": "lixf，hetao"}
    answer = send(bureau, NEW, asked | period | changed)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def drawn(bureau: Browser) -> str:
    """A plan whose objects are drawn."""
    page = plan(bureau)
    for act in ("freeze", "draw"):
        answer = send(bureau, page, {}, f"{page}/{act}")
        assert answer.status_code == 303, answer.text
    return page


def results(browser: Browser, page: str, kind: str = "results") -> list[str]:
    """The addresses of forms that a plan's page offers."""
    return re.findall(rf'href="({page}/{kind}/[^"]+)"', browser.get(f"{page}?per_page=100").text)


def record(head: Browser, page: str, points: str = "10") -> None:
    """Write the same result down for everything."""
    day, later = str(clock.today()), str(clock.today() + timedelta(days=9))
    for address in results(head, page):
        scores = dict.fromkeys(SCORE.findall(head.get(address).text), points)
        answer = send(head, address, scores | {"inspected_on": day, "findings": "缺少回访记录", "rectify_by": later})
        assert answer.status_code == 303, answer.text


def test_an_inspection_goes_through_its_pages_to_everybody(
    bureau: Browser, head: Browser, client: Callable[[TenantRef], Browser], beijing: TenantRef, number: str
) -> None:
    page = drawn(bureau)
    assert "等我检查的" in head.get("/staff/inspections").text
    assert "年度案卷评查" in head.get("/staff").text
    record(head, page, "7")
    citizen, public = client(beijing), page.removeprefix("/staff")
    assert citizen.get(public).status_code == 404
    assert send(bureau, page, {}, f"{page}/publish").status_code == 303
    shown, told = citizen.get(public), citizen.get(f"{public}/draw.json").get_json()

    assert "检查结果公示" in citizen.get("/").text
    assert page.removeprefix("/staff") in citizen.get("/inspections").text
    assert all(words in shown.text for words in (number, "不合格", "正在整改", told["seed"], told["digest"]))
    assert "缺少回访记录" not in shown.text
    change = results(bureau, page, "amendments")[0]
    scores = dict.fromkeys(SCORE.findall(bureau.get(change).text), "8") | {"reason": "异议部分成立"}
    assert send(bureau, change, scores | {"findings": "", "rectify_by": ""}).status_code == 422
    later = str(clock.today() + timedelta(days=20))
    assert send(bureau, change, scores | {"findings": "缺少日期", "rectify_by": later}).status_code == 303
    assert "经复核更正" in citizen.get(public).text
    assert "异议部分成立" in bureau.get(page).text
    for address in results(bureau, page, "rectifications"):
        send(bureau, address, {"rectified_on": str(clock.today()), "rectified": "已补充"})
    assert send(bureau, page, {}, f"{page}/close").status_code == 303
    assert "这次检查已经结束" in bureau.get(page).text
    assert "已整改" in citizen.get(public).text


def test_the_sheet_says_how_and_the_digest_comes_out(bureau: Browser, number: str) -> None:
    page = plan(bureau)
    send(bureau, page, {}, f"{page}/freeze")
    told = bureau.get(f"{page}/draw.json").get_json()
    ids, people = [one["id"] for one in told["objects"]], [one["id"] for one in told["inspectors"]]
    text = ["draw/1", "share_percent 100", "per_object 2", "objects", *sorted(ids), "inspectors", *sorted(people)]

    assert number in [one["title"] for one in told["objects"]]
    assert hashlib.sha256("\n".join(text).encode()).hexdigest() == told["digest"]
    assert (told["seed"], told["drawn"]) == (None, [])


def test_an_inspector_drawn_against_recusal_is_refused_with_the_law(
    bureau: Browser, head: Browser, number: str
) -> None:
    page = plan(bureau)
    send(bureau, page, {}, f"{page}/freeze")
    address = results(bureau, page, "recusals")[0]
    person = UNIT.findall(bureau.get(address).text)[0]
    assert send(bureau, address, {"inspector": person, "reason": ""}).status_code == 422
    assert send(bureau, address, {"inspector": person, "reason": "亲属"}).status_code == 303
    refused = send(bureau, page, {}, f"{page}/draw")

    assert refused.status_code == 422
    assert "检查人员不足 2 人" in refused.text
    assert "人民调解案件评查工作要求" in refused.text
    assert "亲属" in head.get(page).text


def test_a_form_comes_back_with_what_was_typed_and_what_is_wrong(bureau: Browser, head: Browser, number: str) -> None:
    answer = send(bureau, NEW, {"title": "评查", "share": "101", "inspectors": "nobody"})
    assert answer.status_code == 422
    assert 'value="评查"' in answer.text
    assert "请填写抽取比例" in answer.text
    assert "这些账号不存在" in answer.text

    page = drawn(bureau)
    address = results(head, page)[0]
    wrong = send(head, address, {"score-correct_law": "21", "inspected_on": "x", "findings": "说明"})
    assert wrong.status_code == 422
    assert "请为“法律适用准确”打分，0 至 20 分" in wrong.text
    assert "说明" in wrong.text
    early = send(bureau, page, {}, f"{page}/publish")
    assert (early.status_code, "没有登记检查结果" in early.text) == (422, True)


def test_a_text_that_is_too_long_comes_back_whole(bureau: Browser, head: Browser, number: str) -> None:
    address, findings = results(head, drawn(bureau))[0], "缺" * 2001
    answer = send(head, address, {"findings": findings})
    title = send(bureau, NEW, {"title": "评" * 81})

    assert (answer.status_code, title.status_code) == (422, 422)
    assert "最多 2000 个字，现在是 2001 个字" in answer.text
    assert findings in answer.text
    assert "评" * 81 in title.text


def test_who_has_no_part_in_it_finds_nothing(bureau: Browser, as_user: Callable[..., Browser], number: str) -> None:
    page = drawn(bureau)
    mediator, admin = as_user("sunli"), as_user("wanghy")

    assert [one.get(page).status_code for one in (mediator, admin)] == [404, 404]
    assert [one.get(NEW).status_code for one in (mediator, admin)] == [404, 404]
    assert "检查评查" not in mediator.get("/staff").text
    assert "检查评查" in bureau.get("/staff").text
    assert mediator.get("/staff/inspections").status_code == 200


def test_who_was_not_drawn_cannot_write_down_a_result(bureau: Browser, head: Browser, number: str) -> None:
    page = drawn(bureau)
    address = results(head, page)[0]

    assert bureau.get(address).status_code == 422
    assert results(bureau, page) == []


def test_a_page_of_many_objects_takes_no_more_statements_than_one_of_few(
    bureau: Browser,
    beijing: TenantRef,
    in_tenant: InTenant,
    number: str,
    count_queries: Callable[[], AbstractContextManager[Counted]],
) -> None:
    page = drawn(bureau)
    with count_queries() as few:
        bureau.get(page)
    with in_tenant(beijing):
        for _ in range(3):
            factory.open_application().closed_at = clock.now()
    longer = drawn(bureau)
    with count_queries() as many:
        bureau.get(longer)
    with in_tenant(beijing):
        made = queries.get_plan(UUID(longer.rpartition("/")[2]), factory.actor("zhangwei"))
        assert len(queries.list_drawn(made)) > 3

    assert many.count == few.count
