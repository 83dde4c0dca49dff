"""A case and who acts in it as the pure engine sees them."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from saas.cases import access, queries
from saas.cases.models import Case, Step
from saas.identity.actor import Actor
from saas.workflow.engine import ActorView, CaseView, Holding, Past, Running, Standing
from saas.workflow.engine_acts import EXTEND
from saas.workflow.engine_signing import gathered
from saas.workflow.engine_values import OUTER
from saas.workflow.process import Definition
from saas.workflow.queries import get_definition

SIGNING = frozenset({"@sign", "@cosign"})
"""The verbs whose entries the engine reads again."""


class Held(Mapping[str, Holding]):
    """Who has taken what waits, read from the database only when the engine asks."""

    def __init__(self, case: Case) -> None:
        """Remember the case."""
        self._case = case
        self._found: dict[str, Holding] | None = None

    def __getitem__(self, region: str) -> Holding:
        """Who has the work of a region, or of the case itself."""
        return self._read()[region]

    def __iter__(self) -> Iterator[str]:
        """The regions where work waits."""
        return iter(self._read())

    def __len__(self) -> int:
        """How much work waits."""
        return len(self._read())

    def _read(self) -> dict[str, Holding]:
        if self._found is None:
            self._found = {
                task.region or OUTER: Holding(_text(task.assignee_id), _text(task.owner_id))
                for task in queries.list_open_tasks(self._case)
            }
        return self._found


def view_of(case: Case) -> CaseView:
    """The case as it stands; what was entered is opened only where somebody signed."""
    definition = get_definition(case.process_id)
    log = tuple(_past(step) for step in case.steps)
    signed, asked = gathered(definition, log)
    return CaseView(
        state=case.state,
        flags=frozenset(case.flags),
        handler_id=_text(case.handler_id),
        trace=tuple((past.action, past.by) for past in log if past.void != "withdrawn"),
        data=case.data,
        regions=case.regions or {},
        signed=signed,
        asked=asked,
        log=log,
        held=Held(case),
        clocks=_running(case, definition),
        closed=case.closed_at is not None,
    )


def actor_view(case: Case, by: Actor) -> ActorView:
    """The actor as the engine sees him at this case."""
    return ActorView(_text(by.id), access.roles_on(by, case))


def standing_of(case: Case) -> dict[str, Any]:
    """Where the case stands, as a step keeps it for going back."""
    return {
        "state": case.state,
        "regions": dict(case.regions or {}),
        "flags": list(case.flags),
        "handler": _text(case.handler_id),
    }


def _past(step: Step) -> Past:
    basis = step.basis or {}
    before = basis.get("before")
    return Past(
        action=step.action,
        by=_text(step.actor_id),
        from_state=step.from_state,
        to_state=step.to_state,
        region=step.region,
        void=step.void or "",
        issued=bool(basis.get("issued")),
        before=_standing(before) if before else None,
        note=step.input if step.action in SIGNING else {},
    )


def _standing(before: Mapping[str, Any]) -> Standing:
    return Standing(before["state"], before["regions"], frozenset(before["flags"]), before["handler"])


def _running(case: Case, definition: Definition) -> dict[str, Running]:
    extended = sum(step.action == EXTEND and step.void is None for step in case.steps)
    rows = {row.code: row for row in case.clocks if row.stopped_on is None and row.code in definition.clocks}
    return {code: Running(row.paused, extended) for code, row in rows.items()}


def _text(id_: UUID | None) -> str | None:
    return str(id_) if id_ else None
