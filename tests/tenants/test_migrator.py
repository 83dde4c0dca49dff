"""Cities are migrated one by one; one that fails holds up no other."""

import pytest
from flask import Flask
from sqlalchemy import column, table, update

from saas.db.session import TenantRef
from tenants import connections, migrator
from tenants.histories import TENANT, VERSIONS
from tenants.models import Tenant


def _set_version(tenant: TenantRef, version: str | None) -> None:
    with connections.admin_engine().begin() as connection:
        connection.execute(update(Tenant).where(Tenant.id == tenant.id).values(version=version))


def _set_revision(tenant: TenantRef, revision: str | None) -> None:
    """Let the city's own tables say they are at another revision."""
    versions = table(VERSIONS, column("version_num"), schema=tenant.schema)
    with connections.admin_engine().begin() as connection:
        connection.execute(update(versions).values(version_num=revision))


def test_a_city_at_the_head_is_left_alone(app: Flask, beijing: TenantRef, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise AssertionError("the city's schema was touched")

    monkeypatch.setattr(migrator, "migrate_schema", fail)
    with app.app_context():
        done = {city.code: city for city in migrator.migrate_tenants()}

    assert (done["beijing"].version, done["beijing"].problem) == (TENANT.head, None)


def test_a_city_that_fails_is_reported_and_the_others_go_on(app: Flask, beijing: TenantRef, zunyi: TenantRef) -> None:
    with app.app_context():
        _set_version(beijing, "behind")
        _set_version(zunyi, "behind")
        _set_revision(beijing, "unknown")
        try:
            done = {city.code: city for city in migrator.migrate_tenants()}
        finally:
            _set_revision(beijing, TENANT.head)
            _set_version(beijing, TENANT.head)

    assert done["beijing"].problem is not None
    assert (done["zunyi"].version, done["zunyi"].problem) == (TENANT.head, None)
