"""What a city needs after revisions that SQL alone cannot complete: roles as declared, and seals on rights."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from saas.audit import services as audit
from saas.db.session import TenantRef, db
from saas.domain import role_declarations
from saas.errors import InvalidInputError
from saas.identity import seals, services
from saas.identity.actions import RightsAction
from saas.identity.actor import SYSTEM
from saas.identity.models import Grant, Role
from tenants.context import lent


def renew(connection: Connection, tenant: TenantRef) -> int:
    """Give roles and grants from before there were seals what they lack; how many rows were sealed.

    Where anything carries a seal, nothing is done: what came without one since then was not written by us.

    Args:
        connection: The administrator's, in a transaction.
        tenant: The city, its tables at the newest revision.
    """
    with lent(connection, tenant):
        if _carries_seals():
            return 0
        sealed = seals.seal_all(by=SYSTEM)
        for role in role_declarations():
            services.define_role(role.code, role.title, sorted(role.permissions), clearance=role.clearance)
        return sealed


def widen(connection: Connection, tenant: TenantRef, added: Mapping[str, Sequence[str]]) -> list[str]:
    """Give roles permissions that came into being later, under a new seal; the codes of those that were changed.

    A role whose seal does not match was not written by us and gets nothing; one in which the city joined what
    cannot be held together stays as the city made it.

    Args:
        connection: The administrator's, in a transaction.
        tenant: The city, its tables at the newest revision.
        added: Permissions by the code of the role.
    """
    with lent(connection, tenant):
        return [code for code, permissions in sorted(added.items()) if _widen(code, permissions)]


def _widen(code: str, permissions: Sequence[str]) -> bool:
    role = db.session.get(Role, code)
    if role is None or not seals.is_role_intact(role) or set(permissions) <= set(role.permissions):
        return False
    whole = sorted({*role.permissions, *permissions})
    try:
        services.define_role(code, role.title, whole, clearance=role.clearance)
    except InvalidInputError:
        return False
    detail = {"added": sorted(permissions)}
    audit.record(RightsAction.ROLE_CHANGED, ("role", code), by=SYSTEM, detail=detail, high=True)
    return True


def _carries_seals() -> bool:
    questions = (select(Grant.id).where(Grant.seal.is_not(None)), select(Role.code).where(Role.seal.is_not(None)))
    return any(db.session.scalar(question.limit(1)) is not None for question in questions)
