"""Administering accounts: switching one off and on, moving it, taking roles back, tying it to a register."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from saas.audit import services as audit
from saas.db.session import db
from saas.errors import ConflictError, NotFoundError, PermissionDeniedError
from saas.identity import queries, services, sessions
from saas.identity.actions import RightsAction
from saas.identity.actor import Actor
from saas.identity.models import Grant, Practitioner, Role, User
from saas.organisation.models import Unit

OWN = "不能修改自己的账号，请由另一名系统管理员办理。"
LAST = "这是本市最后一个担任{}的账号。请先让另一个人担任，再办理。"
KEPT = {"system": "系统管理员", "security": "安全管理员"}
"""The duties without which nobody could give rights any more."""


@dataclass(frozen=True)
class Entry:
    """An entry of a professional register: which one, its number, where the person practises, its last day."""

    kind: str
    licence_no: str
    body: str
    valid_until: date


def disable(user: User, *, by: Actor) -> None:
    """Switch an account off at once.

    Raises:
        PermissionDeniedError: It is one's own.
        ConflictError: Nobody else would have its duty.
    """
    _not_own(user, by)
    for grant in user.grants:
        _keep_duty(grant)
    services.disable(user, by=by, reason="administrator")


def enable(user: User, *, by: Actor) -> None:
    """Switch an account on again, with the rights it had.

    Raises:
        PermissionDeniedError: It is one's own.
        InvalidInputError: The city has as many accounts as it may have.
    """
    _not_own(user, by)
    if not user.active:
        services.check_room()
    user.active, user.signed_in_at = True, func.now()
    audit.record(RightsAction.ENABLED, user, by=by, detail={"username": user.username})


def move(user: User, unit: Unit, *, by: Actor) -> None:
    """Let a person belong to another unit; every right and session at the old one ends at once.

    Raises:
        PermissionDeniedError: It is one's own account.
        ConflictError: Nobody else would have its duty.
    """
    _not_own(user, by)
    old = user.unit.code if user.unit else None
    for grant in list(user.grants):
        _take_back(grant, by=by)
    user.unit = unit
    sessions.end_all(user)
    audit.record(RightsAction.MOVED, user, by=by, detail={"from": old, "to": unit.code, "username": user.username})


def revoke(user: User, grant_id: UUID, *, by: Actor) -> None:
    """Take a role back at once.

    Raises:
        NotFoundError: The user has no such grant.
        PermissionDeniedError: It is one's own account.
        ConflictError: Nobody else would have its duty.
    """
    _not_own(user, by)
    grant = next((grant for grant in user.grants if grant.id == grant_id), None)
    if grant is None:
        raise NotFoundError
    _take_back(grant, by=by)


def register(user: User, entry: Entry, *, by: Actor) -> Practitioner:
    """Tie an account to an entry of a professional register; it works as long as the entry is valid."""
    known = db.session.scalar(select(Practitioner).where(Practitioner.user_id == user.id))
    row = known or Practitioner(user_id=user.id)
    row.kind, row.licence_no, row.body, row.valid_until = entry.kind, entry.licence_no, entry.body, entry.valid_until
    row.name = user.person.name
    db.session.add(row)
    detail = {
        "username": user.username,
        "type": entry.kind,
        "number": entry.licence_no,
        "until": str(entry.valid_until),
    }
    audit.record(RightsAction.LINKED, user, by=by, detail=detail)
    return row


def _take_back(grant: Grant, *, by: Actor) -> None:
    _keep_duty(grant)
    services.revoke_role(grant, by=by)


def _keep_duty(grant: Grant) -> None:
    if grant.role.duty not in KEPT:
        return
    # Who takes away a duty waits for whoever takes away another of the same.
    db.session.execute(select(Role.code).where(Role.duty == grant.role.duty).order_by(Role.code).with_for_update())
    if not queries.has_holder(grant.role.duty, besides=grant.user_id):
        raise ConflictError(LAST.format(KEPT[grant.role.duty]))


def _not_own(user: User, by: Actor) -> None:
    if user.id == by.id:
        raise PermissionDeniedError(OWN)
