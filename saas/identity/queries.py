"""Reading accounts, roles, who holds them where, and what is proposed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from saas import clock
from saas.db.session import db
from saas.errors import NotFoundError
from saas.identity import sessions
from saas.identity.models import Grant, Proposal, Role, User, WebSession
from saas.identity.staff_models import StaffLeave, StaffSkill
from saas.organisation.models import Person, Unit


@dataclass(frozen=True)
class Wanted:
    """What a list of accounts is narrowed to; empty values do not narrow."""

    text: str = ""
    state: str = ""


def find_user(username: str) -> User | None:
    """The account of that name, or None."""
    return db.session.scalar(whole_users().where(User.username == username))


def count_users() -> int:
    """How many accounts are active."""
    return db.session.scalar(select(func.count()).select_from(User).where(User.active)) or 0


def get_user(user_id: UUID) -> User:
    """An account with its person, grants, roles and units.

    Raises:
        NotFoundError: There is none.
    """
    user = db.session.scalar(whole_users().where(User.id == user_id))
    if user is None:
        raise NotFoundError
    return user


def list_users(scopes: Sequence[str]) -> Sequence[User]:
    """The active accounts that hold a role at a unit under one of the paths, by name."""
    held = select(Grant.user_id).join(Unit, Grant.unit_id == Unit.id)
    inside = [held.where(Unit.path.startswith(scope, autoescape=True)) for scope in scopes]
    if not inside:
        return []
    reachable = inside[0].union(*inside[1:]).subquery()
    return _list(whole_users().where(User.id.in_(select(reachable.c.user_id))))


def list_holders(roles: Collection[str], path: str) -> Sequence[User]:
    """The active accounts whose grant of one of the roles covers the path, by name."""
    return _list(whole_users().where(User.id.in_(_holding(roles, path))))


def holder_names(roles: Collection[str], path: str, *, clearance: int = 0) -> Sequence[tuple[UUID, str]]:
    """Of the same accounts, in the same order, the ids and the names; of those whose role sees so high a label."""
    names = select(User.id, Person.name).join(Person, User.person_id == Person.id)
    holding = _holding(roles, path)
    if clearance:
        holding = holding.join(Role, Grant.role_code == Role.code).where(Role.clearance >= clearance)
    found = names.where(User.active, User.id.in_(holding)).order_by(Person.name, User.username)
    return [(row.id, row.name) for row in db.session.execute(found)]


def nearest_holders(permission: str, path: str) -> Sequence[UUID]:
    """Who holds a permission at the nearest unit that covers the path: the active accounts by name, those above not."""
    roles = select(Role.code).where(Role.permissions.contains([permission]))
    held = (
        select(User.id, func.length(Unit.scope).label("near"))
        .join(Grant, Grant.user_id == User.id)
        .join(Unit, Grant.unit_id == Unit.id)
        .join(Person, User.person_id == Person.id)
        .where(User.active, Grant.role_code.in_(roles), func.starts_with(path, Unit.scope))
        .order_by(func.length(Unit.scope).desc(), Person.name, User.username)
    )
    rows = db.session.execute(held).all()
    return list(dict.fromkeys(row.id for row in rows if row.near == rows[0].near))


def list_posts(roles: Collection[str]) -> frozenset[UUID]:
    """The ids of the units at which somebody with an active account holds one of the roles."""
    query = select(Grant.unit_id).join(User, Grant.user_id == User.id).where(Grant.role_code.in_(roles), User.active)
    return frozenset(db.session.scalars(query.distinct()))


def find_role(code: str) -> Role | None:
    """The role of that code, or None."""
    return db.session.get(Role, code)


def list_sessions(user_id: UUID) -> Sequence[WebSession]:
    """The living sessions of a user, the one begun last first."""
    mine = select(WebSession).where(WebSession.user_id == user_id, *sessions.is_living())
    return db.session.scalars(mine.order_by(WebSession.created_at.desc(), WebSession.id.desc())).all()


def get_session(session_id: UUID, *, user_id: UUID) -> WebSession:
    """A session of this user.

    Raises:
        NotFoundError: There is none, or it is somebody else's.
    """
    mine = select(WebSession).where(WebSession.id == session_id, WebSession.user_id == user_id)
    session = db.session.scalar(mine)
    if session is None:
        raise NotFoundError
    return session


def list_roles() -> Sequence[Role]:
    """All roles of the city, by code."""
    return db.session.scalars(select(Role).order_by(Role.code)).all()


def list_accounts(wanted: Wanted, scopes: Collection[str]) -> Select[User]:
    """The accounts of the people of some units, by name."""
    query = whole_users().join(Person, User.person_id == Person.id).outerjoin(Unit, User.unit_id == Unit.id)
    query = query.where(_inside(scopes, User.unit_id))
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
    query = whole_users().outerjoin(Unit, User.unit_id == Unit.id)
    query = query.where(User.username == username, _inside(scopes, User.unit_id))
    if for_update:
        query = query.with_for_update(of=User).execution_options(populate_existing=True)
    user = db.session.scalars(query).one_or_none()
    if user is None:
        raise NotFoundError
    return user


def list_guests() -> Sequence[User]:
    """The guests' accounts that have not ended, soonest to end first."""
    query = whole_users().where(User.guest.is_not(None), User.active, User.expires_at > func.now())
    return db.session.scalars(query.order_by(User.expires_at, User.username)).all()


def has_holder(duty: str | None, *, besides: UUID) -> bool:
    """Whether another active account than this one holds a duty of administration."""
    held = select(Grant.id).join(Role, Grant.role_code == Role.code).join(User, Grant.user_id == User.id)
    held = held.where(Role.duty == duty, User.active, Grant.user_id != besides)
    return db.session.scalar(held.limit(1)) is not None


def get_proposal(proposal_id: UUID, scopes: Collection[str]) -> Proposal:
    """A proposal inside some units, locked.

    Raises:
        NotFoundError: There is none there.
    """
    query = _whole_proposals(scopes).where(Proposal.id == proposal_id).with_for_update(of=Proposal)
    proposal = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if proposal is None:
        raise NotFoundError
    return proposal


def list_waiting(scopes: Collection[str]) -> Sequence[Proposal]:
    """The proposals that wait inside some units, oldest first; a role belongs to the whole city."""
    waiting = _whole_proposals(scopes).where(Proposal.state == "waiting")
    return db.session.scalars(waiting.order_by(Proposal.proposed_at, Proposal.id)).all()


def list_waiting_for(user: User) -> Sequence[Proposal]:
    """The proposals about a user that wait, oldest first."""
    waiting = _proposals().where(Proposal.user_id == user.id, Proposal.state == "waiting")
    return db.session.scalars(waiting.order_by(Proposal.proposed_at, Proposal.id)).all()


def list_leave(user: User) -> Sequence[StaffLeave]:
    """The leave of a person that is not over, soonest first."""
    coming = select(StaffLeave).where(StaffLeave.user_id == user.id, StaffLeave.ends_on >= clock.today())
    return db.session.scalars(coming.order_by(StaffLeave.starts_on, StaffLeave.id)).all()


def codes_of(user: User) -> dict[str, list[str]]:
    """What a person is good at and looks after, by the key of the list."""
    mine = select(StaffSkill.list_key, StaffSkill.code).where(StaffSkill.user_id == user.id)
    found: dict[str, list[str]] = {}
    for key, code in db.session.execute(mine.order_by(StaffSkill.list_key, StaffSkill.code)):
        found.setdefault(key, []).append(code)
    return found


def whole_users() -> Select[User]:
    """Accounts with person, unit, grants, roles and units, in a fixed number of statements."""
    grants = selectinload(User.grants)
    person, unit = joinedload(User.person), joinedload(User.unit)
    return select(User).options(person, unit, grants.joinedload(Grant.role), grants.joinedload(Grant.unit))


def _holding(roles: Collection[str], path: str) -> Select[UUID]:
    covering = select(Grant.user_id).join(Unit, Grant.unit_id == Unit.id)
    return covering.where(Grant.role_code.in_(roles), func.starts_with(path, Unit.scope))


def _list(users: Select[User]) -> Sequence[User]:
    by_name = users.join(Person, User.person_id == Person.id).where(User.active).order_by(Person.name, User.username)
    return db.session.scalars(by_name).all()


def _inside(scopes: Collection[str], unit_id: InstrumentedAttribute[UUID | None]) -> ColumnElement[bool]:
    """Whether the joined unit is inside some units; what has no unit belongs to the whole city."""
    inside = [Unit.path.startswith(scope, autoescape=True) for scope in scopes]
    if any(scope.count("/") == 1 for scope in scopes):
        inside.append(unit_id.is_(None))
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


def _whole_proposals(scopes: Collection[str]) -> Select[Proposal]:
    query = _proposals().outerjoin(Unit, Proposal.unit_id == Unit.id)
    return query.where(_inside(scopes, Proposal.unit_id))


def _proposals() -> Select[Proposal]:
    """Proposals with the unit and the people they name, in one statement."""
    people = (joinedload(side).joinedload(User.person) for side in (Proposal.user, Proposal.proposed_by))
    return select(Proposal).options(joinedload(Proposal.unit), *people)
