from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import func, select

from blueprints.auditor.actions import AuditorAudit
from saas.audit.models import AuditEvent
from saas.cases.models import Case
from saas.db.counting import Counted
from saas.db.session import TenantRef, db
from tests.browsers import Browser
from tests.conftest import InTenant, SignIn
from tests.mediation.factory import mediating

Count = Callable[[], AbstractContextManager[Counted]]


def recorded(action: str) -> list[AuditEvent]:
    query = select(AuditEvent).where(AuditEvent.action == action)
    return list(db.session.scalars(query.order_by(AuditEvent.recorded_at, AuditEvent.id)))


def test_a_case_is_found_by_its_number(auditor: Browser, number: str) -> None:
    page = auditor.get("/audit", query_string={"q": number}).text

    assert f'href="/audit/cases/{number}"' in page
    assert "共 1 件" in page


def test_a_case_is_found_by_a_party_whose_name_the_list_masks(auditor: Browser, number: str) -> None:
    page = auditor.get("/audit?q=赵小燕").text

    assert number in page
    assert "赵小燕" not in page.split('id="results"')[1]


def test_dates_narrow_the_search(auditor: Browser, number: str) -> None:
    assert number not in auditor.get("/audit?to=2020-01-01").text


def test_a_search_is_recorded_with_its_words_and_result(
    auditor: Browser, number: str, in_tenant: InTenant, beijing: TenantRef
) -> None:
    auditor.get("/audit", query_string={"q": number})

    with in_tenant(beijing):
        assert recorded(AuditorAudit.CASES_SEARCHED)[-1].detail == {"filter": {"text": number}, "total": 1}


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("overview", "赵小燕"),
        ("materials", "卷内还缺"),
        ("documents", "受理登记表"),
        ("timeline", "赵兴华"),
        ("record", "收件立案"),
    ],
)
def test_every_tab_of_a_case_can_be_read(auditor: Browser, number: str, tab: str, words: str) -> None:
    page = auditor.get(f"/audit/cases/{number}?tab={tab}").text

    assert words in page


def test_a_case_offers_nothing_to_be_done_on_it(auditor: Browser, number: str) -> None:
    page = auditor.get(f"/audit/cases/{number}?tab=materials").text

    assert "现在该做什么" not in page
    assert 'type="file"' not in page
    assert "/act/" not in page


def test_a_look_at_a_case_is_recorded_on_the_case(
    auditor: Browser, number: str, in_tenant: InTenant, beijing: TenantRef
) -> None:
    auditor.get(f"/audit/cases/{number}?tab=timeline")

    with in_tenant(beijing):
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        looks = [event for event in recorded(AuditorAudit.CASE_READ) if event.case_id == case.id]
        assert [(event.actor_name, event.detail) for event in looks] == [("刘建国", {"tab": "timeline"})]


def test_a_case_outside_the_auditors_units_is_not_found(neighbour: Browser, number: str) -> None:
    assert number not in neighbour.get("/audit").text
    assert neighbour.get(f"/audit/cases/{number}").status_code == 404


def test_an_unknown_tab_is_not_found(auditor: Browser, number: str) -> None:
    assert auditor.get(f"/audit/cases/{number}?tab=secrets").status_code == 404


def test_who_audits_nothing_is_refused(as_user: SignIn) -> None:
    assert as_user("zhangwei").get("/audit").status_code == 403


def in_the_city(counted: Counted) -> list[str]:
    """The statements on the city's own tables: which city a host is, is asked of the platform every few seconds."""
    return [statement for statement in counted.statements if "platform." not in statement]


def test_a_longer_list_asks_the_database_no_more_often(
    auditor: Browser, in_tenant: InTenant, beijing: TenantRef, count_queries: Count, number: str
) -> None:
    auditor.get("/audit")
    with count_queries() as few:
        auditor.get("/audit", query_string={"q": number})
    with in_tenant(beijing):
        for _ in range(3):
            mediating()
        assert (db.session.scalar(select(func.count()).select_from(Case)) or 0) > 3

    with count_queries() as many:
        auditor.get("/audit")

    assert len(in_the_city(many)) <= len(in_the_city(few))
