"""What a dossier tells of a case besides its papers, as plain values: for its last pages and for its embedded data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from saas import clock
from saas.audit.models import AuditEvent
from saas.cases.actions import VOID_WORDS
from saas.cases.clock_models import Clock
from saas.cases.models import Case, Step
from saas.documents.models import Document
from saas.dossier.changes import Sealed, title_of, words_of
from saas.dossier.grounds import grounds
from saas.workflow.process import Definition

Row = dict[str, Any]


@dataclass(frozen=True)
class History:
    """How the case went.

    Attributes:
        timeline: Every step: ``seq``, ``at``, ``title``, ``actor``, ``role``, ``state``, ``void``.
        clocks: Every limit: its days, ``law``, and ``trail``, the sentences that tell how its last day was counted.
        decisions: What steps rested on: ``law`` of the step, rows of ``tables``, dated ``numbers``.
        changes: The audited changes, each with its place under a seal.
        seals: The seals over these changes: number, root and head, as they are put down outside the database.
        void: Documents that were made void, with the reason; they are not bound.
    """

    timeline: Sequence[Row]
    clocks: Sequence[Row]
    decisions: Sequence[Row]
    changes: Sequence[Row]
    seals: Sequence[Row]
    void: Sequence[Row]

    def told(self) -> Row:
        """As the embedded data has it."""
        return asdict(self)


@dataclass(frozen=True)
class Rows:
    """What it is made from besides the case."""

    definition: Definition
    events: Iterable[AuditEvent]
    sealed: Sealed
    documents: Iterable[Document]


def history(case: Case, rows: Rows) -> History:
    """The history of a case; the same rows always give the same values."""
    return History(
        timeline=[_step(step, rows.definition) for step in case.steps],
        clocks=[_clock(row) for row in case.clocks],
        decisions=grounds(case, rows.definition),
        changes=[_change(event, rows.sealed) for event in rows.events],
        seals=[dict(row) for row in rows.sealed.seals],
        void=[_void(document) for document in rows.documents if document.state == "void"],
    )


def _step(step: Step, definition: Definition) -> Row:
    reached = definition.states.get(step.to_state)
    return {
        "seq": step.seq,
        "at": clock.local(step.happened_at).isoformat(timespec="minutes"),
        "title": step.title,
        "actor": step.actor_name,
        "role": step.actor_role,
        "state": reached.title if reached else step.to_state,
        "void": VOID_WORDS.get(step.void or "", ""),
    }


def _clock(row: Clock) -> Row:
    return {
        "code": row.code,
        "title": row.title,
        "started_on": str(row.started_on),
        "due_on": str(row.due_on),
        "stopped_on": str(row.stopped_on) if row.stopped_on else None,
        "paused": row.paused,
        "provisional": row.provisional,
        "law": str(row.rule.get("law") or ""),
        "trail": [str(line) for line in row.trail],
    }


def _change(event: AuditEvent, sealed: Sealed) -> Row:
    place: Mapping[str, Any] = sealed.places.get(event.id, {})
    return {
        "id": str(event.id),
        "at": clock.local(event.happened_at).isoformat(timespec="seconds"),
        "recorded": clock.local(event.recorded_at).isoformat(timespec="seconds"),
        "action": event.action,
        "title": title_of(event.action),
        "actor": event.actor_name,
        "detail": words_of(event.detail),
        "seal": place.get("seal"),
        "leaf": place.get("leaf"),
        "leaf_digest": place.get("leaf_digest"),
    }


def _void(document: Document) -> Row:
    return {
        "title": document.title,
        "number": document.number,
        "reason": document.void_reason or "",
        "by": document.voided_by or "",
        "on": str(clock.local(document.voided_at).date()) if document.voided_at else "",
    }
