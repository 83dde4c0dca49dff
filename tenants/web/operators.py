"""Operators: making them, letting them in and out; every try stands in the platform's own record."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from saas.config import current_config
from saas.errors import ConflictError, InvalidInputError, TooManyTriesError
from saas.identity import limits, passwords, sessions
from saas.identity.devices import device_of
from tenants.models import Operator, OperatorPasskey, OperatorSession, PlatformEvent
from tenants.registry import platform_session

FULL, SECOND, ENROL = "full", "second", "enrol"
IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=12)
TRIES = 10
TRIES_PER = timedelta(minutes=15)
TRIED, SIGNED_IN, SIGNED_OUT, CREATED, STEP_TAKEN = (
    f"operator.{done}" for done in ("sign_in_tried", "signed_in", "signed_out", "created", "sign_in_step_taken")
)
WRONG = "账号或者密码不正确，请核对后重新输入。"
TOO_MANY = "尝试次数过多，请过15分钟再试。"


@dataclass(frozen=True)
class SignedIn:
    """An operator whose session lives; ``stage`` is what is still owed after the password."""

    id: UUID
    name: str
    username: str
    stage: str = FULL


def create(username: str, name: str, password: str) -> None:
    """Make an operator.

    Raises:
        InvalidInputError: The name is malformed or the password too weak.
        ConflictError: There is one of that name.
    """
    if not (username.isascii() and username.replace("-", "").replace("_", "").isalnum() and username.islower()):
        raise InvalidInputError({"username": "账号只能用小写字母、数字、横线和下划线。"})
    passwords.check_new(password, username=username)
    with platform_session() as session:
        if session.scalar(select(Operator.id).where(Operator.username == username)):
            raise ConflictError(f"运维账号“{username}”已经存在，请换一个。")
        session.add(Operator(username=username, name=name, password_hash=passwords.digest(password)))
        session.add(PlatformEvent(action=CREATED, actor_name="system", detail={"username": username}))


def sign_in(username: str, password: str, address: str | None, agent: str | None = None) -> tuple[str, str]:
    """Check a name and password, and begin a session: its token and the step that is owed next.

    Raises:
        TooManyTriesError: More than ten tries of this name from one network in a quarter of an hour.
        InvalidInputError: No active operator with this name and password.
    """
    key = limits.key_of("operator", username.casefold(), limits.network(address))
    if not count_try(TRIED, key, TRIES, TRIES_PER, until=SIGNED_IN):
        raise TooManyTriesError(TOO_MANY)
    with platform_session() as session:
        found = session.scalar(select(Operator).where(Operator.username == username, Operator.active))
        session.expunge_all()
    # The connection is given back before the slow check.
    if not passwords.is_right(found.password_hash if found else None, password) or found is None:
        raise InvalidInputError({"password": WRONG}, WRONG)
    return _begin(found, {"key": key, "address": address, "device": device_of(agent)})


def _begin(operator: Operator, detail: dict[str, str | None]) -> tuple[str, str]:
    token, stage = sessions.new_token(), _owed(operator)
    with platform_session() as session:
        session.execute(delete(OperatorSession).where(OperatorSession.expires_at < func.now()))
        session.add(
            OperatorSession(
                token_hash=sessions.digest(token),
                operator_id=operator.id,
                stage=stage,
                expires_at=func.now() + (ABSOLUTE if stage == FULL else sessions.UNFINISHED),
            )
        )
        action = SIGNED_IN if stage == FULL else STEP_TAKEN
        session.add(PlatformEvent(action=action, actor_name=operator.name, detail={**detail, "stage": stage}))
    return token, stage


def _owed(operator: Operator) -> str:
    if operator.totp_confirmed_at is not None or has_passkey(operator.id):
        return SECOND
    return ENROL if current_config().operator_second_factor == "required" else FULL


def has_passkey(operator_id: UUID) -> bool:
    """Whether an operator has a passkey; who has one signs in with it."""
    with platform_session() as session:
        own = select(OperatorPasskey.id).where(OperatorPasskey.operator_id == operator_id)
        return session.scalar(own.limit(1)) is not None


def sign_out(token: str) -> None:
    """End the session of a token; one that lives no more is no matter."""
    known = find(token)
    with platform_session() as session:
        session.execute(delete(OperatorSession).where(OperatorSession.token_hash == sessions.digest(token)))
        if known is not None:
            session.add(PlatformEvent(action=SIGNED_OUT, actor_name=known.name))


def find(token: str) -> SignedIn | None:
    """The operator whose living session this token opens; using it keeps it alive."""
    touched = update(OperatorSession).where(*_living(token)).values(seen_at=func.now())
    with platform_session() as session:
        known = session.execute(touched.returning(OperatorSession.operator_id, OperatorSession.stage)).one_or_none()
        if known is None:
            return None
        operator = session.scalar(select(Operator).where(Operator.id == known.operator_id, Operator.active))
        return SignedIn(operator.id, operator.name, operator.username, known.stage) if operator else None


def finish(token: str, detail: dict[str, str]) -> str:
    """Let in who owes nothing more: the session's new token."""
    new = sessions.new_token()
    moved = update(OperatorSession).where(*_living(token))
    known = find(token)
    assert known is not None, "a session that lives no more"
    with platform_session() as session:
        expires = func.now() + ABSOLUTE
        session.execute(moved.values(token_hash=sessions.digest(new), stage=FULL, expires_at=expires))
        session.add(PlatformEvent(action=SIGNED_IN, actor_name=known.name, detail=detail))
    return new


def count_try(action: str, key: str, limit: int, per: timedelta, *, until: str | None = None) -> bool:
    """Note a try of a key, committed at once, and say whether it is within the limit.

    The record itself is what is counted; ``until`` names the action that begins a new count.
    """
    with platform_session() as session:
        session.add(PlatformEvent(action=action, actor_name="-", detail={"key": key}))
    with platform_session() as session:
        return _count(session, action, key, per, since=until) <= limit


def _count(session: Session, action: str, key: str, per: timedelta, *, since: str | None) -> int:
    recent: list[ColumnElement[bool]] = [
        PlatformEvent.recorded_at > func.clock_timestamp() - per,
        PlatformEvent.detail["key"].astext == key,
    ]
    if since is not None:
        last = select(func.max(PlatformEvent.recorded_at)).where(PlatformEvent.action == since, *recent)
        recent.append(PlatformEvent.recorded_at > func.coalesce(last.scalar_subquery(), func.to_timestamp(0)))
    counted = select(func.count()).select_from(PlatformEvent)
    return session.scalar(counted.where(PlatformEvent.action == action, *recent)) or 0


def _living(token: str) -> list[ColumnElement[bool]]:
    return [
        OperatorSession.token_hash == sessions.digest(token),
        OperatorSession.expires_at > func.now(),
        OperatorSession.seen_at > func.now() - IDLE,
    ]
