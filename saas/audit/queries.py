"""Reading the audit: always within the units that the reader answers for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Select, Text, Uuid, cast, false, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from saas import clock
from saas.audit.models import AuditEvent
from saas.db.session import db
from saas.errors import NotFoundError

NAMES_PERSONS: ColumnElement[bool] = literal_column("audit_event.persons <> '{}'", Boolean)
"""The condition of the index on persons, word for word."""


@dataclass(frozen=True)
class About:
    """A person: the rows of the person in all cases, and these cases."""

    parties: Sequence[UUID]
    cases: Sequence[UUID]


@dataclass(frozen=True)
class EventFilter:
    """What to look for; None looks at everything. Days are days of the city's zone, both included."""

    scopes: Sequence[str]
    text: str | None = None
    person: str | None = None
    case_id: UUID | None = None
    action: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    about: About | None = None


@dataclass(frozen=True)
class Found:
    """The events of one page, newest first, and how many there are in all."""

    events: Sequence[AuditEvent]
    total: int


def search(wanted: EventFilter, *, offset: int = 0, limit: int | None = 50) -> Found:
    """One page of the events that match."""
    matching = _matching(wanted)
    total = db.session.execute(select(func.count()).select_from(matching.subquery())).scalar_one()
    newest = matching.order_by(AuditEvent.recorded_at.desc(), AuditEvent.id.desc())
    return Found(db.session.scalars(newest.offset(offset).limit(limit)).all(), total)


def count_cases(wanted: EventFilter) -> int:
    """To how many cases the events that match belong."""
    matching = _matching(wanted).with_only_columns(func.count(AuditEvent.case_id.distinct()))
    return db.session.scalar(matching) or 0


def list_for_case(case_id: UUID) -> Sequence[AuditEvent]:
    """All events of a case, oldest first."""
    events = select(AuditEvent).where(AuditEvent.case_id == case_id)
    return db.session.scalars(events.order_by(AuditEvent.recorded_at, AuditEvent.id)).all()


def get_event(event_id: UUID, *, scopes: Sequence[str]) -> AuditEvent:
    """One event within the reader's units.

    Raises:
        NotFoundError: There is none, or it lies elsewhere.
    """
    event = db.session.scalar(_matching(EventFilter(scopes)).where(AuditEvent.id == event_id))
    if event is None:
        raise NotFoundError
    return event


def list_actions() -> Sequence[str]:
    """The actions that occur, for the filter."""
    return db.session.scalars(select(AuditEvent.action).distinct().order_by(AuditEvent.action)).all()


def _matching(wanted: EventFilter) -> Select[AuditEvent]:
    query = select(AuditEvent).where(_within(wanted.scopes))
    for condition in _conditions(wanted):
        query = query.where(condition)
    return query


def _within(scopes: Sequence[str]) -> ColumnElement[bool]:
    inside = [AuditEvent.unit_path.startswith(scope, autoescape=True) for scope in scopes]
    # Events of no unit (a stranger at the door) belong to whoever answers for the whole city.
    if any(scope.count("/") <= 1 for scope in scopes):
        inside.append(AuditEvent.unit_path.is_(None))
    return or_(false(), *inside)


def _conditions(wanted: EventFilter) -> list[ColumnElement[bool]]:
    possible: list[tuple[object, ColumnElement[bool] | None]] = [
        (wanted.text, _mentions(wanted.text or "")),
        (wanted.person, AuditEvent.actor_name.icontains(wanted.person or "", autoescape=True)),
        (wanted.case_id, AuditEvent.case_id == wanted.case_id),
        (wanted.action, AuditEvent.action == wanted.action),
        (wanted.first_day, AuditEvent.recorded_at >= _start_of(wanted.first_day or date.min)),
        (wanted.last_day, AuditEvent.recorded_at < _start_of(wanted.last_day or date.min) + timedelta(days=1)),
        (wanted.about, _is_about(wanted.about or About((), ()))),
    ]
    return [condition for value, condition in possible if value and condition is not None]


def _is_about(person: About) -> ColumnElement[bool]:
    """Both halves are looked up by an index; the second one's has only events that name persons."""
    named = AuditEvent.persons.overlap(cast(list(person.parties), ARRAY(Uuid))) & NAMES_PERSONS
    return or_(AuditEvent.case_id.in_(person.cases), named)


def _mentions(text: str) -> ColumnElement[bool]:
    places = (AuditEvent.actor_name, AuditEvent.subject_id, cast(AuditEvent.detail, Text))
    return or_(*(place.icontains(text, autoescape=True) for place in places))


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.ZONE)
