"""What the auditors' lists need beyond the platform's own queries: numbers and names by keys."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select

from saas.cases import access
from saas.cases.models import Case
from saas.db.session import db
from saas.identity.actor import Actor
from saas.identity.models import User
from saas.identity.permissions import KernelPermission
from saas.organisation.models import Person, Unit


def find_case_id(number: str, actor: Actor) -> UUID | None:
    """The id of the case of a number where the actor may read the record, or None."""
    within = access.reach(actor, KernelPermission.AUDIT_READ)
    return db.session.scalar(select(Case.id).where(Case.number == number.upper(), within))


def case_numbers(ids: Collection[UUID]) -> dict[UUID, str]:
    """The numbers of cases by their ids."""
    if not ids:
        return {}
    rows = db.session.execute(select(Case.id, Case.number).where(Case.id.in_(ids)))
    return {row.id: row.number for row in rows}


def case_processes(ids: Collection[UUID]) -> dict[UUID, str]:
    """The keys of the processes of cases by their ids."""
    if not ids:
        return {}
    rows = db.session.execute(select(Case.id, Case.process_key).where(Case.id.in_(ids)))
    return {row.id: row.process_key for row in rows}


def unit_names(paths: Collection[str]) -> dict[str, str]:
    """Who is meant by each path: the body there, or the one that answers for the area there."""
    if not paths:
        return {}
    bodies = select(Unit.path, Unit.scope, Unit.name).where(
        Unit.kind == "body", (Unit.path.in_(paths)) | (Unit.scope.in_(paths))
    )
    # At an area the bureau or office stands for it: of several, the one added first.
    names: dict[str, str] = {}
    for path, scope, name in db.session.execute(bodies.order_by(func.length(Unit.path).desc(), Unit.id.desc())):
        names[scope], names[path] = name, name
    return names


def user_names(ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of people by the ids of their accounts."""
    if not ids:
        return {}
    query = select(User.id, Person.name).join(Person, User.person_id == Person.id).where(User.id.in_(ids))
    rows = db.session.execute(query)
    return {row.id: row.name for row in rows}
