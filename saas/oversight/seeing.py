"""Who saw a person: the events that carry one of the person's rows, or belong to one of the person's cases."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from saas.audit import queries
from saas.audit import services as audit
from saas.audit.models import AuditEvent
from saas.audit.queries import About, EventFilter
from saas.cases import queries as cases
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
    """The events found, newest first, how many there are in all, and in how many cases."""

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
    rows = cases.parties_of_person(id_number=question.id_number, phone=question.phone)
    person = About([party for party, _ in rows], sorted({case for _, case in rows}, key=str))
    wanted = EventFilter(scopes, first_day=question.first_day, last_day=question.last_day, about=person)
    found, count = queries.search(wanted, limit=limit), queries.count_cases(wanted)
    detail = {"field": "id_number" if question.id_number else "phone", "total": found.total, "cases": count}
    subject = ("audit_event", "person")
    audit.record(OversightAudit.PERSON_ASKED, subject, by=by, detail=detail, persons=person.parties)
    return Seen(found.events, found.total, count)


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
