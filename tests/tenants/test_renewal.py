from flask import Flask
from sqlalchemy import text

from saas.db.session import TenantRef, db
from saas.identity import queries, sessions
from tenants import context, provisioning, renewal, starter


def test_a_city_from_before_the_seals_gets_them_once(app: Flask) -> None:
    with app.app_context():
        city = provisioning.create(provisioning.NewCity("renewed", "旧城", starter.load("baoding"), demo=True))
    with context.transaction(app, city):
        db.session.execute(text("UPDATE role SET seal = NULL, permissions = '{tenant.admin}' WHERE code = 'admin'"))
        db.session.execute(text("UPDATE role SET seal = NULL"))
        db.session.execute(text("UPDATE role_grant SET seal = NULL"))

    with context.transaction(app, city):
        assert renewal.renew() > 10
    with context.transaction(app, city):
        assert renewal.renew() == 0
        assert _may(city, "gaofeng", "identity.manage")


def _may(_city: TenantRef, username: str, permission: str) -> bool:
    user = queries.find_user(username)
    assert user is not None
    return sessions.actor_of(user).may(permission)
