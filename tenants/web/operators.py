"""Operators: making them, letting them in and out; every try stands in the platform's own record."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from saas.errors import ConflictError, InvalidInputError, TooManyTriesError
from saas.identity import limits, passwords, sessions
from tenants.models import Operator, OperatorSession, PlatformEvent
from tenants.registry import platform_session

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
TRIES = 10
TRIES_PER = timedelta(minutes=15)
TRIED, SIGNED_IN, SIGNED_OUT, CREATED = (
    f"operator.{done}" for done in ("sign_in_tried", "signed_in", "signed_out", "created")
)
WRONG = "账号或者密码不正确，请核对后重新输入。"
TOO_MANY = "尝试次数过多，请过15分钟再试。"


@dataclass(frozen=True)
class SignedIn:
    """An operator whose session lives."""

    id: UUID
    name: str
    username: str


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


def sign_in(username: str, password: str, address: str | None) -> str:
    """Check a name and password, and begin a session: its token.

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
    return _begin(found, key)


def _begin(operator: Operator, key: str) -> str:
    token = sessions.new_token()
    with platform_session() as session:
        session.execute(delete(OperatorSession).where(OperatorSession.expires_at < func.now()))
        session.add(
            OperatorSession(
                token_hash=sessions.digest(token), operator_id=operator.id, expires_at=func.now() + ABSOLUTE
            )
        )
        session.add(PlatformEvent(action=SIGNED_IN, actor_name=operator.name, detail={"key": key}))
    return token


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
        known = session.scalar(touched.returning(OperatorSession.operator_id))
        operator = session.scalar(select(Operator).where(Operator.id == known, Operator.active)) if known else None
        return SignedIn(operator.id, operator.name, operator.username) if operator else None


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
