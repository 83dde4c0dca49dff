"""The register of numbers: void and replaced ones with their reasons, narrowed, taken out, within one's units."""

import io

import pytest
from openpyxl import load_workbook

from saas import clock
from saas.cases.bulk_queries import taken_today
from saas.db.session import TenantRef
from saas.documents import voiding
from saas.documents.queries import get_document
from tests.browsers import Browser
from tests.conftest import InTenant, SignIn
from tests.mediation import factory
from tests.saas.documents.issued import failed, printed
from tests.saas.web.staff.sending import send


@pytest.fixture
def void(beijing: TenantRef, in_tenant: InTenant) -> str:
    """The number of a void document of 兴和人民调解委员会."""
    with in_tenant(beijing):
        case = factory.mediating()
        document = printed(case)
        voiding.void(document, case, "当事人姓名写错", by=factory.actor("zhaoxh"))
        return document.number


def test_a_void_number_stands_in_the_register_with_its_reason(mediator: Browser, void: str) -> None:
    page = mediator.get(f"/staff/documents?state=void&q={void}&year={clock.today().year}").text
    assert f'<s class="nums">{void}</s>' in page
    assert "赵兴华作废：当事人姓名写错" in page


@pytest.mark.parametrize("narrowed", ["state=ready", "state=replaced", "form=mediation.agreement", "year=2001"])
def test_the_register_is_narrowed(mediator: Browser, void: str, narrowed: str) -> None:
    page = mediator.get(f"/staff/documents?q={void}&{narrowed}").text
    assert f'<s class="nums">{void}</s>' not in page


def test_nonsense_in_the_address_narrows_nothing(mediator: Browser, void: str) -> None:
    assert void in mediator.get(f"/staff/documents?q={void}&year=many&state=lost").text


def test_a_name_in_the_address_that_means_something_to_the_server_is_only_a_name(mediator: Browser, void: str) -> None:
    page = mediator.get(f"/staff/documents?q={void}&_scheme=gopher&_external=1&endpoint=staff.show_work").text
    assert 'href="/staff/documents.xlsx?q=' in page


def test_another_unit_does_not_see_the_number(as_user: SignIn, void: str) -> None:
    assert "没有符合条件的编号" in as_user("xuning").get(f"/staff/documents?q={void}").text


def test_the_register_is_taken_out_with_who_took_it(mediator: Browser, void: str) -> None:
    answer = mediator.get(f"/staff/documents.xlsx?q={void}")
    lines = list(load_workbook(io.BytesIO(answer.data)).worksheets[0].iter_rows(values_only=True))
    assert lines[0][:2] == ("编号", "文书")
    assert (lines[1][0], lines[1][5]) == (void, "已作废")
    assert "孙丽（sunli）" in str(lines[-1][0])


def test_a_register_taken_out_counts_toward_the_quota_of_the_day(
    mediator: Browser, void: str, beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        before = taken_today(factory.actor("sunli"))

    answer = mediator.get(f"/staff/documents.xlsx?q={void}")
    taken = load_workbook(io.BytesIO(answer.data)).worksheets[0].max_row - 2  # but the heading and who took it

    with in_tenant(beijing):
        assert taken_today(factory.actor("sunli")) == before + taken > before


def test_what_failed_is_found_and_printed_again_from_the_register(
    mediator: Browser, beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        case = factory.mediating()
        document = failed(case, "字体中没有“䶮”。")
        document_id, number = document.id, document.number
        address = f"/staff/cases/{case.number}/documents/{document.id}"
    page = f"/staff/documents?state=failed&q={number}"
    assert f'action="{address}/redo"' in mediator.get(page).text
    assert send(mediator, page, {}, f"{address}/redo").status_code == 303
    with in_tenant(beijing):
        assert get_document(document_id).state == "queued"
