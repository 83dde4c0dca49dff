"""What a city asks itself, where staff meet it: the case page, the exported list, the case as data, the print."""

import io
import json
from collections.abc import Callable

import pytest
from openpyxl import load_workbook

from saas.db.session import TenantRef
from saas.documents.pages import page_texts
from tests import shaping
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation import factory

UNIT = "竞秀区人民调解委员会"
Drain = Callable[[], None]


@pytest.fixture
def boss(as_user: Callable[..., Browser], shaped: TenantRef) -> Browser:
    """董明, the director of a committee of a city that asks questions of its own."""
    return as_user("dongming", shaped)


@pytest.fixture
def number(shaped: TenantRef, in_tenant: InTenant) -> str:
    """A dispute whose applicant answered them."""
    with in_tenant(shaped):
        return factory.open_application(UNIT, **shaping.ANSWERS).number


def sheet_of(browser: Browser, query: str) -> list[list[object]]:
    answer = browser.get(f"/staff/cases.xlsx?{query}")
    assert answer.status_code == 200
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(answer.data)).worksheets[0].iter_rows()]


def test_the_list_offers_a_column_for_each_question_kept(boss: Browser, number: str) -> None:
    page = boss.get("/staff/cases").text

    assert all(f"data.{name}" in page for name in ("x_floor", "x_shelter", "x_phone"))
    assert "x_illness" not in page


def test_the_export_has_the_answers_in_words_and_masked(boss: Browser, number: str) -> None:
    rows = sheet_of(boss, f"q={number}&columns=number&columns=data.x_floor&columns=data.x_phone")

    assert rows[:2] == [["编号", "备用电话", "楼层"], [number, "139****5678", "3层"]]


def test_the_export_of_a_sensitive_question_is_not_to_be_had(boss: Browser, number: str) -> None:
    assert "慢性病" not in str(sheet_of(boss, f"q={number}&columns=number&columns=data.x_illness"))


def test_the_case_page_shows_the_answers(boss: Browser, number: str) -> None:
    page = boss.get(f"/staff/cases/{number}").text

    assert "楼层" in page
    assert "3层" in page
    assert "139****5678" in page


def test_the_case_as_data_has_the_questions(boss: Browser, number: str) -> None:
    told = json.loads(boss.get(f"/staff/cases/{number}.json").text)

    floor = next(one for one in told["fields"] if one["id"] == "x_floor")
    assert floor == {"id": "x_floor", "label": "楼层", "type": "integer", "value": 3, "text": "3层"}
    assert "13900005678" not in str(told)


def test_a_stranger_to_the_case_gets_no_data(as_user: Callable[..., Browser], shaped: TenantRef, number: str) -> None:
    assert as_user("jiangnan", shaped).get(f"/staff/cases/{number}.json").status_code == 404


def test_the_printed_form_has_them_below(boss: Browser, number: str, drain_jobs: Drain) -> None:
    drain_jobs()
    page = boss.get(f"/staff/cases/{number}?tab=documents").text
    address = page.split("人民调解申请书")[0].rsplit('href="', 1)[1].split('"')[0]
    printed = "".join(page_texts(boss.get(address).data))

    assert "本市增加的事项" in printed
    assert "亲友家" in printed
    assert "慢性病" not in printed
