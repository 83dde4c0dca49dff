import hashlib
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

import pytest

from saas.audit import queries as audit
from saas.db.counting import Counted
from saas.db.session import TenantRef
from saas.dossier import queries
from saas.dossier.actions import DossierAudit
from saas.dossier.models import DossierExport
from tests.browsers import Browser, hidden_fields
from tests.conftest import Drain, InTenant, SignIn
from tests.mediation.factory import mediating

Count = Callable[[], AbstractContextManager[Counted]]
AUDITOR, DIRECTOR, ELSEWHERE, MEDIATOR = "liujg", "zhaoxh", "hetao", "sunli"


@pytest.fixture
def number(in_tenant: InTenant, beijing: TenantRef) -> str:
    """The number of a case of 大兴区."""
    with in_tenant(beijing):
        return mediating().number


def ask(browser: Browser, number: str) -> str:
    """Ask for the dossier of a case: where it is shown."""
    hidden = hidden_fields(browser.get("/staff").text)
    answer = browser.post(f"/dossiers/cases/{number}", data=hidden)
    assert answer.status_code == 303, answer.text
    return answer.location


def stored(address: str) -> DossierExport:
    return queries.get_export(UUID(address.rsplit("/", 1)[1]))


def test_who_may_export_is_led_to_the_progress_of_what_was_asked_for(as_user: SignIn, number: str) -> None:
    browser = as_user(DIRECTOR)

    page = browser.get(ask(browser, number)).text

    assert number in page
    assert "排队等候制作" in page
    assert 'id="refresh"' in page


def test_a_page_for_script_is_only_the_part_that_changes(as_user: SignIn, number: str) -> None:
    browser = as_user(DIRECTOR)
    address = ask(browser, number)

    part = browser.get(address, headers={"HX-Request": "true"}).text

    assert "<html" not in part
    assert 'hx-trigger="every 1s"' in part


def test_asking_again_while_it_is_made_shows_the_same_export(as_user: SignIn, number: str) -> None:
    browser = as_user(DIRECTOR)

    assert ask(browser, number) == ask(browser, number)


def test_the_step_under_way_is_named_with_how_far_it_is(
    as_user: SignIn, number: str, in_tenant: InTenant, beijing: TenantRef
) -> None:
    browser = as_user(DIRECTOR)
    address = ask(browser, number)
    with in_tenant(beijing):
        export = stored(address)
        export.state, export.step, export.done, export.total = "running", "人民调解记录", 3, 12

    page = browser.get(address).text

    assert "正在：人民调解记录" in page
    assert '<progress id="progress" value="3" max="12">' in page


def test_the_finished_file_has_the_digest_and_pages_that_are_shown(
    as_user: SignIn, number: str, drain_jobs: Drain, in_tenant: InTenant, beijing: TenantRef
) -> None:
    browser = as_user(AUDITOR)
    address = ask(browser, number)
    drain_jobs()

    page, file = browser.get(address).text, browser.get(f"{address}/file")

    assert file.mimetype == "application/pdf"
    assert hashlib.sha256(file.data).hexdigest() in page
    assert re.search(r"[1-9]\d* 页", page)
    assert "hx-trigger" not in page
    with in_tenant(beijing):
        done = [event.action for event in audit.list_for_case(stored(address).case_id)]
        assert done[-3:] == [DossierAudit.REQUESTED, DossierAudit.EXPORTED, DossierAudit.DOWNLOADED]


def test_a_file_that_is_not_finished_cannot_be_taken(as_user: SignIn, number: str) -> None:
    browser = as_user(DIRECTOR)

    answer = browser.get(f"{ask(browser, number)}/file")

    assert answer.status_code == 409
    assert "请稍后再下载" in answer.text


def test_a_failure_says_which_part_and_can_be_tried_again(
    as_user: SignIn, number: str, in_tenant: InTenant, beijing: TenantRef
) -> None:
    browser = as_user(DIRECTOR)
    address = ask(browser, number)
    with in_tenant(beijing):
        export = stored(address)
        export.state, export.problem = "failed", "“身份证.pdf”的文件读不出来，请重新上传。"

    page = browser.get(address).text
    again = browser.post(f"/dossiers/cases/{number}", data=hidden_fields(page)).location

    assert "“身份证.pdf”的文件读不出来" in page
    assert again != address


def test_own_exports_are_found_again_and_nobody_elses(as_user: SignIn, number: str) -> None:
    address = ask(as_user(DIRECTOR), number)

    assert f'href="{address}"' in as_user(DIRECTOR).get("/dossiers").text
    assert address not in as_user(AUDITOR).get("/dossiers").text


@pytest.mark.parametrize("end", ["", "/file"])
def test_an_export_outside_the_readers_units_is_not_found(as_user: SignIn, number: str, end: str) -> None:
    address = ask(as_user(DIRECTOR), number)

    assert as_user(ELSEWHERE).get(f"{address}{end}").status_code == 404


def test_a_case_outside_the_readers_units_cannot_be_exported(as_user: SignIn, number: str) -> None:
    browser = as_user(ELSEWHERE)
    hidden = hidden_fields(browser.get("/staff").text)

    assert browser.post(f"/dossiers/cases/{number}", data=hidden).status_code == 404


def test_who_has_not_the_permission_is_refused(as_user: SignIn, number: str) -> None:
    browser = as_user(MEDIATOR)
    hidden = hidden_fields(browser.get("/staff").text)

    assert browser.post(f"/dossiers/cases/{number}", data=hidden).status_code == 403
    assert browser.get("/dossiers").status_code == 403


def test_another_citys_export_is_not_found(as_user: SignIn, number: str, zunyi: TenantRef) -> None:
    address = ask(as_user(DIRECTOR), number)

    assert as_user("yangxue", zunyi).get(address).status_code == 404


def test_a_longer_list_asks_the_database_no_more_often(
    as_user: SignIn, in_tenant: InTenant, beijing: TenantRef, count_queries: Count, number: str
) -> None:
    browser = as_user(DIRECTOR)
    ask(browser, number)
    browser.get("/dossiers")
    with count_queries() as few:
        browser.get("/dossiers")
    with in_tenant(beijing):
        others = [mediating().number for _ in range(2)]
    for other in others:
        ask(browser, other)

    with count_queries() as many:
        browser.get("/dossiers")

    assert many.count <= few.count


def test_who_may_not_take_whole_ones_gets_a_redacted_dossier_and_finds_no_whole_one(
    as_user: SignIn, limited: Browser, number: str, in_tenant: InTenant, beijing: TenantRef
) -> None:
    whole, browser = ask(as_user(DIRECTOR), number), limited
    page, hidden = browser.get(f"/audit/cases/{number}").text, hidden_fields(browser.get("/staff").text)

    address = ask(browser, number)
    refused = browser.post(f"/dossiers/cases/{number}", data={**hidden, "variant": "full"})

    assert ("导出脱敏卷宗" in page, 'value="full"' in page) == (True, False)
    assert refused.status_code == 403
    assert "只能导出脱敏卷宗" in refused.text
    assert [browser.get(f"{whole}{end}").status_code for end in ("", "/file", "/archive", "/copy")] == [404] * 4
    with in_tenant(beijing):
        assert (stored(address).variant, stored(whole).variant) == ("redacted", "full")


@pytest.mark.parametrize(("username", "area"), [(DIRECTOR, "staff"), (AUDITOR, "audit")])
def test_who_may_take_whole_ones_chooses(
    as_user: SignIn, number: str, in_tenant: InTenant, beijing: TenantRef, username: str, area: str
) -> None:
    browser = as_user(username)
    page, hidden = browser.get(f"/{area}/cases/{number}").text, hidden_fields(browser.get("/staff").text)

    address = browser.post(f"/dossiers/cases/{number}", data={**hidden, "variant": "redacted"}).location

    assert ("导出脱敏卷宗" in page, 'value="full"' in page) == (True, True)
    with in_tenant(beijing):
        assert stored(address).variant == "redacted"


def test_an_auditor_gets_the_whole_dossier(
    as_user: SignIn, number: str, in_tenant: InTenant, beijing: TenantRef
) -> None:
    address = ask(as_user(AUDITOR), number)

    with in_tenant(beijing):
        assert stored(address).variant == "full"


def test_a_copy_is_taken_from_the_page_of_the_export(as_user: SignIn, number: str, drain_jobs: Drain) -> None:
    browser = as_user(AUDITOR)
    address = ask(browser, number)
    drain_jobs()

    page, copy = browser.get(address).text, browser.get(f"{address}/copy")
    digest = hashlib.sha256(copy.data).hexdigest()
    copy.close()

    assert f'href="{address}/copy"' in page
    assert copy.mimetype == "application/pdf"
    assert digest not in page
