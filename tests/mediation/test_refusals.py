"""A step whose document cannot be printed is refused whole: the case, its number and the form stay as they were."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from saas import clock
from saas.cases.models import Case
from saas.cases.queries import get_case
from saas.cases.snapshot import snapshot
from saas.db.session import TenantRef, db
from saas.errors import InvalidInputError
from tests.browsers import Browser, hidden_fields
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.web.staff.sending import as_sent, send

UNKNOWN = "\N{PILE OF POO}"
SENT = as_sent(factory.SESSION | {"held_at": "2026-11-20T09:00"})


def mediated(tenant: TenantRef, in_tenant: InTenant) -> str:
    with in_tenant(tenant):
        return factory.mediating().number


def last_number() -> int:
    return int(db.session.scalar(text("SELECT sum(last) FROM number_counter")) or 0)


def test_a_name_no_font_knows_is_refused_before_a_number_is_taken(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        before = last_number()
    with pytest.raises(InvalidInputError, match="不能打印"), in_tenant(beijing):
        factory.open_application(applicant_name=f"赵{UNKNOWN}")
    with in_tenant(beijing):
        assert last_number() == before


def test_rare_but_known_characters_of_names_are_taken(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        assert factory.open_application(applicant_name="赵䶮㛃𬭊").title.startswith("赵䶮㛃𬭊与")


def test_the_refused_form_shows_the_case_as_it_was_and_can_be_sent_again(
    beijing: TenantRef, in_tenant: InTenant, as_user: Callable[..., Browser]
) -> None:
    number, mediator = mediated(beijing, in_tenant), as_user("sunli")
    address = f"/staff/cases/{number}/act/agree_written"
    send(mediator, f"/staff/cases/{number}/act/session", SENT)
    with in_tenant(beijing):
        opened = clock.local(get_case(number, factory.actor("sunli")).opened_at).date()
        terms = as_sent(factory.agreement(opened))

    refused = send(mediator, address, terms | {"terms": f"赔偿五千元{UNKNOWN}。"})
    again = {name: value for name, value in hidden_fields(refused.text).items() if name.startswith("_")}
    taken = mediator.post(address, data=again | terms)

    assert refused.status_code == 422
    assert "不能打印" in refused.text
    assert taken.status_code == 303, taken.text


def test_an_agent_is_printed_with_the_name_of_who_is_represented(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        case: Case = factory.open_application(on_behalf="agent", agent_name="周律师")

        assert [party["agent_for"] for party in snapshot(case).side("agent")] == ["赵小燕"]
