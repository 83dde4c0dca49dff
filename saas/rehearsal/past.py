"""The city's own cases as traces, in few statements; what was entered is opened only by who asks for it."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import case, null, select

from saas import clock
from saas.cases.clock_models import Clock
from saas.cases.models import Case, Step
from saas.crypto import sealing
from saas.db.session import db
from saas.workflow.clocks import Entry
from saas.workflow.replay import Taken

BATCH = 500
INPUT = "step_taken.input"


class Entered(Mapping[str, Any]):
    """What was entered in a step, unsealed when somebody looks at it."""

    __slots__ = ("_blob", "_id", "_values")

    def __init__(self, step_id: UUID, blob: bytes | None) -> None:
        """Remember the ciphertext."""
        self._id, self._blob = step_id, blob
        self._values: dict[str, Any] | None = None if blob else {}

    def _opened(self) -> dict[str, Any]:
        if self._values is None:
            assert self._blob is not None
            self._values = json.loads(sealing.unseal(INPUT, self._id, self._blob))
        return self._values

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - any JSON value
        """One value."""
        return self._opened()[name]

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._opened())

    def __len__(self) -> int:
        """How many values."""
        return len(self._opened())


@dataclass(frozen=True)
class Limit:
    """A limit as it is stored with its case."""

    rule: Mapping[str, Any]
    due_on: date
    paused: bool


@dataclass
class Past:
    """A case as it went: its steps for replay and for limits, the states it passed, its stored limits."""

    number: str
    version_id: UUID
    closed: bool
    taken: list[Taken] = field(default_factory=list)
    log: list[Entry] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    limits: dict[str, Limit] = field(default_factory=dict)


def read_cases(process: str, entered: Collection[str] | None, limits: Collection[str]) -> Iterator[list[Past]]:
    """All cases of a process in batches, each read with three statements.

    Args:
        process: Its key.
        entered: The steps whose values may be asked for; None is all.
        limits: The stored limits that are wanted.
    """
    after: UUID | None = None
    while found := _batch(process, after):
        after = next(reversed(found))
        _add_steps(found, entered)
        if limits:
            _add_limits(found, limits)
        yield list(found.values())


def _batch(process: str, after: UUID | None) -> dict[UUID, Past]:
    query = select(Case.id, Case.number, Case.process_id, Case.closed_at).where(Case.process_key == process)
    if after is not None:
        query = query.where(Case.id > after)
    rows = db.session.execute(query.order_by(Case.id).limit(BATCH))
    return {id_: Past(number, version, closed is not None) for id_, number, version, closed in rows}


def _add_steps(found: Mapping[UUID, Past], entered: Collection[str] | None) -> None:
    # A blob that nobody will open is not carried from the database either.
    blob = Step.input_sealed if entered is None else case((Step.action.in_(entered), Step.input_sealed), else_=null())
    named = (Step.action, Step.title, Step.to_state, Step.actor_id, Step.happened_at, Step.void)
    columns = (Step.case_id, Step.id, *named, blob)
    query = select(*columns).where(Step.case_id.in_(found)).order_by(Step.case_id, Step.seq)
    for case_id, id_, action, title, to_state, actor_id, happened_at, void, sealed in db.session.execute(query):
        past, values, day = found[case_id], Entered(id_, sealed), clock.local(happened_at).date()
        past.taken.append(Taken(action, actor_id, values, day, to_state))
        if void != "withdrawn":
            past.log.append(Entry(action, day, values, title, happened_at, void=void is not None))
        past.states.append(to_state)


def _add_limits(found: Mapping[UUID, Past], limits: Collection[str]) -> None:
    columns = (Clock.case_id, Clock.code, Clock.rule, Clock.due_on, Clock.paused)
    query = select(*columns).where(Clock.case_id.in_(found), Clock.code.in_(limits))
    for case_id, code, rule, due_on, paused in db.session.execute(query.order_by(Clock.case_id, Clock.code)):
        found[case_id].limits[code] = Limit(rule, due_on, paused)
