"""Reading how a city's record stands, and who answers for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from saas.audit.alerts import Told
from saas.audit.models import AuditAnchored, AuditEvent, AuditSeal, AuditVerification
from saas.audit.seals import LATE, is_sealed, last_seal
from saas.db.session import current_tenant, db
from saas.identity.models import Grant, Role, User

ALARMING = 120  # seconds an event may stay without a seal


@dataclass(frozen=True)
class Standing:
    """How sealing stands in a city.

    Attributes:
        seal: The number of the newest seal, 0 while there is none.
        sealed_at: When it was made.
        waiting: How many events are under no seal yet.
        oldest_seconds: For how long the oldest of them has been waiting.
        unanchored: How many seals of the city's own were not put down outside the database yet.
        alarm: Whether somebody has to look: the worker does not run, or something holds sealing up.
    """

    seal: int
    sealed_at: datetime | None
    waiting: int
    oldest_seconds: int
    unanchored: int

    @property
    def alarm(self) -> bool:
        """Whether an event waits for longer than it may."""
        return self.oldest_seconds > ALARMING


def standing() -> Standing:
    """How sealing stands in the session's city."""
    last = last_seal()
    age = func.extract("epoch", func.clock_timestamp() - func.min(AuditEvent.recorded_at))
    waiting = select(func.count(), func.coalesce(func.floor(age), 0)).where(~is_sealed())
    if last is not None:
        waiting = waiting.where(AuditEvent.recorded_at > last.last_at - LATE)
    count, seconds = db.session.execute(waiting).one()
    unanchored = db.session.scalar(select(func.count()).where(*_unanchored())) or 0
    return Standing(last.n if last else 0, last.sealed_at if last else None, count, max(int(seconds), 0), unanchored)


def is_anything_waiting() -> bool:
    """Whether an event is under no seal."""
    return standing().waiting > 0


def list_unanchored(limit: int) -> Sequence[AuditSeal]:
    """The city's own seals that were not put down outside yet, oldest first."""
    return db.session.scalars(select(AuditSeal).where(*_unanchored()).order_by(AuditSeal.n).limit(limit)).all()


def newest_own_seal() -> int:
    """The number of the newest seal that the city made itself, 0 while there is none."""
    newest = select(func.coalesce(func.max(AuditSeal.n), 0)).where(AuditSeal.city_id == current_tenant().id)
    return db.session.scalar(newest) or 0


def _unanchored() -> tuple[ColumnElement[bool], ...]:
    newest = select(func.coalesce(func.max(AuditAnchored.seal_n), 0)).scalar_subquery()
    return AuditSeal.n > newest, AuditSeal.city_id == current_tenant().id


def list_recent(span: timedelta, limit: int) -> list[Told]:
    """What was recorded lately, by the database's clock, newest first."""
    columns = [getattr(AuditEvent, name) for name in Told.__dataclass_fields__]
    query = select(*columns).where(AuditEvent.recorded_at > func.now() - span).order_by(AuditEvent.recorded_at.desc())
    return [Told(**row._mapping) for row in db.session.execute(query.limit(limit))]  # noqa: SLF001 - Row's public mapping


def list_recent_of(action: str, span: timedelta) -> Sequence[AuditEvent]:
    """The events of an action that were recorded lately, by the database's clock, oldest first."""
    query = select(AuditEvent).where(AuditEvent.action == action, AuditEvent.recorded_at > func.now() - span)
    return db.session.scalars(query.order_by(AuditEvent.recorded_at)).all()


def list_verifications(limit: int = 20) -> Sequence[AuditVerification]:
    """The verifications made last, newest first."""
    newest = AuditVerification.made_at.desc()
    return db.session.scalars(select(AuditVerification).order_by(newest, AuditVerification.id).limit(limit)).all()


def holders(permission: str) -> Sequence[UUID]:
    """The active accounts that hold a permission anywhere in the city."""
    granted = (
        select(Grant.user_id)
        .join(Role, Grant.role_code == Role.code)
        .join(User, Grant.user_id == User.id)
        .where(Role.permissions.contains([permission]), User.active)
    )
    return db.session.scalars(granted.distinct().order_by(Grant.user_id)).all()


def list_seals(first: datetime, until: datetime) -> Sequence[AuditSeal]:
    """The seals made in a span of time, oldest first."""
    within = (AuditSeal.sealed_at >= first) & (AuditSeal.sealed_at < until)
    return db.session.scalars(select(AuditSeal).where(within).order_by(AuditSeal.n)).all()
