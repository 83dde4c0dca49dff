"""A case that a citizen's own sign-in opens is recorded as one that a code opens, once for each browser."""

from collections.abc import Callable

from sqlalchemy import select

from saas.audit.models import AuditEvent
from saas.cases.actions import CaseAudit
from saas.cases.models import Case
from saas.db.session import TenantRef, db
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.portal.applying import apply, forget_tries
from tests.portal.test_own import OWN, ask_for_code, give_code
from tests.saas.credentials.conftest import ReadCode, read_code

__all__ = ["read_code"]


def test_the_list_of_ones_own_cases_records_each_case_it_opens_once(
    client: Callable[[TenantRef], Browser], beijing: TenantRef, in_tenant: InTenant, area: str, read_code: ReadCode
) -> None:
    with in_tenant(beijing):
        forget_tries()
    number, browser = apply(client(beijing), area), client(beijing)
    give_code(browser, ask_for_code(browser, OWN), OWN, read_code(OWN))

    browser.get("/my")
    browser.get("/my")

    with in_tenant(beijing):
        opened = select(AuditEvent.detail).join(Case, Case.id == AuditEvent.case_id)
        found = db.session.scalars(opened.where(Case.number == number, AuditEvent.action == CaseAudit.QUERIED)).all()
    assert list(found) == [{"found": True, "by": "own_phone"}]
