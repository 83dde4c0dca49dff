"""Who can sign in to a city: for demonstrations, and the first administrator who has not come yet."""

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from saas.db.session import TenantRef, db
from saas.errors import ConflictError
from saas.identity import links
from saas.identity.actor import SYSTEM
from saas.identity.links import FIRST_HOURS, Purpose
from saas.identity.models import Grant, Role, User
from saas.organisation.models import Person, Unit
from tenants.context import entered, transaction
from tenants.data import journal

FIRST_PAGE = "/first-sign-in?token={token}"
LINKED = "tenant.admin_linked"
COME = "首位管理员已经设置过密码，不能再发链接。忘记密码的，请由本市的其他管理员办理。"


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


@dataclass(frozen=True)
class Awaited:
    """A city's first administrator who has not set a password yet."""

    username: str
    name: str


def find_awaited(tenant: TenantRef) -> Awaited | None:
    """The first administrator as long as nobody has used a link of theirs."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - entered() pushes a context.
    with entered(app, tenant):
        user = links.find_awaited(Purpose.FIRST_PASSWORD)
        return Awaited(user.username, user.person.name) if user else None


def link_first_admin(tenant: TenantRef, *, by: str) -> str:
    """Give the first administrator another link, and end the ones before: its token, kept nowhere.

    Only until a link was used: afterwards nobody outside the city opens its accounts.

    Raises:
        ConflictError: The administrator has a password, or there is none.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - transaction() pushes a context.
    with transaction(app, tenant):
        user = links.find_awaited(Purpose.FIRST_PASSWORD)
        if user is None:
            raise ConflictError(COME)
        token = links.issue(user, Purpose.FIRST_PASSWORD, FIRST_HOURS, by=SYSTEM)
        username = user.username
    journal.note_on_platform(LINKED, tenant.id, {"username": username}, by)
    return token
