"""Who saw a person is answered within the asker's units, and tells nothing of cases elsewhere."""

from saas.audit import services
from saas.db.session import TenantRef, db
from saas.identity.actor import SYSTEM, Actor
from saas.oversight import seeing
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.audit.test_audit import actor_at


def saw(by: Actor, **about: object) -> None:
    services.record("test.saw", ("thing", "1"), by=by, **about)  # type: ignore[arg-type]
    db.session.flush()


def test_cases_outside_the_askers_units_are_not_counted(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        party = factory.open_application(respondent_phone="13700007700").parties[1]
        asked = seeing.Question(phone=party.phone)
        saw(actor_at("zz/1/"), persons=[party.id])

        here = seeing.who_saw(asked, by=SYSTEM, scopes=("zz/1/",))
        everywhere = seeing.who_saw(asked, by=SYSTEM)

        assert (here.total, here.cases) == (1, 0)
        assert everywhere.total > 1
        assert everywhere.cases == 1
        db.session.rollback()


def test_what_belongs_to_no_unit_is_told_to_who_answers_for_the_city(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        party = factory.open_application(respondent_phone="13700007701").parties[1]
        asked = seeing.Question(phone=party.phone)
        saw(SYSTEM, persons=[party.id])

        told = [seeing.who_saw(asked, by=SYSTEM, scopes=scopes).events for scopes in ((), ("zz/",), ("zz/a/",))]

        assert ["test.saw" in {event.action for event in events} for events in told] == [False, True, False]
        db.session.rollback()
