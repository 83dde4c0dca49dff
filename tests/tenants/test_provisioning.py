"""A city is opened whole or not at all."""

from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import select, text

from saas.db.session import TenantRef, db
from saas.errors import ConflictError, InvalidInputError, NotFoundError
from saas.identity.models import Role, User
from saas.organisation.models import Unit
from saas.workflow.models import ProcessVersion
from tenants import connections, provisioning, registry, starter
from tenants.provisioning import NewCity
from tests.conftest import InTenant


def _traces() -> tuple[int, int, int]:
    """How many schemas of cities, logins of cities, and registered cities there are."""
    with connections.admin_engine().connect() as connection:
        schemas = connection.scalar(text("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 't\\_%'"))
        logins = connection.scalar(
            text(
                "SELECT count(*) FROM pg_roles WHERE rolname LIKE 't\\_%'"
                " AND has_database_privilege(oid, current_database(), 'CONNECT')"
            )
        )
        cities = connection.scalar(text("SELECT count(*) FROM platform.tenant"))
    return int(schemas or 0), int(logins or 0), int(cities or 0)


def test_the_whole_tree_is_there(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        codes = db.session.scalars(select(Unit.code).where(Unit.kind == "area"))
        counted = Counter(map(len, codes))

    assert counted == {2: 1, 6: 16, 9: 349, 12: 7535}


def test_a_district_of_a_province_level_city_lies_right_below_it(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        street = db.session.scalars(select(Unit).where(Unit.code == "110115005")).one()

        assert (street.name, street.path, street.scope) == ("黄村地区", "11/110115/110115005/", "11/110115/110115005/")


def test_bodies_answer_for_their_area_and_committees_for_themselves(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        office = db.session.scalars(select(Unit).where(Unit.name == "兴丰司法所")).one()
        committee = db.session.scalars(select(Unit).where(Unit.name == "兴和人民调解委员会")).one()

        assert office.scope == "11/110115/110115001/"
        assert committee.scope == committee.path
        assert committee.path.startswith("11/110115/")
        assert committee.short_name == "兴和"


def test_roles_processes_and_people_are_there(in_tenant: InTenant, beijing: TenantRef) -> None:
    with in_tenant(beijing):
        roles = set(db.session.scalars(select(Role.code)))
        processes = set(db.session.scalars(select(ProcessVersion.key).where(ProcessVersion.status == "published")))
        people = set(db.session.scalars(select(User.username)))

    assert {"admin", "auditor", "mediator", "director", "office_head", "bureau", "clerk"} <= roles
    assert "mediation.dispute" in processes
    assert {person["username"] for person in starter.load("beijing").people} <= people


def test_a_failure_at_the_very_end_leaves_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("the last step failed")

    monkeypatch.setattr(starter, "employ", fail)
    with app.app_context():
        before = _traces()
        with pytest.raises(RuntimeError, match="the last step failed"):
            provisioning.create(NewCity("langfang", "廊坊市", starter.plain("廊坊市", "1310"), demo=True))

        assert _traces() == before
        with pytest.raises(NotFoundError):
            registry.get_tenant("langfang")


def test_a_city_without_a_starter_has_its_tree_and_its_bureau(app: Flask, in_tenant: InTenant) -> None:
    with app.app_context():
        made = provisioning.create(NewCity("sansha", "三沙市", starter.plain("三沙市", "4603")))
    with in_tenant(made):
        bureau = db.session.scalars(select(Unit).where(Unit.kind == "body")).one()

        assert (bureau.name, bureau.scope) == ("三沙市司法局", "4603/")


@pytest.mark.parametrize("code", ["", "Beijing", "bei jing", "-x", "x-", "北京", "a" * 33, "1a"])
def test_a_code_that_is_no_part_of_a_host_name_is_refused(app: Flask, code: str) -> None:
    with app.app_context(), pytest.raises(InvalidInputError):
        provisioning.create(NewCity(code, "某市", starter.plain("某市", "1310")))


def test_an_unknown_division_is_refused(app: Flask) -> None:
    with app.app_context(), pytest.raises(InvalidInputError):
        provisioning.create(NewCity("nowhere", "某市", starter.plain("某市", "9999")))


def test_a_code_in_use_is_refused(app: Flask, beijing: TenantRef) -> None:
    with app.app_context(), pytest.raises(ConflictError):
        provisioning.create(NewCity("beijing", "又一个北京市", starter.plain("又一个", "4603")))


def test_a_host_of_another_city_is_refused(app: Flask, beijing: TenantRef) -> None:
    with app.app_context(), pytest.raises(ConflictError):
        provisioning.create(NewCity("thief", "某市", starter.plain("某市", "4603"), hosts=["beijing.localhost"]))


@pytest.mark.parametrize("name", sorted(path.stem for path in starter.STARTERS.glob("*.yaml")))
def test_a_starter_names_only_bodies_it_makes(app: Flask, name: str) -> None:
    given = starter.load(name)

    assert {person["role"] for person in given.people} >= {"admin", "auditor", "clerk", "director", "mediator"}
    assert len({person["username"] for person in given.people}) == len(given.people)
