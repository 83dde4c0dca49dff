"""What one act of a clerk costs the database: few statements, the same however large the process is."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from saas import clock
from saas.db.counting import Counted
from saas.db.session import TenantRef
from tests.browsers import Browser, hidden_fields
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.web.staff.sending import as_sent

Counting = Callable[[], AbstractContextManager[Counted]]
MOST = 14
NOW_AND_THEN = ("SELECT data_key.", "UPDATE web_session SET seen_at")
"""What an act may meet besides: keys older than twenty seconds, a session that was noted a minute ago."""


def taken(browser: Browser, number: str, action: str, values: dict[str, Any], counting: Counting) -> list[str]:
    """Take a step by its form; the statements of sending it, one more for every job that was put down beside them."""
    page = f"/staff/cases/{number}/act/{action}"
    shell = {name: value for name, value in hidden_fields(browser.get(page).text).items() if name.startswith("_")}
    with counting() as counted:
        answer = browser.post(page, data=shell | as_sent(values))
    assert answer.status_code == 303, answer.text
    sent = [one for one in counted.statements if not one.startswith(NOW_AND_THEN)]
    return [*sent, *(f"job for: {one}" for one in sent if one.startswith("INSERT INTO document "))]


@pytest.fixture
def entries(beijing: TenantRef, in_tenant: InTenant) -> dict[str, dict[str, Any]]:
    """What is entered in the steps from acceptance to the agreement."""
    with in_tenant(beijing):
        handler = str(factory.actor("sunli").id)
        return {
            "accept": factory.ACCEPTED,
            "appoint": {"chosen_by": "appointed", "handler": handler},
            "session": factory.SESSION | {"held_at": "2026-11-20T09:00"},
            "agree_written": factory.agreement(clock.today()) | {"agreed_amount": "5000"},
        }


@pytest.fixture
def two_pending(beijing: TenantRef, in_tenant: InTenant) -> tuple[str, str]:
    """The numbers of two disputes: by the first the process learns what is the city's own."""
    with in_tenant(beijing):
        return factory.open_application().number, factory.open_application().number


def test_every_act_from_acceptance_to_agreement_sends_few_statements(
    director: Browser,
    mediator: Browser,
    two_pending: tuple[str, str],
    entries: dict[str, dict[str, Any]],
    count_queries: Counting,
) -> None:
    first, second = two_pending
    for action, values in entries.items():
        who = director if action in ("accept", "appoint") else mediator
        taken(who, first, action, values, count_queries)
        sent = taken(who, second, action, values, count_queries)
        assert len(sent) <= MOST, f"{action}: {len(sent)}\n" + "\n\n".join(sent)
