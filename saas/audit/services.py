"""Recording what was done, in the transaction that does it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from saas import clock, redaction
from saas.audit.models import DONE, REFUSED, AuditEvent
from saas.db.session import db

if TYPE_CHECKING:
    from saas.cases.models import Case
    from saas.identity.actor import Actor


Subject = object | tuple[str, object]
REFUSAL_TOLD = "fengqiao.refusal_told"


def record(  # noqa: PLR0913 - what is told of an event is said by name
    action: str,
    subject: Subject,
    *,
    by: "Actor",
    case: "Case | None" = None,
    detail: Mapping[str, Any] | None = None,
    outcome: str = DONE,
    high: bool = False,
    persons: Sequence[UUID] = (),
) -> AuditEvent:
    """Add an event to the session; it is committed, or not, together with what it tells of.

    Args:
        action: What was done.
        subject: A row, or a pair of type and id.
        by: Who did it.
        case: The case it belongs to, whose parties were seen with it.
        detail: Ids and old and new values; no secrets and nothing personal.
        outcome: ``done`` or ``refused``.
        high: Whether the database links it to the events of high value before it as it is committed: exports,
            permissions, unmasking, deletion, configuration.
        persons: The ids of the parties that were seen, where no case says it.
    """
    event = build(action, subject, by=by, case=case, detail=detail, outcome=outcome, high=high, persons=persons)
    db.session.add(event)
    return event


def record_apart(
    action: str,
    subject: Subject,
    *,
    by: "Actor",
    detail: Mapping[str, Any] | None = None,
    outcome: str = REFUSED,
) -> None:
    """Write an event in a transaction of its own: for what is refused, and would be rolled back with it."""
    db.session.info[REFUSAL_TOLD] = True
    with Session(db.session.get_bind().engine) as own:
        own.add(build(action, subject, by=by, detail=detail, outcome=outcome))
        own.commit()


def refusal_is_told() -> bool:
    """Whether what this session refused is in the record already."""
    return bool(db.session.info.get(REFUSAL_TOLD))


def build(  # noqa: PLR0913 - as above
    action: str,
    subject: Subject,
    *,
    by: "Actor",
    case: "Case | None" = None,
    detail: Mapping[str, Any] | None = None,
    outcome: str = DONE,
    high: bool = False,
    persons: Sequence[UUID] = (),
) -> AuditEvent:
    """The event as a row that belongs to no session yet."""
    subject_type, subject_id = identify(subject)
    return AuditEvent(
        action=str(action),
        outcome=outcome,
        high=high,
        subject_type=subject_type,
        subject_id=subject_id,
        case_id=case.id if case is not None else None,
        actor_id=by.id,
        actor_name=by.name,
        unit_path=case.unit_path if case is not None else by.unit_path,
        address=by.address,
        request_id=by.request_id,
        detail=redaction.plain(detail or {}),
        persons=list(persons),
        happened_at=clock.now(),
    )


def identify(subject: Subject) -> tuple[str, str]:
    """The type and id of a subject: its table and key, flushed when it has no key yet, or the pair as given."""
    if isinstance(subject, tuple):
        kind, key = subject
        return str(kind), str(key)
    state = inspect(subject, raiseerr=True)
    if None in state.mapper.primary_key_from_instance(subject):
        db.session.flush([subject])
    key = state.mapper.primary_key_from_instance(subject)
    return state.mapper.local_table.name, "/".join(str(part) for part in key)
