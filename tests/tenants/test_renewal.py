from collections.abc import Iterator

import pytest
from flask import Flask
from psycopg import sql
from sqlalchemy import text, update

from saas.crypto import rings
from saas.db.session import TenantRef, db
from saas.identity import queries, sessions
from saas.identity.models import Role
from tenants import connections, context, migrator, provisioning, registry, renewal, starter
from tenants.data import deletion
from tenants.histories import TENANT
from tenants.models import Tenant
from tenants.statements import run

BEFORE = "202611220500"
"""The revision before rows and rights were sealed."""
ROWS = """
INSERT INTO unit (id, code, name, kind, path, scope, active)
    VALUES (gen_random_uuid(), 'u', '机构', 'body', 'u/', 'u/', true);
INSERT INTO person (id, name, phone, skills) VALUES (gen_random_uuid(), '高峰', '13900007788', '{}');
INSERT INTO app_user (id, person_id, username, password_hash, active, created_at)
    SELECT gen_random_uuid(), id, 'gaofeng', 'x', true, now() FROM person;
INSERT INTO role (code, title, permissions) VALUES ('admin', '管理员', '{tenant.admin}');
INSERT INTO role_grant (id, user_id, role_code, unit_id)
    SELECT gen_random_uuid(), app_user.id, 'admin', unit.id FROM app_user, unit
"""


@pytest.fixture
def city(app: Flask) -> Iterator[TenantRef]:
    """A city that is gone afterwards."""
    with app.app_context():
        made = provisioning.create(provisioning.NewCity("renewed", "旧城", starter.load("baoding"), demo=True))
    yield made
    with app.app_context():
        deletion.erase(made)


@pytest.fixture
def old(app: Flask, city: TenantRef) -> TenantRef:
    """The city with tables of before, and somebody who administers it."""
    with app.app_context(), connections.admin_engine().begin() as connection:
        run(connection, "DROP SCHEMA {name} CASCADE; CREATE SCHEMA {name}", name=sql.Identifier(city.schema))
        TENANT.upgrade(connection, city.schema, BEFORE)
        for statement in ROWS.split(";\n"):
            connection.execute(text(statement))
        connection.execute(update(Tenant).where(Tenant.id == city.id).values(version=BEFORE))
        registry.forget()
        rings.forget()
    return city


def test_a_city_from_before_the_seals_gets_them_once(app: Flask, city: TenantRef) -> None:
    with context.transaction(app, city):
        db.session.execute(text("UPDATE role SET seal = NULL, permissions = '{tenant.admin}' WHERE code = 'admin'"))
        db.session.execute(text("UPDATE role SET seal = NULL"))
        db.session.execute(text("UPDATE role_grant SET seal = NULL"))

    with app.app_context(), connections.admin_engine().begin() as connection:
        assert renewal.renew(connection, city) > 10
        assert renewal.renew(connection, city) == 0
    with context.transaction(app, city):
        assert _may("gaofeng", "identity.manage")


def test_a_city_from_before_the_seals_is_migrated_with_its_rights(app: Flask, old: TenantRef) -> None:
    with app.app_context():
        (done,) = migrator.migrate_tenants(only=old.code)

    assert done == migrator.Migrated(old.code, TENANT.head)
    with app.app_context(), connections.admin_engine().begin() as connection, context.lent(connection, old):
        assert _may("gaofeng", "identity.manage")
        user = queries.find_user("gaofeng")
        assert user is not None
        assert user.person.phone == "13900007788"


def test_roles_get_permissions_of_later_unless_somebody_else_wrote_them(app: Flask, city: TenantRef) -> None:
    with context.transaction(app, city):
        for code in ("admin", "security"):
            role = db.session.get_one(Role, code)
            role.permissions = [one for one in role.permissions if not one.startswith("config.")]
        db.session.flush()
        db.session.execute(text("UPDATE role SET title = title, permissions = '{work.read}' WHERE code = 'security'"))

    added = {"admin": ["config.edit"], "security": ["config.approve"], "nobody": ["config.read"]}
    with app.app_context(), connections.admin_engine().begin() as connection:
        assert renewal.widen(connection, city, added) == ["admin"]
        assert renewal.widen(connection, city, added) == []
    with context.transaction(app, city):
        assert _may("gaofeng", "config.edit")


def _may(username: str, permission: str) -> bool:
    user = queries.find_user(username)
    assert user is not None
    return sessions.actor_of(user).may(permission)
