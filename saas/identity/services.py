"""Accounts: who gets one, which roles it holds where, its password, and when it sleeps."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from saas import clock
from saas.audit import services as audit
from saas.audit.actions import IdentityAction
from saas.db.session import current_tenant, db
from saas.errors import InvalidInputError
from saas.identity import duties, factors, passwords, policy, queries, sessions
from saas.identity.actor import Actor
from saas.identity.models import Grant, Role, User, WebSession
from saas.identity.proof_models import PastPassword
from saas.messages import services as messages
from saas.organisation.models import Person, Unit
from saas.settings import services as settings

USERNAME_LENGTH = 64


@dataclass(frozen=True)
class NewUser:
    """An account to be made; ``grants`` are pairs of a role's code and a unit's code."""

    username: str
    name: str
    password: str
    grants: Sequence[tuple[str, str]] = ()
    phone: str | None = None
    skills: Sequence[str] = ()


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
    check_room()
    _check_password(new.password, new.username)
    person = Person(name=new.name, phone=new.phone, skills=list(new.skills))
    user = User(
        username=new.username, password_hash=passwords.digest(new.password), person=person, created_at=clock.now()
    )
    db.session.add(user)
    db.session.flush()
    audit.record(IdentityAction.USER_CREATED, user, by=by, detail={"username": new.username}, high=True)
    for role_code, unit_code in new.grants:
        grant_role(user, role_code, unit_code, by=by)
    return user


def grant_role(user: User, role_code: str, unit_code: str, *, by: Actor) -> Grant:
    """Give a user a role at a unit; sessions with the rights of before end.

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
    sessions.end_all(user)
    detail = {"role": role_code, "unit": unit_code, "permissions": list(role.permissions)}
    audit.record(IdentityAction.ROLE_GRANTED, user, by=by, detail=detail, high=True)
    return grant


def revoke_role(grant: Grant, *, by: Actor) -> None:
    """Take a role at a unit away from a user, whose sessions end: the old rights are gone at once."""
    user, detail = grant.user, {"role": grant.role_code, "unit": grant.unit.code}
    db.session.delete(grant)
    db.session.flush()
    db.session.expire(user, ["grants"])
    sessions.end_all(user)
    audit.record(IdentityAction.ROLE_REVOKED, user, by=by, detail=detail, high=True)


def set_password(user: User, password: str, *, by: Actor, keep: WebSession | None = None) -> None:
    """Give a user another password; every session of theirs ends, but the one it was done in.

    Raises:
        InvalidInputError: The password is not good enough, or is one of the last.
    """
    _check_password(password, user.username)
    _check_past(user, password)
    db.session.add(PastPassword(user_id=user.id, digest=user.password_hash))
    user.password_hash, user.password_changed_at = passwords.digest(password), func.now()
    db.session.flush()
    _forget_past(user)
    sessions.end_all(user, but=keep)
    audit.record(IdentityAction.PASSWORD_CHANGED, user, by=by, high=True)
    messages.tell_user(user.id, "您的密码已修改", "您的密码刚刚修改。不是您本人操作的，请立即联系本单位的系统管理员。")


def disable(user: User, *, by: Actor, reason: str) -> None:
    """Switch an account off; its sessions end at once."""
    user.active = False
    sessions.end_all(user)
    audit.record(IdentityAction.USER_DISABLED, user, by=by, detail={"reason": reason})


def remove_factors(user: User, *, by: Actor) -> None:
    """Take a user's authenticator app and the codes for paper away; the user is told. Passkeys stay.

    Raises:
        InvalidInputError: The city demands one.
    """
    if settings.get("identity.second_factor") == "required":
        raise InvalidInputError({"remove": "本单位要求使用动态口令，不能解除。换手机的，请绑定新的动态口令。"})
    factors.remove(user)
    tell_of_factors(user, IdentityAction.FACTOR_REMOVED, "已解除动态口令", by=by)


def renew_codes(user: User, *, by: Actor) -> list[str]:
    """Ten new recovery codes in the place of those before; the user is told that there are new ones."""
    tell_of_factors(user, IdentityAction.CODES_RENEWED, "已更换恢复码", by=by)
    return factors.renew_codes(user)


def tell_of_factors(user: User, action: IdentityAction, title: str, *, by: Actor) -> None:
    """Record a change of factors and tell the user, who may not be the one who made it."""
    audit.record(action, user, by=by)
    body = f"您的账号{title}。不是您本人操作的，请立即修改密码，并联系本单位的系统管理员。"
    messages.tell_user(user.id, f"您的账号{title}", body)


def end_session(session: WebSession, *, by: Actor) -> None:
    """End one of somebody's sessions."""
    audit.record(IdentityAction.SESSION_ENDED, ("app_user", session.user_id), by=by)
    sessions.end(session)


def end_sessions(user: User, *, by: Actor, but: WebSession | None = None) -> int:
    """End all sessions of a user, or all others: how many there were."""
    ended = sessions.end_all(user, but=but)
    audit.record(IdentityAction.SESSIONS_ENDED, user, by=by, detail={"ended": ended})
    return ended


def check_room() -> None:
    """Refuse one more active account where the city has as many as it may have.

    Raises:
        InvalidInputError: It has.
    """
    limit = current_tenant().limits.users
    if limit is not None and queries.count_users() >= limit:
        raise InvalidInputError(
            {"username": f"本市的账号已满（上限 {limit} 个）。请先停用不再使用的账号，或联系运维人员调整上限。"}
        )


def _check_password(password: str, username: str) -> None:
    passwords.check_new(password, username=username, policy=policy.current(), words=policy.context_words())


def _check_past(user: User, password: str) -> None:
    """Refuse one of the last passwords; each costs a digest, and there are few."""
    history = policy.current().history
    past = select(PastPassword.digest).where(PastPassword.user_id == user.id)
    newest = db.session.scalars(past.order_by(PastPassword.replaced_at.desc()).limit(max(history - 1, 0))).all()
    if history and any(passwords.is_right(digest, password) for digest in (user.password_hash, *newest)):
        raise InvalidInputError({"password": f"不能使用最近{history}次用过的密码，请换一个。"})


def _forget_past(user: User) -> None:
    """Keep no more digests of the past than any policy asks for."""
    mine = select(PastPassword.id).where(PastPassword.user_id == user.id)
    older = mine.order_by(PastPassword.replaced_at.desc()).offset(policy.DENGBAO_HISTORY)
    db.session.execute(delete(PastPassword).where(PastPassword.id.in_(older)))


def _check_username(username: str) -> None:
    plain = username.replace("_", "").replace("-", "").replace(".", "")
    if not (plain.isascii() and plain.isalnum() and username == username.lower() and len(username) <= USERNAME_LENGTH):
        raise InvalidInputError({"username": "账号只能用小写字母、数字、点、横线和下划线。"})
    if queries.find_user(username) is not None:
        raise InvalidInputError({"username": "这个账号名已经有人使用，请换一个。"})
