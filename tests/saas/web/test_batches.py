"""Pages of many dossiers: from the auditors' list to the archive; who may not take whole ones gets redacted ones."""

import io
import json
import re
import zipfile
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from saas.db.session import TenantRef
from saas.dossier.batches import queries
from saas.identity.actor import SYSTEM
from saas.settings import services as settings
from tests.browsers import Browser, hidden_fields
from tests.conftest import Drain, InTenant, SignIn
from tests.mediation.factory import open_application

AUDITOR, DIRECTOR, ELSEWHERE, MEDIATOR = "liujg", "zhaoxh", "hetao", "sunli"


@pytest.fixture
def number(in_tenant: InTenant, beijing: TenantRef) -> str:
    """The number of a case of 大兴区."""
    with in_tenant(beijing):
        return open_application().number


def asked(browser: Browser, number: str, **sent: str) -> str:
    """Ask for the dossiers of the cases of a number: where the batch is shown."""
    page = browser.get(f"/dossiers/batches/new?q={number}").text
    answer = browser.post("/dossiers/batches", data={**hidden_fields(page), **sent})
    assert answer.status_code == 303, answer.text
    return answer.location


def test_the_auditors_list_leads_to_the_dossiers_of_its_filter(as_user: SignIn, number: str) -> None:
    browser = as_user(AUDITOR)
    page = browser.get(f"/audit?q={number}").text

    link = re.search(r'id="batch" href="([^"]+)"', page)

    assert link is not None
    assert parse_qs(urlsplit(link[1]).query) == {"q": [number]}
    assert "导出筛选结果的卷宗（1 件）" in page
    assert "确定导出 1 件" in browser.get(link[1]).text


def test_a_batch_shows_its_progress_and_is_found_again(as_user: SignIn, number: str) -> None:
    browser = as_user(DIRECTOR)
    address = asked(browser, number, variant="full")

    page, part = browser.get(address).text, browser.get(address, headers={"HX-Request": "true"}).text

    assert "排队等候制作" in page
    assert 'id="refresh"' in page
    assert "<html" not in part
    assert f'href="{address}"' in browser.get("/dossiers").text


def test_the_finished_archive_is_taken_and_holds_the_case(as_user: SignIn, number: str, drain_jobs: Drain) -> None:
    browser = as_user(DIRECTOR)
    address = asked(browser, number, variant="full")
    drain_jobs()

    page, file = browser.get(address).text, browser.get(f"{address}/file")

    assert "卷宗已经制作完成" in page
    with zipfile.ZipFile(io.BytesIO(file.data)) as packed:
        assert f"卷宗 {number}.pdf" in packed.namelist()
        assert json.loads(packed.read("manifest.json"))["variant"] == "full"
        assert json.loads(packed.read("manifest.json"))["dossiers"][0]["number"] == number


def test_who_may_not_take_whole_ones_is_given_redacted_ones_only(
    limited: Browser, number: str, in_tenant: InTenant, beijing: TenantRef
) -> None:
    page = limited.get(f"/dossiers/batches/new?q={number}").text
    hidden = hidden_fields(page)
    address = asked(limited, number)

    refused = limited.post("/dossiers/batches", data={**hidden, "variant": "full"})

    assert 'value="full"' not in page
    assert refused.status_code == 403
    with in_tenant(beijing):
        assert queries.get_batch(UUID(address.rsplit("/", 1)[1])).variant == "redacted"


def test_the_filter_is_told_in_the_words_of_its_fields(as_user: SignIn, number: str) -> None:
    page = as_user(AUDITOR).get(f"/dossiers/batches/new?q={number}&from=2026-01-02&due=overdue").text

    assert f"编号、当事人或案由：{number}；收件日期从：2026-01-02" in page
    assert "overdue" not in re.sub(r'<input type="hidden"[^>]*>', "", page)


def test_an_auditor_is_offered_whole_ones_first(as_user: SignIn, number: str) -> None:
    page = as_user(AUDITOR).get(f"/dossiers/batches/new?q={number}").text

    options = re.findall(r'<input[^>]*name="variant"[^>]*>', page)

    assert ['value="full"' in option for option in options] == [True, False]
    assert ["checked" in option for option in options] == [True, False]


def test_a_batch_is_shown_to_who_asked_for_it_only(as_user: SignIn, number: str) -> None:
    address = asked(as_user(DIRECTOR), number, variant="full")

    for username in (AUDITOR, ELSEWHERE):
        assert as_user(username).get(address).status_code == 404
        assert as_user(username).get(f"{address}/file").status_code == 404


def test_an_archive_that_is_not_finished_cannot_be_taken(as_user: SignIn, number: str) -> None:
    browser = as_user(DIRECTOR)

    answer = browser.get(f"{asked(browser, number, variant='full')}/file")

    assert answer.status_code == 409
    assert "请稍后再下载" in answer.text


def test_cases_outside_the_readers_units_are_not_counted(as_user: SignIn, number: str) -> None:
    page = as_user(ELSEWHERE).get(f"/dossiers/batches/new?q={number}").text

    assert "没有可以导出的案件" in page


def test_who_may_not_export_is_refused(as_user: SignIn, number: str) -> None:
    assert as_user(MEDIATOR).get(f"/dossiers/batches/new?q={number}").status_code == 403


def test_too_many_are_refused_before_anything_is_made(
    as_user: SignIn, number: str, in_tenant: InTenant, beijing: TenantRef
) -> None:
    with in_tenant(beijing):
        open_application()
        settings.set_value("dossier.batch_most", 1, by=SYSTEM)

    page = as_user(AUDITOR).get("/dossiers/batches/new").text
    with in_tenant(beijing):
        settings.reset("dossier.batch_most", by=SYSTEM)

    assert "请返回上一页缩小范围" in page
    assert "确定导出" not in page
