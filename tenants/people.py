"""Who can sign in to a city, for demonstrations."""

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from saas.db.session import TenantRef, db
from saas.identity.models import Grant, Role, User
from saas.organisation.models import Person, Unit
from tenants.context import entered


@dataclass(frozen=True)
class DemoPerson:
    """One account with one of its roles."""

    city: str
    username: str
    name: str
    role: str
    unit: str


def list_people(tenant: TenantRef) -> list[DemoPerson]:
    """The active accounts of a city in the order they were made."""
    query = (
        select(User.username, Person.name, Role.title, Unit.name)
        .join(Person, User.person_id == Person.id)
        .join(Grant, Grant.user_id == User.id)
        .join(Role, Grant.role_code == Role.code)
        .join(Unit, Grant.unit_id == Unit.id)
        .where(User.active)
        .order_by(User.id, Role.code)
    )
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - entered() pushes a context.
    with entered(app, tenant):
        return [DemoPerson(tenant.code, *row) for row in db.session.execute(query)]
