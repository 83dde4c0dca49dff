"""Statistics and the Excel file: exactly what was asked for."""

import io
import re
from collections.abc import Callable

import pytest
from openpyxl import load_workbook

from tests.browsers import Browser


def sheet(browser: Browser, query: str) -> list[tuple[object, ...]]:
    """The rows of the file, its heading first; the last line, which says who took it out, left off."""
    answer = browser.get(f"/staff/cases.xlsx?{query}")
    assert answer.status_code == 200
    found: list[tuple[object, ...]] = [
        *load_workbook(io.BytesIO(answer.data)).worksheets[0].iter_rows(values_only=True)
    ]
    return found[:-1]


def test_the_file_holds_exactly_the_filtered_rows_and_chosen_columns(
    director: Browser, agreed: str, pending: str
) -> None:
    rows = sheet(director, "state=agreed&columns=number&columns=state&columns=handler")

    assert rows[0] == ("编号", "环节", "承办人")
    assert (agreed, "协议生效", "孙丽") in rows
    assert {row[1] for row in rows[1:]} == {"协议生效"}
    assert pending not in {row[0] for row in rows}


def test_names_stay_masked_in_the_file(director: Browser, agreed: str) -> None:
    rows = sheet(director, f"q={agreed}&columns=number&columns=parties")

    assert rows[1:] == [(agreed, "赵**、钱**")]


def test_an_auditor_may_not_take_the_list_out(as_user: Callable[..., Browser]) -> None:
    assert as_user("liujg").get("/staff/cases.xlsx").status_code == 403


@pytest.mark.parametrize("period", ["2026", "2026-10", "2025-07..2026-10"])
def test_the_figures_of_a_period_are_shown(period: str, director: Browser, agreed: str) -> None:
    page = director.get(f"/staff/statistics?period={period}")

    assert page.status_code == 200
    assert "调解成功" in page.text


def test_the_figures_are_those_of_the_readers_lines_of_work(as_user: Callable[..., Browser]) -> None:
    mediator, officer, head, admin = (
        re.findall(r'<h2 id="group-([a-z_]+)">', as_user(name).get("/staff/statistics").text)
        for name in ("sunli", "majun", "lixf", "wanghy")
    )

    assert (mediator, officer) == (["mediation"], ["education"])
    assert set(head) == {"corrections", "education", "mediation"}
    assert set(admin) >= {*head, "appraisal", "legal_aid", "notary"}


def test_a_list_is_filtered_by_what_the_readers_lines_of_work_have(as_user: Callable[..., Browser]) -> None:
    mediator, officer = (as_user(name).get("/staff/cases").text for name in ("sunli", "majun"))

    # Several processes have a state of that name, and each its own title for it.
    assert '<option value="accepted">已受理、调解中</option>' in mediator or "调解中、已受理" in mediator
    assert ("邻里纠纷" in mediator, "待填报" in mediator) == (True, False)
    assert ("邻里纠纷" in officer, "待填报" in officer) == (False, True)
    assert '<option value="list_dates">重要时间节点普法清单</option>' in officer


def test_a_period_that_is_none_is_refused_in_words(director: Browser) -> None:
    page = director.get("/staff/statistics?period=昨天")

    assert page.status_code == 422
    assert "<title>错误：" in page.text
    assert 'value="昨天"' in page.text
