"""What a city needs after its tables were brought up to date and SQL alone cannot do: roles as declared, and seals."""

from flask import Flask
from sqlalchemy import select

from saas.db.session import db
from saas.domain import role_declarations
from saas.identity import seals, services
from saas.identity.actor import SYSTEM
from saas.identity.models import Grant, Role
from tenants import registry
from tenants.context import transaction
from tenants.histories import TENANT


def renew_all(app: Flask) -> None:
    """Renew every city whose tables are current; one that needs nothing stays as it is."""
    with app.app_context():
        cities = registry.list_tenants()
    for city in cities:
        if city.version == TENANT.head:
            with transaction(app, city):
                renew()


def renew() -> int:
    """Give roles and grants from before there were seals what they lack; how many rows were sealed.

    Where anything carries a seal, nothing is done: what came without one since then was not written by us.
    """
    if db.session.scalar(select(Grant.id).where(Grant.seal.is_not(None)).limit(1)):
        return 0
    if db.session.scalar(select(Role.code).where(Role.seal.is_not(None)).limit(1)):
        return 0
    sealed = seals.seal_all(by=SYSTEM)
    for role in role_declarations():
        services.define_role(role.code, role.title, sorted(role.permissions), clearance=role.clearance)
    return sealed
