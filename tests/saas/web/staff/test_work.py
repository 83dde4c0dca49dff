"""The work list: whose turn it is, few statements however long it is, one taker per case."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from saas.config import Config
from saas.db.counting import Counted
from saas.db.session import TenantRef
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.web.staff.sending import employ, send

Counting = Callable[[], AbstractContextManager[Counted]]
MOST_STATEMENTS = 9


def test_a_new_application_waits_for_the_director_only(director: Browser, mediator: Browser, pending: str) -> None:
    waiting = {"q": pending, "per_page": "100"}  # others may have left more cases than a page holds

    assert f"/staff/cases/{pending}" in director.get("/staff/work", query_string=waiting).text
    assert f"/staff/cases/{pending}" not in mediator.get("/staff/work", query_string=waiting).text


def test_the_list_costs_the_same_however_many_rows_it_has(
    director: Browser, beijing: TenantRef, in_tenant: InTenant, count_queries: Counting
) -> None:
    with in_tenant(beijing):
        for _ in range(5):
            factory.open_application()
    director.get("/staff/work")
    with count_queries() as counted:
        page = director.get("/staff/work")

    assert page.status_code == 200
    assert counted.count <= MOST_STATEMENTS, "\n".join(counted.statements)


def test_a_case_is_taken_once_and_the_second_learns_by_whom(
    as_user: Callable[..., Browser], zunyi: TenantRef, in_tenant: InTenant, config: Config
) -> None:
    with in_tenant(zunyi):
        case = factory.open_application("汇川区人民调解委员会", area="520303001")
        second = employ("汇川区人民调解委员会", "director", config.demo_password)
        number = case.number
    first, other = as_user("shiqiang", zunyi), as_user(second, zunyi)
    take = f"/staff/cases/{number}/take"

    assert send(first, "/staff/work", {}, take).location == f"/staff/cases/{number}"
    late = send(other, "/staff/work", {}, take)

    assert late.status_code == 409
    assert "石强已经领取了这件案件" in late.text
    assert "/staff/work?mine=queue" in late.text


@pytest.mark.parametrize("address", ["/staff/work?due=overdue", "/staff/work?mine=mine", "/staff/work?q=没有这个人"])
def test_an_empty_result_offers_to_clear_the_filter(address: str, as_user: Callable[..., Browser]) -> None:
    page = as_user("xuning").get(address).text

    assert "没有符合条件的待办" in page
    assert '<a class="btn btn-primary" href="/staff/work">清除筛选</a>' in page
