"""The door: who comes in, by which steps, and who is kept out; every step leaves exactly one event."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from saas.audit import services as audit
from saas.audit.actions import IdentityAction
from saas.db.session import db
from saas.errors import InvalidInputError, TooManyTriesError
from saas.identity import dormancy, factors, limits, passkeys, passwords, policy, queries, services, sessions, tries
from saas.identity.actor import Actor
from saas.identity.devices import as_detail, device_of
from saas.identity.models import User, WebSession
from saas.messages import services as messages
from saas.settings import services as settings

FULL, SECOND, ENROL, PASSWORD = sessions.FULL, "second", "enrol", "password"

WRONG_CODE = "验证码不正确，或者已经用过。请等手机上出现新的六位数字后重新输入，也可以输入一个恢复码。"
WRONG_OWN = "密码不正确，请重新输入。"


def sign_in(username: str, password: str, *, by: Actor, data: dict[str, Any] | None = None) -> tuple[str, WebSession]:
    """Check a name and password, and begin a session: its token and the session, whose stage says what is owed.

    A try is counted before it is evaluated. Whether the account exists, is locked for this network or has another
    password shows in neither words nor time.

    Args:
        username: As typed, in small letters.
        password: As typed.
        by: Who asks, with address and browser.
        data: Remembered by the new session.

    Raises:
        TooManyTriesError: Too many failures from this network, or in the city.
        InvalidInputError: No active account with this name and password, or none that is let in just now.
    """
    knock = tries.knock(username, by=by)
    may_be = knock.candidate
    # No connection is held while the slow digest is made.
    if not passwords.is_right(may_be.password_hash if may_be else None, password) or may_be is None:
        raise tries.refused(knock, by=by)
    limits.forgive(tries=[knock.account], counts=knock.counts)
    if may_be.is_dormant:
        dormancy.put_to_sleep(may_be.id, by=by)
        raise InvalidInputError({"password": tries.WRONG}, tries.WRONG)
    user = queries.get_user(may_be.id)
    if passwords.is_outdated(user.password_hash):
        user.password_hash = passwords.digest(password)
    return begin(user, factors.PASSWORD, by=by, data=data)


def begin(
    user: User, factor: str, *, by: Actor, data: dict[str, Any] | None = None, and_also: Sequence[str] = ()
) -> tuple[str, WebSession]:
    """Begin a session of somebody who proved a factor, or several at once, under a token never used before."""
    token = sessions.new_token()
    session = sessions.start(token, user=user, data=data)
    session.factors = list(and_also)
    sessions.note_device(session, address=by.address, agent=by.agent)
    _pass(session, user, factor, by=by)
    return token, session


def go_on(session: WebSession, factor: str, *, by: Actor) -> str:
    """Note another factor as proved: the session's new token. Its stage says what is still owed."""
    _pass(session, owner_of(session), factor, by=by)
    return sessions.rotate(session)


def _pass(session: WebSession, user: User, factor: str, *, by: Actor) -> None:
    session.factors = [*session.factors, factor]
    session.proved_at = func.now()
    _settle(session, user, by=by)


def _settle(session: WebSession, user: User, *, by: Actor) -> None:
    """Find out what is still owed; who owes nothing is in."""
    stage = stage_of(user, session.factors)
    sessions.set_stage(session, stage)
    if stage == ENROL and not passkeys.is_demanded(user):
        factors.offer(user)
    if stage == FULL:
        _let_in(session, user, by=by)
        return
    detail = {"factors": session.factors, "stage": stage, **as_detail(by.agent)}
    audit.record(IdentityAction.STEP_TAKEN, user, by=sessions.actor_of(user, by=by), detail=detail)


def stage_of(user: User, proved: list[str]) -> str:
    """What somebody who proved these factors still owes."""
    if passkeys.is_demanded(user) and factors.PASSKEY not in proved:
        may_prove = passkeys.has_any(user.id) or (len(proved) < 2 and factors.has_second(user.id))  # noqa: PLR2004
        return SECOND if may_prove else ENROL
    if len(proved) < 2:  # noqa: PLR2004 - one factor and another
        if factors.has_second(user.id):
            return SECOND
        if settings.get("identity.second_factor") == "required":
            return ENROL
    return PASSWORD if has_expired(user) else FULL


def has_expired(user: User) -> bool:
    """Whether the password is older than the city allows, by the database's clock."""
    days = policy.current().days
    if days is None:
        return False
    old = select(User.password_changed_at < func.now() - timedelta(days=days)).where(User.id == user.id)
    return bool(db.session.scalar(old))


def _let_in(session: WebSession, user: User, *, by: Actor) -> None:
    """The last step: of more sessions than the city allows, the oldest end."""
    db.session.execute(select(User.id).where(User.id == user.id).with_for_update())
    user.signed_in_at = session.created_at = func.now()
    db.session.flush()
    ended = sessions.end_oldest(user, keep=settings.get("identity.sessions"))
    detail = {"factors": session.factors, "ended": ended or None, **as_detail(by.agent)}
    audit.record(IdentityAction.SIGNED_IN, user, by=sessions.actor_of(user, by=by), detail=detail)
    if ended:
        body = f"您的账号在另一台设备（{device_of(by.agent)}）登录。同时登录的数量已满，最早的 {ended} 处已经退出。"
        messages.tell_user(user.id, "您的账号在另一处登录", f"{body}不是您本人登录的，请立即修改密码。")


def prove_second(session: WebSession, code: str, *, by: Actor) -> str:
    """Check the second factor of somebody at that stage: the session's new token.

    Raises:
        TooManyTriesError: Too many wrong codes.
        InvalidInputError: The code proves nothing, or was used before.
    """
    user = owner_of(session)
    key = tries.count_code(user, by=by)
    factor = factors.prove(user, code)
    if factor is None:
        detail = {"reason": "wrong", "factor": factors.TOTP, **as_detail(by.agent)}
        audit.record_apart(
            IdentityAction.SECOND_FACTOR_FAILED, ("app_user", user.id), by=sessions.actor_of(user, by=by), detail=detail
        )
        raise InvalidInputError({"code": WRONG_CODE}, WRONG_CODE)
    limits.forgive(tries=[key])
    return go_on(session, factor, by=by)


def finish_enrolment(session: WebSession, code: str, *, by: Actor) -> tuple[str, list[str]]:
    """Take the first code of the app that was offered: the session's new token, and the codes for paper.

    Raises:
        TooManyTriesError: Too many wrong codes.
        InvalidInputError: The code is not the app's.
    """
    user = owner_of(session)
    codes = enrol(user, code, by=sessions.actor_of(user, by=by))
    return go_on(session, factors.TOTP, by=by), codes


def enrol(user: User, code: str, *, by: Actor) -> list[str]:
    """Use the app that was offered from now on: the codes for paper. The user is told.

    Raises:
        TooManyTriesError: Too many wrong codes.
        InvalidInputError: The code is not the app's.
    """
    key = tries.count_code(user, by=by)
    if not factors.confirm(user, "".join(code.split())):
        raise InvalidInputError({"code": "验证码不正确。请核对手机时间，等新的六位数字出现后重新输入。"})
    limits.forgive(tries=[key])
    services.tell_of_factors(user, IdentityAction.FACTOR_ENROLLED, "已绑定动态口令", by=by)
    return factors.renew_codes(user)


def replace_expired(session: WebSession, password: str, *, by: Actor) -> str:
    """Take the password that is due: the session's new token.

    Raises:
        InvalidInputError: The password is not good enough, or is one of the last.
    """
    user = owner_of(session)
    services.set_password(user, password, by=sessions.actor_of(user, by=by), keep=session)
    _settle(session, user, by=by)
    return sessions.rotate(session)


def reauthenticate(session: WebSession, password: str, *, by: Actor) -> str:
    """Have the person of a session prove the password again: the session's new token.

    Raises:
        TooManyTriesError: Too many wrong passwords.
        InvalidInputError: The password is wrong.
    """
    user = owner_of(session)
    check_own_password(user, password, by=by)
    session.proved_at = func.now()
    detail = {"factor": factors.PASSWORD, **as_detail(by.agent)}
    audit.record(IdentityAction.REAUTHENTICATED, user, by=by, detail=detail)
    return sessions.rotate(session)


def check_own_password(user: User, password: str, *, by: Actor) -> None:
    """Have somebody who is in prove the password again.

    Raises:
        TooManyTriesError: Too many wrong passwords.
        InvalidInputError: The password is wrong.
    """
    key, announced = tries.count_own(user, by=by)
    if announced.allowed and passwords.is_right(user.password_hash, password):
        limits.forgive(tries=[key])
        return
    reason = "wrong" if announced.allowed else "locked"
    detail = {"reason": reason, "factor": factors.PASSWORD, **as_detail(by.agent)}
    audit.record_apart(IdentityAction.REAUTHENTICATION_FAILED, ("app_user", user.id), by=by, detail=detail)
    if not announced.allowed:
        raise TooManyTriesError(tries.LOCKED)
    raise InvalidInputError({"current": WRONG_OWN}, WRONG_OWN)


def sign_out(session: WebSession, *, by: Actor) -> None:
    """End a session."""
    if by.is_authenticated:
        audit.record(IdentityAction.SIGNED_OUT, ("app_user", by.id), by=by, detail=as_detail(by.agent))
    sessions.end(session)


def owner_of(session: WebSession) -> User:
    """Whose session it is, with grants, roles and units."""
    assert session.user_id is not None, "a session of nobody"
    return queries.get_user(session.user_id)
