"""Who saw a person: the events that carry one of the person's rows, or belong to one of the person's cases."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, cast, false, func, or_, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from saas import clock
from saas.audit import services as audit
from saas.audit.models import AuditEvent
from saas.cases import queries as cases
from saas.db.session import db
from saas.errors import InvalidInputError
from saas.identity.actor import Actor
from saas.oversight.actions import OversightAudit

ID_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
WHICH = "请填写身份证号码或者手机号码，至少填一项。"


@dataclass(frozen=True)
class Question:
    """Whom somebody may have seen, and in which days, both included."""

    id_number: str | None = None
    phone: str | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class Seen:
    """The events found, newest first, how many there are in all, and in how many cases the person appears."""

    events: Sequence[AuditEvent]
    total: int
    cases: int


def who_saw(question: Question, *, by: Actor, scopes: Sequence[str] = ("",), limit: int | None = 200) -> Seen:
    """Who saw or touched the person, within the paths the asker answers for; the question itself is recorded.

    Raises:
        InvalidInputError: Neither number is given.
    """
    if not (question.id_number or question.phone):
        raise InvalidInputError({"id_number": WHICH})
    found = cases.parties_of_person(id_number=question.id_number, phone=question.phone)
    parties, case_ids = [party for party, _ in found], sorted({case for _, case in found}, key=str)
    conditions = (_about(parties, case_ids), _within(scopes), *_days(question))
    total = db.session.scalar(select(func.count()).select_from(AuditEvent).where(*conditions)) or 0
    newest = select(AuditEvent).where(*conditions).order_by(AuditEvent.recorded_at.desc(), AuditEvent.id.desc())
    events = db.session.scalars(newest.limit(limit)).all()
    detail = {"by": "id_number" if question.id_number else "phone", "total": total, "cases": len(case_ids)}
    audit.record(OversightAudit.PERSON_ASKED, ("audit_event", "person"), by=by, detail=detail, persons=parties)
    return Seen(events, total, len(case_ids))


def told_apart(line: str) -> tuple[str | None, str | None]:
    """A line as an ID number, or else as a telephone number."""
    given = line.strip().upper()
    return (given, None) if ID_NUMBER.fullmatch(given) else (None, given or None)


def row_of(event: AuditEvent) -> dict[str, Any]:
    """An event as the answer tells of it."""
    return {
        "recorded_at": event.recorded_at.isoformat(),
        "who": event.actor_name,
        "actor_id": str(event.actor_id) if event.actor_id else None,
        "action": event.action,
        "outcome": event.outcome,
        "case_id": str(event.case_id) if event.case_id else None,
        "unit_path": event.unit_path,
        "address": event.address,
    }


def _about(parties: Sequence[UUID], case_ids: Sequence[UUID]) -> ColumnElement[bool]:
    """Both halves are looked up by an index; the second one's has only events that name persons."""
    named = AuditEvent.persons.overlap(cast(list(parties), ARRAY(Uuid))) & text("audit_event.persons <> '{}'")
    return or_(AuditEvent.case_id.in_(case_ids), named)


def _within(scopes: Sequence[str]) -> ColumnElement[bool]:
    paths = [func.coalesce(AuditEvent.unit_path, "").startswith(scope, autoescape=True) for scope in scopes]
    return or_(false(), *paths)


def _days(question: Question) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if question.first_day:
        found.append(AuditEvent.recorded_at >= _start(question.first_day))
    if question.last_day:
        found.append(AuditEvent.recorded_at < _start(question.last_day) + timedelta(days=1))
    return found


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.ZONE)
