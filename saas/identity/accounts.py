"""Administering accounts: making one, switching it off and on, moving it, taking roles back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select

from saas.audit import services as audit
from saas.db.session import db
from saas.errors import ConflictError, NotFoundError, PermissionDeniedError
from saas.identity import queries, services, sessions
from saas.identity.actions import RightsAction
from saas.identity.actor import Actor
from saas.identity.models import Grant, Practitioner, Role, User
from saas.organisation.models import Person, Unit

OWN = "不能修改自己的账号，请由另一名系统管理员办理。"
LAST = "这是本市最后一个担任{}的账号。请先让另一个人担任，再办理。"
KEPT = {"system": "系统管理员", "security": "安全管理员"}
"""The duties without which nobody could give rights any more."""


@dataclass(frozen=True)
class Wanted:
    """What a list of accounts is narrowed to; empty values do not narrow."""

    text: str = ""
    state: str = ""


@dataclass(frozen=True)
class Entry:
    """An entry of a professional register: which one, its number, where the person practises, its last day."""

    kind: str
    licence_no: str
    body: str
    valid_until: date


def list_accounts(wanted: Wanted, scopes: Collection[str]) -> Select[User]:
    """The accounts of the people of some units, by name."""
    query = queries.whole_users().join(Person, User.person_id == Person.id).outerjoin(Unit, User.unit_id == Unit.id)
    query = query.where(_inside(scopes))
    if text := wanted.text.strip():
        places = (User.username, Person.name, Unit.name)
        query = query.where(or_(*(place.icontains(text, autoescape=True) for place in places)))
    if wanted.state:
        query = query.where(_state(wanted.state))
    return query.order_by(Person.name, User.username)


def count_accounts(wanted: Wanted, scopes: Collection[str]) -> int:
    """How many accounts the list has in all."""
    ids = list_accounts(wanted, scopes).order_by(None).with_only_columns(User.id)
    return db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def get_account(username: str, scopes: Collection[str], *, for_update: bool = False) -> User:
    """The account of that name inside some units, with its person, grants, roles and units.

    Raises:
        NotFoundError: There is none there.
    """
    query = queries.whole_users().outerjoin(Unit, User.unit_id == Unit.id)
    query = query.where(User.username == username, _inside(scopes))
    if for_update:
        query = query.with_for_update(of=User).execution_options(populate_existing=True)
    user = db.session.scalars(query).one_or_none()
    if user is None:
        raise NotFoundError
    return user


def open_account(new: services.NewUser, unit: Unit, *, by: Actor) -> User:
    """Make an account for a person of a unit; it has no rights until some are approved.

    Raises:
        InvalidInputError: As for :func:`saas.identity.services.create_user`.
    """
    user = services.create_user(new, by=by)
    user.unit_id = unit.id
    return user


def disable(user: User, *, by: Actor) -> None:
    """Switch an account off at once.

    Raises:
        PermissionDeniedError: It is one's own.
        ConflictError: Nobody else would have its duty.
    """
    _not_own(user, by)
    for grant in user.grants:
        _keep_duty(grant)
    user.active = False
    sessions.end_all(user)
    audit.record(RightsAction.DISABLED, user, by=by, detail={"username": user.username})


def enable(user: User, *, by: Actor) -> None:
    """Switch an account on again, with the rights it had.

    Raises:
        PermissionDeniedError: It is one's own.
    """
    _not_own(user, by)
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
    detail = {"role": grant.role_code, "unit": grant.unit.code, "username": grant.user.username}
    audit.record(RightsAction.REVOKED, grant.user, by=by, detail=detail)
    user = grant.user
    db.session.delete(grant)
    db.session.flush()
    db.session.expire(user, ["grants"])


def _keep_duty(grant: Grant) -> None:
    if grant.role.duty not in KEPT:
        return
    # Who takes away a duty waits for whoever takes away another of the same.
    db.session.execute(select(Role.code).where(Role.duty == grant.role.duty).order_by(Role.code).with_for_update())
    others = select(Grant.id).join(Role, Grant.role_code == Role.code).join(User, Grant.user_id == User.id)
    others = others.where(Role.duty == grant.role.duty, User.active, Grant.user_id != grant.user_id)
    if db.session.scalar(others.limit(1)) is None:
        raise ConflictError(LAST.format(KEPT[grant.role.duty]))


def _not_own(user: User, by: Actor) -> None:
    if user.id == by.id:
        raise PermissionDeniedError(OWN)


def _inside(scopes: Collection[str]) -> ColumnElement[bool]:
    inside = [Unit.path.startswith(scope, autoescape=True) for scope in scopes]
    # An account of no unit belongs to whoever answers for the whole city.
    if any(scope.count("/") == 1 for scope in scopes):
        inside.append(User.unit_id.is_(None))
    return or_(false(), *inside)


def _state(state: str) -> ColumnElement[bool]:
    held = exists().where(Grant.user_id == User.id)
    known: dict[str, ColumnElement[bool]] = {
        "active": User.active.is_(True),
        "disabled": User.active.is_(False),
        "guest": User.guest.is_not(None),
        "without": and_(User.active, ~held),
    }
    return known.get(state, false())


def list_guests() -> Sequence[User]:
    """The guests' accounts that have not ended, soonest to end first."""
    query = queries.whole_users().where(User.guest.is_not(None), User.active, User.expires_at > func.now())
    return db.session.scalars(query.order_by(User.expires_at, User.username)).all()
