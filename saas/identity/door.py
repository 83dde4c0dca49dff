"""The door: who comes in, by which steps, and who is kept out; every step leaves exactly one event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, select

from saas.audit import services as audit
from saas.audit.actions import IdentityAction
from saas.db.session import db
from saas.errors import InvalidInputError, TooManyTriesError
from saas.identity import factors, limits, passkeys, passwords, policy, queries, services, sessions
from saas.identity.actor import Actor
from saas.identity.devices import device_of
from saas.identity.keychecks import PasskeyRefusedError, Place
from saas.identity.models import User, WebSession
from saas.messages import services as messages
from saas.settings import services as settings

FULL, SECOND, ENROL, PASSWORD = "full", "second", "enrol", "password"
TRIES_PER = timedelta(minutes=15)
NETWORK_TRIES, NETWORK_TRIES_IN_STORM, CITY_TRIES = 100, 10, 1000
SECOND_TRIES, SECOND_TRIES_PER = 20, timedelta(hours=1)

WRONG = (
    "账号或者密码不正确，请核对后重新输入。连续输错几次后，这个账号在本网络会暂停登录10至30分钟。"
    "忘记密码的，请联系本单位的系统管理员。"
)
WRONG_CODE = "验证码不正确，或者已经用过。请等手机上出现新的六位数字后重新输入，也可以输入一个恢复码。"
WRONG_OWN = "密码不正确，请重新输入。"
TOO_MANY = "登录尝试次数过多，请过15分钟再试。忘记密码的，请联系本单位的系统管理员。"
LOCKED = "输错次数过多，请过10至30分钟再试。"


@dataclass(frozen=True)
class Known:
    """What is needed of an account to judge a try."""

    id: UUID
    password_hash: str
    is_dormant: bool


@dataclass(frozen=True)
class Knock:
    """A try at the door that was counted and not yet evaluated."""

    account: str
    counts: tuple[str, ...]
    announced: limits.Try
    known: Known | None


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
    knock = _knock(username, by)
    may_be = knock.known if knock.announced.allowed else None
    # No connection is held while the slow digest is made.
    if not passwords.is_right(may_be.password_hash if may_be else None, password) or may_be is None:
        raise _refused(knock, by)
    limits.forgive(tries=[knock.account], counts=knock.counts)
    if may_be.is_dormant:
        services.put_to_sleep(may_be.id, by=by)
        raise InvalidInputError({"password": WRONG}, WRONG)
    user = queries.get_user(may_be.id)
    if passwords.is_outdated(user.password_hash):
        user.password_hash = passwords.digest(password)
    return begin(user, factors.PASSWORD, by=by, data=data)


def _knock(username: str, by: Actor) -> Knock:
    place = limits.network(by.address)
    counts = (limits.key_of("sign-in network", place), limits.key_of("sign-in city"))
    account = limits.key_of("sign-in", username.casefold(), place)
    with db.session.get_bind().engine.begin() as connection:
        network, city = (limits.count(connection, key, TRIES_PER) for key in counts)
        is_free = network <= (NETWORK_TRIES if city <= CITY_TRIES else NETWORK_TRIES_IN_STORM)
        announced = limits.announce(connection, account, *_lock()) if is_free else None
        known = _look_up(connection, username)
    if announced is None:
        audit.record_apart(
            IdentityAction.SIGN_IN_FAILED, ("app_user", "-"), by=by, detail={"reason": "limit", **_device(by)}
        )
        raise TooManyTriesError(TOO_MANY)
    return Knock(account, counts, announced, known)


def _lock() -> tuple[ColumnElement[int], ColumnElement[int]]:
    return settings.expression("identity.lock_failures"), settings.expression("identity.lock_minutes")


def _look_up(connection: Connection, username: str) -> Known | None:
    awake = func.coalesce(User.signed_in_at, User.created_at)
    days = func.make_interval(0, 0, 0, settings.expression("identity.dormant_days"))
    found = connection.execute(
        select(User.id, User.password_hash, awake < func.now() - days).where(
            User.username == username[: services.USERNAME_LENGTH], sessions.usable()
        )
    ).one_or_none()
    return Known(*found) if found else None


def _refused(knock: Knock, by: Actor) -> InvalidInputError:
    """Record a failure as what it is; the answer says the same of all of them."""
    action = IdentityAction.LOCKED if knock.announced.is_last else IdentityAction.SIGN_IN_FAILED
    reason = "wrong" if knock.announced.allowed else "locked"
    subject = ("app_user", knock.known.id if knock.known else "-")
    audit.record_apart(action, subject, by=by, detail={"reason": reason, "factor": factors.PASSWORD, **_device(by)})
    return InvalidInputError({"password": WRONG}, WRONG)


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
    _pass(session, queries.get_user(_owner(session)), factor, by=by)
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
    detail = {"factors": session.factors, "stage": stage, **_device(by)}
    audit.record(IdentityAction.STEP_TAKEN, user, by=_as(user, by), detail=detail)


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
    detail = {"factors": session.factors, "ended": ended or None, **_device(by)}
    audit.record(IdentityAction.SIGNED_IN, user, by=_as(user, by), detail=detail)
    if ended:
        body = f"您的账号在另一台设备（{device_of(by.agent)}）登录。同时登录的数量已满，最早的 {ended} 处已经退出。"
        messages.tell_user(user.id, "您的账号在另一处登录", f"{body}不是您本人登录的，请立即修改密码。")


def prove_second(session: WebSession, code: str, *, by: Actor) -> str:
    """Check the second factor of somebody at that stage: the session's new token.

    Raises:
        TooManyTriesError: Too many wrong codes.
        InvalidInputError: The code proves nothing, or was used before.
    """
    user = queries.get_user(_owner(session))
    key = _count_code(user, by)
    factor = factors.prove(user, code)
    if factor is None:
        detail = {"reason": "wrong", "factor": factors.TOTP, **_device(by)}
        audit.record_apart(IdentityAction.SECOND_FACTOR_FAILED, ("app_user", user.id), by=_as(user, by), detail=detail)
        raise InvalidInputError({"code": WRONG_CODE}, WRONG_CODE)
    limits.forgive(tries=[key])
    return go_on(session, factor, by=by)


def _count_code(user: User, by: Actor) -> str:
    """Count a try of a code: per network as at the door, and for the account wherever it comes from."""
    key = limits.key_of("second", str(user.id), limits.network(by.address))
    whole = limits.key_of("second of all networks", str(user.id))
    with db.session.get_bind().engine.begin() as connection:
        announced = limits.announce(connection, key, *_lock())
        is_free = limits.count(connection, whole, SECOND_TRIES_PER) <= SECOND_TRIES
    if not (announced.allowed and is_free):
        detail = {"reason": "locked", "factor": factors.TOTP, **_device(by)}
        audit.record_apart(IdentityAction.SECOND_FACTOR_FAILED, ("app_user", user.id), by=_as(user, by), detail=detail)
        raise TooManyTriesError(LOCKED)
    return key


def prove_passkey(session: WebSession, answer: str, place: Place, *, by: Actor) -> str:
    """Check the passkey of somebody at the second step: the session's new token.

    Raises:
        InvalidInputError: It proves nothing.
    """
    user = queries.get_user(_owner(session))
    try:
        passkeys.prove(answer, place, user=user)
    except PasskeyRefusedError as error:
        raise _refused_passkey(IdentityAction.SECOND_FACTOR_FAILED, user.id, error, _as(user, by)) from error
    return go_on(session, factors.PASSKEY, by=by)


def sign_in_by_passkey(
    answer: str, place: Place, *, by: Actor, data: dict[str, Any] | None = None
) -> tuple[str, WebSession]:
    """Begin a session of who holds a passkey and proved to it who they are: two factors in one.

    Raises:
        InvalidInputError: It proves nothing.
    """
    try:
        user_id = passkeys.prove(answer, place, user=None).user_id
    except PasskeyRefusedError as error:
        raise _refused_passkey(IdentityAction.SIGN_IN_FAILED, "-", error, by) from error
    user = queries.get_user(user_id)
    if is_dormant(user):
        services.put_to_sleep(user.id, by=by)
        raise InvalidInputError({"answer": passkeys.WRONG}, passkeys.WRONG)
    return begin(user, factors.PASSKEY, by=by, data=data, and_also=(factors.VERIFIED,))


def is_dormant(user: User) -> bool:
    """Whether nobody signed in for so long that the account has to sleep, by the database's clock."""
    days = func.make_interval(0, 0, 0, settings.expression("identity.dormant_days"))
    awake = func.coalesce(User.signed_in_at, User.created_at)
    return bool(db.session.scalar(select(awake < func.now() - days).where(User.id == user.id)))


def _refused_passkey(action: IdentityAction, user_id: object, error: Exception, by: Actor) -> InvalidInputError:
    detail = {"reason": str(error), "factor": factors.PASSKEY, **_device(by)}
    audit.record_apart(action, ("app_user", user_id), by=by, detail=detail)
    return InvalidInputError({"answer": passkeys.WRONG}, passkeys.WRONG)


def enrol_passkey(session: WebSession, answer: str, title: str, place: Place, *, by: Actor) -> str:
    """Take the passkey that somebody's role demands: the session's new token.

    Raises:
        InvalidInputError: The device's answer is not one to our question.
    """
    user = queries.get_user(_owner(session))
    passkeys.register(user, answer, title, place, by=_as(user, by))
    return go_on(session, factors.PASSKEY, by=by)


def finish_enrolment(session: WebSession, code: str, *, by: Actor) -> tuple[str, list[str]]:
    """Take the first code of the app that was offered: the session's new token, and the codes for paper.

    Raises:
        TooManyTriesError: Too many wrong codes.
        InvalidInputError: The code is not the app's.
    """
    user = queries.get_user(_owner(session))
    codes = enrol(user, code, by=_as(user, by))
    return go_on(session, factors.TOTP, by=by), codes


def enrol(user: User, code: str, *, by: Actor) -> list[str]:
    """Use the app that was offered from now on: the codes for paper. The user is told.

    Raises:
        TooManyTriesError: Too many wrong codes.
        InvalidInputError: The code is not the app's.
    """
    key = _count_code(user, by)
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
    user = queries.get_user(_owner(session))
    services.set_password(user, password, by=_as(user, by), keep=session)
    _settle(session, user, by=by)
    return sessions.rotate(session)


def reauthenticate(session: WebSession, password: str, *, by: Actor) -> str:
    """Have the person of a session prove the password again: the session's new token.

    Raises:
        TooManyTriesError: Too many wrong passwords.
        InvalidInputError: The password is wrong.
    """
    user = queries.get_user(_owner(session))
    check_own_password(user, password, by=by)
    session.proved_at = func.now()
    audit.record(IdentityAction.REAUTHENTICATED, user, by=by, detail={"factor": factors.PASSWORD, **_device(by)})
    return sessions.rotate(session)


def check_own_password(user: User, password: str, *, by: Actor) -> None:
    """Have somebody who is in prove the password again.

    Raises:
        TooManyTriesError: Too many wrong passwords.
        InvalidInputError: The password is wrong.
    """
    key = limits.key_of("again", str(user.id), limits.network(by.address))
    with db.session.get_bind().engine.begin() as connection:
        announced = limits.announce(connection, key, *_lock())
    if not announced.allowed or not passwords.is_right(user.password_hash, password):
        detail = {"reason": "wrong" if announced.allowed else "locked", "factor": factors.PASSWORD, **_device(by)}
        audit.record_apart(IdentityAction.REAUTHENTICATION_FAILED, ("app_user", user.id), by=by, detail=detail)
        raise InvalidInputError({"current": WRONG_OWN}, WRONG_OWN) if announced.allowed else TooManyTriesError(LOCKED)
    limits.forgive(tries=[key])


def sign_out(session: WebSession, *, by: Actor) -> None:
    """End a session."""
    if by.is_authenticated:
        audit.record(IdentityAction.SIGNED_OUT, ("app_user", by.id), by=by, detail=_device(by))
    sessions.end(session)


def _owner(session: WebSession) -> UUID:
    assert session.user_id is not None, "a session of nobody"
    return session.user_id


def _as(user: User, by: Actor) -> Actor:
    return sessions.actor_of(user, address=by.address, request_id=by.request_id, agent=by.agent)


def _device(by: Actor) -> dict[str, str]:
    return {"device": device_of(by.agent)}
