"""What a city needs after revisions that SQL alone cannot complete: roles as declared, and seals on rights."""

from sqlalchemy import Connection, select

from saas.db.session import TenantRef, db
from saas.domain import role_declarations
from saas.identity import seals, services
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


def _carries_seals() -> bool:
    questions = (select(Grant.id).where(Grant.seal.is_not(None)), select(Role.code).where(Role.seal.is_not(None)))
    return any(db.session.scalar(question.limit(1)) is not None for question in questions)
