import io
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from openpyxl import load_workbook

from blueprints.auditor import codes, words
from blueprints.auditor.actions import AuditorAudit
from saas.audit.actions import AccessAction, IdentityAction
from saas.cases.actions import CaseAudit, ListAudit
from saas.db.counting import Counted
from saas.db.session import TenantRef
from saas.dossier.actions import DossierAudit
from saas.jobs.actions import JobAudit
from saas.oversight.actions import OversightAudit
from tests.browsers import Browser
from tests.conftest import InTenant

Count = Callable[[], AbstractContextManager[Counted]]
KINDS = (AccessAction, AuditorAudit, CaseAudit, DossierAudit, IdentityAction, JobAudit, ListAudit, OversightAudit)
CODES = sorted(code for kind in KINDS for code in kind)


def body_rows(page: str) -> int:
    return page.split("<tbody")[1].split("</tbody>", maxsplit=1)[0].count("<tr ")


@pytest.mark.parametrize("code", CODES)
def test_every_action_has_a_name_people_can_read(code: str) -> None:
    assert not words.title(code).isascii()


@pytest.mark.parametrize(
    ("detail", "sentence"),
    [
        ({"number": "京1", "way": "apply"}, "编号：京1；收件方式：apply"),
        ({"filter": {"text": "赵", "state": ""}, "total": 3}, "条件：（关键词：赵）；结果数：3"),
        ({"columns": ["number", "state"]}, "列：number、state"),
        ({"found": False}, "找到：否"),
        ({"reason": "wrong"}, "原因：账号或者密码不正确"),
        ({"to": "b", "action": "x", "from": "a", "title": "受理"}, "名称：受理；原为：a；改为：b"),
        ({"old": None, "new": 5}, "改为：5"),
        ({}, ""),
    ],
)
def test_a_detail_is_told_in_words(detail: dict[str, object], sentence: str) -> None:
    assert words.detail(detail) == sentence


def test_who_did_what_to_which_case_is_listed(auditor: Browser, number: str) -> None:
    page = auditor.get("/audit/events", query_string={"case": number, "action": CaseAudit.OPENED}).text

    assert "赵小燕" in page
    assert "收件立案" in page.split('id="results"')[1]
    assert f'href="/audit/cases/{number}"' in page
    assert "共 1 条" in page


def test_a_code_that_processes_share_is_told_as_the_process_of_the_case_calls_it(
    auditor: Browser, number: str, beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        own = codes.by_process()

    assert {key: own[f"mediation.{key}"]["to", "accepted"] for key in ("dispute", "docking")} == {
        "dispute": "已受理",
        "docking": "调解中",
    }
    page = auditor.get("/audit/events", query_string={"case": number}).text
    assert "原为：待受理；改为：已受理" in page


def test_codes_are_told_by_the_names_people_know(auditor: Browser, number: str) -> None:
    page = auditor.get("/audit/events", query_string={"case": number}).text

    assert "收件方式：" in page
    assert "收件方式：apply" not in page
    assert "改为：mediating" not in page
    assert "文书：mediation." not in page


@pytest.mark.parametrize(
    "asked", [{"person": "没有这个人"}, {"from": "2999-01-01"}, {"to": "2020-01-01"}, {"case": "无"}]
)
def test_what_does_not_match_is_not_listed(auditor: Browser, number: str, asked: dict[str, str]) -> None:
    assert "没有符合条件的记录" in auditor.get("/audit/events", query_string=asked).text


def test_the_record_of_another_unit_is_not_shown(neighbour: Browser, number: str) -> None:
    assert number not in neighbour.get("/audit/events").text
    assert "没有符合条件的记录" in neighbour.get("/audit/events", query_string={"case": number}).text


def test_the_spreadsheet_holds_what_the_list_shows(auditor: Browser, number: str) -> None:
    asked = {"case": number}
    listed = body_rows(auditor.get("/audit/events", query_string=asked).text)

    answer = auditor.get("/audit/events.xlsx", query_string=asked)

    sheet = load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0][:3] == ("记录时间", "人员", "单位")
    assert len(lines) - 1 == listed
    assert {line[4] for line in lines[1:]} == {number}


def test_an_export_is_itself_recorded(auditor: Browser, number: str) -> None:
    auditor.get("/audit/events.xlsx", query_string={"case": number})

    page = auditor.get("/audit/events", query_string={"action": AuditorAudit.EVENTS_EXPORTED, "q": number}).text

    assert body_rows(page) == 1


def test_a_result_too_long_for_a_spreadsheet_is_refused_with_what_to_do(
    auditor: Browser, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blueprints.auditor.views.record.MOST_ROWS", 1)

    answer = auditor.get("/audit/events.xlsx", query_string={"case": number})

    assert answer.status_code == 422
    assert "请缩小日期范围" in answer.text


def test_a_longer_list_asks_the_database_no_more_often(auditor: Browser, number: str, count_queries: Count) -> None:
    auditor.get("/audit/events")
    with count_queries() as few:
        auditor.get("/audit/events", query_string={"case": number, "action": CaseAudit.OPENED})

    with count_queries() as many:
        auditor.get("/audit/events?per_page=100")

    assert many.count <= few.count
