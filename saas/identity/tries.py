"""A try at the door, counted before it is evaluated; every failure is recorded as what it is, and told as one."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, select

from saas.audit import services as audit
from saas.audit.actions import IdentityAction
from saas.db.session import db
from saas.errors import InvalidInputError, TooManyTriesError
from saas.identity import dormancy, factors, limits, services, sessions
from saas.identity.actor import Actor
from saas.identity.devices import as_detail
from saas.identity.models import User
from saas.settings import services as settings

TRIES_PER = timedelta(minutes=15)
NETWORK_TRIES, NETWORK_TRIES_IN_STORM, CITY_TRIES = 100, 10, 1000
SECOND_TRIES, SECOND_TRIES_PER = 20, timedelta(hours=1)

WRONG = (
    "账号或者密码不正确，请核对后重新输入。连续输错几次后，这个账号在本网络会暂停登录10至30分钟。"
    "忘记密码的，请联系本单位的系统管理员。"
)
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

    @property
    def candidate(self) -> Known | None:
        """The account the try may be for; None when there is none, or none that is let in just now."""
        return self.known if self.announced.allowed else None


def knock(username: str, *, by: Actor) -> Knock:
    """Count a try of a name, against the account, the network and the city.

    Raises:
        TooManyTriesError: Too many failures from this network, or in the city.
    """
    place = limits.network(by.address)
    counts = (limits.key_of("sign-in network", place), limits.key_of("sign-in city"))
    account = limits.key_of("sign-in", username.casefold(), place)
    with db.session.get_bind().engine.begin() as connection:
        network, city = (limits.count(connection, key, TRIES_PER) for key in counts)
        is_free = network <= (NETWORK_TRIES if city <= CITY_TRIES else NETWORK_TRIES_IN_STORM)
        announced = limits.announce(connection, account, *_lock()) if is_free else None
        known = _look_up(connection, username)
    if announced is None:
        detail = {"reason": "limit", **as_detail(by.agent)}
        audit.record_apart(IdentityAction.SIGN_IN_FAILED, ("app_user", "-"), by=by, detail=detail)
        raise TooManyTriesError(TOO_MANY)
    return Knock(account, counts, announced, known)


def refused(knock: Knock, *, by: Actor) -> InvalidInputError:
    """Record a failure as what it is; the answer says the same of all of them."""
    action = IdentityAction.LOCKED if knock.announced.is_last else IdentityAction.SIGN_IN_FAILED
    reason = "wrong" if knock.announced.allowed else "locked"
    subject = ("app_user", knock.known.id if knock.known else "-")
    detail = {"reason": reason, "factor": factors.PASSWORD, **as_detail(by.agent)}
    audit.record_apart(action, subject, by=by, detail=detail)
    return InvalidInputError({"password": WRONG}, WRONG)


def count_code(user: User, *, by: Actor) -> str:
    """Count a try of a code, per network as at the door, and for the account wherever it comes from: the key.

    Raises:
        TooManyTriesError: There were too many.
    """
    key = limits.key_of("second", str(user.id), limits.network(by.address))
    whole = limits.key_of("second of all networks", str(user.id))
    with db.session.get_bind().engine.begin() as connection:
        announced = limits.announce(connection, key, *_lock())
        is_free = limits.count(connection, whole, SECOND_TRIES_PER) <= SECOND_TRIES
    if not (announced.allowed and is_free):
        detail = {"reason": "locked", "factor": factors.TOTP, **as_detail(by.agent)}
        who = sessions.actor_of(user, by=by)
        audit.record_apart(IdentityAction.SECOND_FACTOR_FAILED, ("app_user", user.id), by=who, detail=detail)
        raise TooManyTriesError(LOCKED)
    return key


def count_own(user: User, *, by: Actor) -> tuple[str, limits.Try]:
    """Count a try of the own password by somebody who is in: the key, and what became of the try."""
    key = limits.key_of("again", str(user.id), limits.network(by.address))
    with db.session.get_bind().engine.begin() as connection:
        return key, limits.announce(connection, key, *_lock())


def _lock() -> tuple[ColumnElement[int], ColumnElement[int]]:
    return settings.expression("identity.lock_failures"), settings.expression("identity.lock_minutes")


def _look_up(connection: Connection, username: str) -> Known | None:
    mine = User.username == username[: services.USERNAME_LENGTH]
    found = connection.execute(
        select(User.id, User.password_hash, dormancy.overdue()).where(mine, sessions.usable())
    ).one_or_none()
    return Known(*found) if found else None
