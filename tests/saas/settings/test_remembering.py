"""What a process remembers of a city's configuration is never older than the city's stamp says."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

import pytest
from sqlalchemy import select, text, update

from saas.cases.config_models import CodeItem
from saas.cases.context import area_name, code_lists, people
from saas.db.counting import Counted
from saas.db.session import TenantRef, db
from saas.identity import queries as identity
from saas.identity.actor import SYSTEM
from saas.identity.models import User
from saas.organisation.models import Unit
from saas.settings import remembering
from saas.settings import services as settings
from saas.settings.models import ConfigStamp
from tests.conftest import InTenant
from tests.mediation import factory

Counting = Callable[[], AbstractContextManager[Counted]]
KEY = "mediation.revisit_days"


def stamp() -> UUID:
    """The city's stamp as it is now."""
    return db.session.scalars(select(ConfigStamp.stamp)).one()


def begin() -> None:
    """What a request with a session does first."""
    remembering.begin(stamp())


def test_a_second_request_asks_for_nothing(beijing: TenantRef, in_tenant: InTenant, count_queries: Counting) -> None:
    for _ in range(2):
        with in_tenant(beijing):
            begin()
            with count_queries() as counted:
                settings.get(KEY)
                code_lists("mediation")
                area_name("110115001")

    assert counted.statements == []


def test_what_another_request_changed_is_seen_by_the_next(beijing: TenantRef, in_tenant: InTenant) -> None:
    seen = []
    for days in (20, 21):
        with in_tenant(beijing):
            begin()
            settings.get(KEY)
            settings.set_value(KEY, days, by=SYSTEM)
        with in_tenant(beijing):
            begin()
            seen.append(settings.get(KEY))

    assert seen == [20, 21]


def test_a_request_sees_its_own_change_and_keeps_it_from_others_until_it_is_committed(
    beijing: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(beijing):
        begin()
        before = settings.get(KEY)
        settings.set_value(KEY, before + 1, by=SYSTEM)
        own = settings.get(KEY)
        db.session.rollback()
    with in_tenant(beijing):
        begin()
        assert (settings.get(KEY), own) == (before, before + 1)


def test_an_entry_added_to_a_list_is_there_at_once(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        begin()
        code_lists("mediation")
        db.session.add(CodeItem(list_key="mediation.kind", code="88", title="相邻采光", position=1))
        assert ("88", "相邻采光") in code_lists("mediation")["mediation.kind"]
        db.session.rollback()


def test_a_statement_of_its_own_counts_as_a_change(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        begin()
        unit = factory.body("兴和人民调解委员会")
        before = people("mediation", unit.path)
        gone = identity.holder_names(["mediator"], unit.path)[0]
        db.session.execute(update(User).where(User.id == gone[0]).values(active=False))
        after = people("mediation", unit.path)
        db.session.rollback()

    assert set(before) - set(after) == {(str(gone[0]), gone[1])}


CHANGES = {
    "app_user": "UPDATE app_user SET active = active",
    "calendar_day": "DELETE FROM calendar_day",
    "calendar_year": "DELETE FROM calendar_year",
    "code_item": "DELETE FROM code_item",
    "document_design": "UPDATE document_design SET state = state",
    "person": "UPDATE person SET name = name",
    "process_version": "UPDATE process_version SET status = status",
    "role_grant": "UPDATE role_grant SET unit_id = unit_id",
    "setting_value": "DELETE FROM setting_value",
    "unit": "UPDATE unit SET phone = phone",
}


def test_every_watched_table_is_tried() -> None:
    assert set(CHANGES) == remembering.WATCHED


@pytest.mark.parametrize("table", sorted(CHANGES))
def test_the_database_stamps_every_change_whoever_makes_it(table: str, beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        before = stamp()
        db.session.execute(text(CHANGES[table]))
        after = stamp()
        db.session.rollback()

    assert before != after


def test_signing_in_is_no_change_of_the_configuration(beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        before = stamp()
        db.session.execute(text("UPDATE app_user SET signed_in_at = now()"))
        assert stamp() == before


def test_cities_keep_apart(beijing: TenantRef, zunyi: TenantRef, in_tenant: InTenant) -> None:
    names = []
    for city in (beijing, zunyi):
        with in_tenant(city):
            begin()
            code = db.session.scalars(select(Unit.code).where(Unit.parent_id.is_(None))).one()
            names.append(area_name(code))

    assert len(set(names)) == len(names)
