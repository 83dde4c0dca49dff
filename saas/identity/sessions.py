"""Sessions of browsers: an opaque token outside, its digest in a row, the database's clock for both limits."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, delete, exists, func, or_, select
from sqlalchemy.orm import joinedload

from saas.db.session import db
from saas.identity import seals
from saas.identity.actor import SYSTEM, Actor, Granted
from saas.identity.devices import LONGEST
from saas.identity.models import Grant, Idempotency, Practitioner, RateCount, TryCount, User, WebSession
from saas.settings import remembering
from saas.settings import services as settings
from saas.settings.models import ConfigStamp

FULL = "full"
FRESH = timedelta(minutes=5)
UNFINISHED = timedelta(minutes=15)
"""How long somebody may take from the password to the end of signing in."""
TOUCH_AFTER = timedelta(minutes=1)
KEPT = timedelta(days=1)
ZONE_NAME = "Asia/Shanghai"


def new_token() -> str:
    """256 random bits, as 43 characters that a cookie can carry."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """What the database keeps of a token: its SHA-256."""
    return hashlib.sha256(token.encode()).digest()


@dataclass(frozen=True)
class Found:
    """A living session, whether it was last noted as in use more than a moment ago, and whether its proof is fresh."""

    session: WebSession
    is_stale: bool
    is_fresh: bool


def find(token: str) -> Found | None:
    """The living session of a token with its user, grants, roles and units, in one statement.

    The same statement says which configuration of the city the session of the database works with.
    """
    row = db.session.execute(_with_user(), {"token_hash": digest(token)}).unique().one_or_none()
    if row is None:
        return None
    session, is_stale, is_fresh, stamp = row
    remembering.begin(stamp)
    return Found(session, is_stale, is_fresh)


@cache
def _with_user() -> Select[WebSession, bool, bool, UUID]:
    """The statement every request begins with, put together once."""
    user = joinedload(WebSession.user)
    grants = user.joinedload(User.grants)
    is_fresh = func.coalesce(WebSession.proved_at > func.now() - FRESH, False)
    stamp = select(ConfigStamp.stamp).scalar_subquery()
    return (
        select(WebSession, WebSession.seen_at < func.now() - TOUCH_AFTER, is_fresh, stamp)
        .outerjoin(User, WebSession.user_id == User.id)
        .where(
            WebSession.token_hash == bindparam("token_hash"),
            or_(WebSession.user_id.is_(None), usable()),
            *is_living(),
        )
        .options(user.joinedload(User.person), grants.joinedload(Grant.role), grants.joinedload(Grant.unit))
    )


def is_living() -> tuple[ColumnElement[bool], ...]:
    """The conditions under which a session opens anything: the city's limits, by the database's clock."""
    staff, visitors = (settings.expression(f"identity.{who}idle_minutes") for who in ("", "visitor_"))
    idle = case((WebSession.user_id.is_(None), visitors), else_=staff)
    return (
        WebSession.expires_at > func.now(),
        WebSession.seen_at > func.now() - func.make_interval(0, 0, 0, 0, 0, idle),
    )


def usable() -> ColumnElement[bool]:
    """Whether an account may be used now: switched on, not ended, and its entry in a register, if any, valid."""
    lapsed = exists().where(
        Practitioner.user_id == User.id, Practitioner.valid_until < func.date(func.timezone(ZONE_NAME, func.now()))
    )
    return and_(User.active, or_(User.expires_at.is_(None), User.expires_at > func.now()), ~lapsed)


def touch(found: Found) -> None:
    """Note that the session is in use; one seen a moment ago is left alone."""
    if found.is_stale:
        found.session.seen_at = func.now()


def start(token: str, *, user: User | None = None, data: dict[str, Any] | None = None) -> WebSession:
    """Begin a session under a token; dead ones are swept on the way. Flushes for the database's times."""
    sweep()
    session = WebSession(
        token_hash=digest(token),
        user_id=user.id if user else None,
        data=data or {},
        stage=FULL,
        factors=[],
        created_at=func.now(),
        seen_at=func.now(),
        expires_at=func.now() + _absolute(),
    )
    db.session.add(session)
    db.session.flush()
    return session


def rotate(session: WebSession) -> str:
    """Give a session another token: the old one opens nothing from now on."""
    token = new_token()
    session.token_hash = digest(token)
    return token


def set_stage(session: WebSession, stage: str) -> None:
    """Note what is still owed; who owes nothing has the whole time from now, the others a quarter of an hour."""
    session.stage = stage
    session.expires_at = func.now() + (_absolute() if stage == FULL else UNFINISHED)


def note_device(session: WebSession, *, address: str | None, agent: str | None) -> None:
    """Remember where a session was begun."""
    session.address, session.agent = address, (agent or "")[:LONGEST]


def _absolute() -> timedelta:
    return timedelta(hours=settings.get("identity.session_hours"))


def end(session: WebSession) -> None:
    """End one session at once."""
    db.session.delete(session)


def end_all(user: User, *, but: WebSession | None = None) -> int:
    """End every session of a user, or all but one: how many there were."""
    ended = delete(WebSession).where(WebSession.user_id == user.id)
    if but is not None:
        ended = ended.where(WebSession.id != but.id)
    return len(db.session.scalars(ended.returning(WebSession.id)).all())


def end_oldest(user: User, *, keep: int) -> int:
    """End the living sessions of a user beyond the newest so many: how many there were."""
    living = select(WebSession.id).where(WebSession.user_id == user.id, WebSession.stage == FULL, *is_living())
    beyond = living.order_by(WebSession.created_at.desc(), WebSession.id.desc()).offset(keep)
    ended = delete(WebSession).where(WebSession.id.in_(beyond)).returning(WebSession.id)
    return len(db.session.scalars(ended).all())


def sweep() -> None:
    """Delete what has run out: sessions, kept answers and counts. Nothing here is needed afterwards."""
    yesterday = func.now() - KEPT
    db.session.execute(delete(WebSession).where(WebSession.expires_at < func.now()))
    db.session.execute(delete(Idempotency).where(Idempotency.created_at < yesterday))
    db.session.execute(delete(RateCount).where(RateCount.window_start < yesterday))
    db.session.execute(delete(TryCount).where(TryCount.counted_at < yesterday))


def actor_of(user: User, *, by: Actor = SYSTEM) -> Actor:
    """The actor a user is: name of the person, roles as granted at units; a grant not ours counts for nothing.

    ``by`` is who asked until now: the address, the request and the browser stay.
    """
    grants = tuple(granted(grant) for grant in user.grants if seals.is_intact(grant))
    return Actor(user.id, user.person.name, "staff", grants, by.address, by.request_id, user.username, by.agent)


def granted(grant: Grant) -> Granted:
    """What a grant gives: the role's permissions over the scope of the unit."""
    return Granted(
        role=grant.role.code,
        role_title=grant.role.title,
        path=grant.unit.scope,
        unit_id=grant.unit.id,
        unit_name=grant.unit.name,
        permissions=frozenset(grant.role.permissions),
        clearance=grant.role.clearance,
    )
