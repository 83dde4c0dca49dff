"""Recording what was done, in the transaction that does it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from saas import clock
from saas.audit.models import AuditEvent
from saas.db.session import db

if TYPE_CHECKING:
    from saas.cases.models import Case
    from saas.identity.actor import Actor


Subject = object | tuple[str, object]


def record(
    action: str,
    subject: Subject,
    *,
    by: "Actor",
    case: "Case | None" = None,
    detail: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Add an event to the session; it is committed, or not, together with what it tells of.

    ``subject`` is a row or a pair of type and id. ``detail`` holds ids and old and new values, no secrets.
    """
    event = build(action, subject, by=by, case=case, detail=detail)
    db.session.add(event)
    return event


def record_apart(action: str, subject: Subject, *, by: "Actor", detail: Mapping[str, Any] | None = None) -> None:
    """Write an event in a transaction of its own: for what is refused, and would be rolled back with it."""
    with Session(db.session.get_bind().engine) as own:
        own.add(build(action, subject, by=by, detail=detail))
        own.commit()


def build(
    action: str,
    subject: Subject,
    *,
    by: "Actor",
    case: "Case | None" = None,
    detail: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """The event as a row that belongs to no session yet."""
    subject_type, subject_id = identify(subject)
    return AuditEvent(
        action=str(action),
        subject_type=subject_type,
        subject_id=subject_id,
        case_id=case.id if case is not None else None,
        actor_id=by.id,
        actor_name=by.name,
        unit_path=case.unit_path if case is not None else by.unit_path,
        address=by.address,
        request_id=by.request_id,
        detail=dict(detail or {}),
        happened_at=clock.now(),
    )


def identify(subject: Subject) -> tuple[str, str]:
    """The type and id of a subject: its table and key, flushed when it has none yet, or the pair as given."""
    if isinstance(subject, tuple):
        kind, key = subject
        return str(kind), str(key)
    state = inspect(subject, raiseerr=True)
    if state.identity is None:
        db.session.flush([subject])
    return state.mapper.local_table.name, "/".join(
        str(part) for part in state.mapper.primary_key_from_instance(subject)
    )
