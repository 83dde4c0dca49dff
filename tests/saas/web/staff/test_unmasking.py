"""A personal value is masked until somebody says why, and then the record says who saw it."""

import re

import pytest
from sqlalchemy import select

from saas.audit.models import AuditEvent
from saas.db.session import TenantRef, db
from tests.browsers import Browser
from tests.conftest import InTenant, SignIn
from tests.saas.web.staff.sending import send

FULL = re.compile(r"(?<![\w-])99\d{15}[\dX]|(?<![\w-])1[3-9]\d{9}(?![\w-])")


def links(page: str) -> list[str]:
    return re.findall(r'href="(/staff/cases/[^"]+/unmask/[^"]+)"', page)


def test_a_value_is_shown_once_to_who_says_why(
    mediator: Browser, mediating: str, beijing: TenantRef, in_tenant: InTenant
) -> None:
    page = mediator.get(f"/staff/cases/{mediating}").text
    address = next(link for link in links(page) if link.endswith("/phone"))
    assert FULL.search(page) is None
    assert FULL.search(mediator.get(address).text) is None

    shown = send(mediator, address, {"reason": "联系当事人到场"}, address)

    assert shown.status_code == 200
    assert FULL.search(shown.text)
    assert "no-store" in shown.headers["Cache-Control"]
    with in_tenant(beijing):
        events = select(AuditEvent).where(AuditEvent.action == "party.unmasked").order_by(AuditEvent.recorded_at.desc())
        event = db.session.scalars(events).first()
        assert event is not None
        assert event.detail == {"field": "phone", "reason": "联系当事人到场"}
        assert event.subject_id in address
        assert event.high
        assert [str(person) for person in event.persons] == [event.subject_id]


@pytest.mark.parametrize("reason", ["", "  ", "看看", "长" * 101])
def test_without_a_reason_nothing_is_shown_and_what_was_typed_stays(
    mediator: Browser, mediating: str, reason: str
) -> None:
    address = links(mediator.get(f"/staff/cases/{mediating}").text)[0]

    refused = send(mediator, address, {"reason": reason}, address)

    assert refused.status_code == 422
    assert "说明为什么需要查看" in refused.text
    assert FULL.search(refused.text) is None


def test_what_does_not_exist_is_not_found(mediator: Browser, mediating: str) -> None:
    address = links(mediator.get(f"/staff/cases/{mediating}").text)[0]

    assert mediator.get(address.rsplit("/", 1)[0] + "/name").status_code == 404
    assert mediator.get(address.replace("/parties/", "/parties/0")).status_code == 404


def test_an_administrator_and_an_auditor_are_refused(mediator: Browser, mediating: str, as_user: SignIn) -> None:
    address = links(mediator.get(f"/staff/cases/{mediating}").text)[0]
    for username in ("wanghy", "liujg"):
        other = as_user(username)

        assert other.get(address).status_code == 403
        assert FULL.search(other.get(f"/audit/cases/{mediating}").text) is None
