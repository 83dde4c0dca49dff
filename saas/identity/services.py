"""Accounts: who comes in and goes out, who gets one, which roles it holds where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from saas import clock
from saas.audit import services as audit
from saas.audit.actions import IdentityAction
from saas.db.session import current_tenant, db
from saas.errors import InvalidInputError, TooManyTriesError
from saas.identity import duties, limits, passwords, queries, sessions
from saas.identity.actor import Actor
from saas.identity.models import Grant, Role, User, WebSession
from saas.organisation.models import Person, Unit

TRIES = 10
TRIES_PER = timedelta(minutes=15)
USERNAME_LENGTH = 64

WRONG = "账号或者密码不正确，请核对后重新输入。忘记密码的，请联系本单位的系统管理员。"
TOO_MANY = "登录尝试次数过多，请过15分钟再试。忘记密码的，请联系本单位的系统管理员。"


@dataclass(frozen=True)
class NewUser:
    """An account to be made; ``grants`` are pairs of a role's code and a unit's code."""

    username: str
    name: str
    password: str
    grants: Sequence[tuple[str, str]] = ()
    phone: str | None = None
    skills: Sequence[str] = ()


def sign_in(username: str, password: str, *, by: Actor) -> tuple[str, User]:
    """Check a name and password, and begin a session: its token and the user.

    The tries of an account from one network are counted before anything is looked up, so that
    whether the account exists shows in neither words nor time.

    Raises:
        TooManyTriesError: More than ten tries in a quarter of an hour.
        InvalidInputError: No active account with this name and password.
    """
    key = limits.key_of("sign-in", username.casefold(), limits.network(by.address))
    if not limits.hit(key, TRIES, TRIES_PER):
        audit.record_apart(IdentityAction.SIGN_IN_FAILED, ("app_user", "-"), by=by, detail={"reason": "limit"})
        raise TooManyTriesError(TOO_MANY)
    account = _authenticate(username, password, by=by)
    limits.forget(key)
    user = queries.get_user(account)
    if passwords.is_outdated(user.password_hash):
        user.password_hash = passwords.digest(password)
    return _begin(user, by=by), user


def _authenticate(username: str, password: str, *, by: Actor) -> UUID:
    """The account's id; looked up on a connection that is given back before the slow check."""
    with db.session.get_bind().engine.connect() as connection:
        found = connection.execute(
            select(User.id, User.password_hash).where(User.username == username[:USERNAME_LENGTH], sessions.usable())
        ).one_or_none()
    if passwords.is_right(found.password_hash if found else None, password) and found is not None:
        return UUID(str(found.id))
    subject = ("app_user", found.id if found else "-")
    audit.record_apart(IdentityAction.SIGN_IN_FAILED, subject, by=by, detail={"reason": "wrong"})
    raise InvalidInputError({"password": WRONG}, WRONG)


def _begin(user: User, *, by: Actor) -> str:
    """Start the user's session under a token never used before."""
    token = sessions.new_token()
    sessions.start(token, user=user)
    actor = sessions.actor_of(user, address=by.address, request_id=by.request_id)
    audit.record(IdentityAction.SIGNED_IN, user, by=actor)
    return token


def sign_out(session: WebSession, *, by: Actor) -> None:
    """End a session."""
    if by.is_authenticated:
        audit.record(IdentityAction.SIGNED_OUT, ("app_user", by.id), by=by)
    sessions.end(session)


def define_role(code: str, title: str, permissions: Sequence[str], *, clearance: int = 0) -> Role:
    """Make a role, or give the one of that code its title, permissions and clearance.

    Raises:
        InvalidInputError: The permissions join two duties, or let the audit change something.
    """
    duty = duties.duty_of(permissions)
    role = db.session.get(Role, code) or Role(code=code)
    role.title, role.permissions, role.duty, role.clearance = title, sorted(permissions), duty, clearance
    db.session.add(role)
    return role


def create_user(new: NewUser, *, by: Actor) -> User:
    """Make an account for a new person, with its roles. Flushes for the ids.

    Raises:
        InvalidInputError: The name is malformed or taken, the password too weak, a role or unit unknown, or
            the city has as many accounts as it may have.
    """
    _check_username(new.username)
    _check_room()
    passwords.check_new(new.password, username=new.username)
    person = Person(name=new.name, phone=new.phone, skills=list(new.skills))
    user = User(
        username=new.username, password_hash=passwords.digest(new.password), person=person, created_at=clock.now()
    )
    db.session.add(user)
    db.session.flush()
    audit.record(IdentityAction.USER_CREATED, user, by=by, detail={"username": new.username})
    for role_code, unit_code in new.grants:
        grant_role(user, role_code, unit_code, by=by)
    return user


def grant_role(user: User, role_code: str, unit_code: str, *, by: Actor) -> Grant:
    """Give a user a role at a unit.

    Raises:
        InvalidInputError: The role or the unit is not known, or the user has another duty of administration.
    """
    role = db.session.get(Role, role_code)
    unit = db.session.scalar(select(Unit).where(Unit.code == unit_code))
    if role is None or unit is None:
        field, what = ("role", role_code) if role is None else ("unit", unit_code)
        raise InvalidInputError({field: f"没有代码为 {what} 的{'角色' if role is None else '单位'}，请核对。"})
    duties.check_apart((grant.role.duty for grant in user.grants), role.duty)
    grant = Grant(user=user, role=role, unit=unit)
    user.unit = user.unit or unit
    db.session.add(grant)
    db.session.flush()
    audit.record(IdentityAction.ROLE_GRANTED, user, by=by, detail={"role": role_code, "unit": unit_code})
    return grant


def set_password(user: User, password: str, *, by: Actor) -> None:
    """Give a user another password; every session of theirs ends.

    Raises:
        InvalidInputError: The password is too weak.
    """
    passwords.check_new(password, username=user.username)
    user.password_hash = passwords.digest(password)
    sessions.end_all(user)
    audit.record(IdentityAction.PASSWORD_CHANGED, user, by=by)


def _check_room() -> None:
    limit = current_tenant().limits.users
    if limit is not None and queries.count_users() >= limit:
        raise InvalidInputError(
            {"username": f"本市的账号已满（上限 {limit} 个）。请先停用不再使用的账号，或联系运维人员调整上限。"}
        )


def _check_username(username: str) -> None:
    plain = username.replace("_", "").replace("-", "").replace(".", "")
    if not (plain.isascii() and plain.isalnum() and username == username.lower() and len(username) <= USERNAME_LENGTH):
        raise InvalidInputError({"username": "账号只能用小写字母、数字、点、横线和下划线。"})
    if queries.find_user(username) is not None:
        raise InvalidInputError({"username": "这个账号名已经有人使用，请换一个。"})
