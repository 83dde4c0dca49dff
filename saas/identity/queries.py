"""Reading accounts, roles and who holds them where."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from saas.db.session import db
from saas.errors import NotFoundError
from saas.identity import sessions
from saas.identity.models import Grant, Role, User, WebSession
from saas.organisation.models import Person, Unit


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
    covering = select(Grant.user_id).join(Unit, Grant.unit_id == Unit.id)
    covering = covering.where(Grant.role_code.in_(roles), func.starts_with(path, Unit.scope))
    return _list(whole_users().where(User.id.in_(covering)))


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


def _list(users: Select[User]) -> Sequence[User]:
    by_name = users.join(Person, User.person_id == Person.id).where(User.active).order_by(Person.name, User.username)
    return db.session.scalars(by_name).all()


def whole_users() -> Select[User]:
    """Accounts with person, unit, grants, roles and units, in a fixed number of statements."""
    grants = selectinload(User.grants)
    person, unit = joinedload(User.person), joinedload(User.unit)
    return select(User).options(person, unit, grants.joinedload(Grant.role), grants.joinedload(Grant.unit))
