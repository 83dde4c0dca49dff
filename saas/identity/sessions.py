"""Sessions of browsers: an opaque token outside, its digest in a row, the database's clock for both limits."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, delete, exists, func, or_, select
from sqlalchemy.orm import joinedload

from saas.db.session import db
from saas.identity import seals
from saas.identity.actor import Actor, Granted
from saas.identity.models import Grant, Idempotency, Practitioner, RateCount, User, WebSession

STAFF_IDLE = timedelta(minutes=30)
VISITOR_IDLE = timedelta(minutes=60)
ABSOLUTE = timedelta(hours=12)
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
    """A living session, and whether it was last noted as in use more than a moment ago."""

    session: WebSession
    is_stale: bool


def find(token: str) -> Found | None:
    """The living session of a token with its user, grants, roles and units, in one statement."""
    row = db.session.execute(_living(token)).unique().one_or_none()
    return Found(row[0], row[1]) if row is not None else None


def _living(token: str) -> Select[WebSession, bool]:
    idle = case((WebSession.user_id.is_(None), VISITOR_IDLE), else_=STAFF_IDLE)
    user = joinedload(WebSession.user)
    grants = user.joinedload(User.grants)
    return (
        select(WebSession, WebSession.seen_at < func.now() - TOUCH_AFTER)
        .outerjoin(User, WebSession.user_id == User.id)
        .where(
            WebSession.token_hash == digest(token),
            WebSession.expires_at > func.now(),
            WebSession.seen_at > func.now() - idle,
            or_(WebSession.user_id.is_(None), usable()),
        )
        .options(user.joinedload(User.person), grants.joinedload(Grant.role), grants.joinedload(Grant.unit))
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
        created_at=func.now(),
        seen_at=func.now(),
        expires_at=func.now() + ABSOLUTE,
    )
    db.session.add(session)
    db.session.flush()
    return session


def end(session: WebSession) -> None:
    """End one session at once."""
    db.session.delete(session)


def end_all(user: User) -> None:
    """End every session of a user: after a new password, another role, or when the account is closed."""
    db.session.execute(delete(WebSession).where(WebSession.user_id == user.id))


def sweep() -> None:
    """Delete what has run out: sessions, kept answers and counts. Nothing here is needed afterwards."""
    yesterday = func.now() - KEPT
    db.session.execute(delete(WebSession).where(WebSession.expires_at < func.now()))
    db.session.execute(delete(Idempotency).where(Idempotency.created_at < yesterday))
    db.session.execute(delete(RateCount).where(RateCount.window_start < yesterday))


def actor_of(user: User, *, address: str | None = None, request_id: str | None = None) -> Actor:
    """The actor a user is: name of the person, roles as granted at units; a grant not ours counts for nothing."""
    grants = tuple(granted(grant) for grant in user.grants if seals.is_intact(grant))
    return Actor(user.id, user.person.name, "staff", grants, address, request_id, user.username)


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
