"""What a citizen sees of a case: words, phases, limits, papers and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from blueprints.portal import queries, services
from saas import clock, text
from saas.cases import engine_view, timing
from saas.cases.clock_models import Clock
from saas.cases.models import Case
from saas.documents.models import Document
from saas.identity.actor import CITIZEN_ROLE, Actor
from saas.workflow import engine
from saas.workflow.process import Definition, Transition
from saas.workflow.queries import get_definition


@dataclass(frozen=True)
class Paper:
    """A document that concerns the citizen; ``can_download`` for the one that is the citizen's own."""

    document: Document
    can_download: bool


def definition_of(case: Case) -> Definition:
    """The process the case runs on."""
    return get_definition(case.process_id)


def phases(case: Case) -> list[dict[str, Any]]:
    """The strip of phases with the day each was first reached; an ended case goes no further than it got."""
    definition = definition_of(case)
    days = _first_days(case, definition)
    state = definition.states[case.state]
    now = definition.phases.index(state.phase) if state.phase in definition.phases else 0
    shown = definition.phases[: now + 1] if state.end else definition.phases
    return [
        {"title": phase, "state": _mark(at, now, ended=state.end), "date": days.get(phase)}
        for at, phase in enumerate(shown)
    ]


def _mark(at: int, now: int, *, ended: bool) -> str:
    if at < now or (at == now and ended):
        return "done"
    return "current" if at == now else "todo"


def _first_days(case: Case, definition: Definition) -> dict[str, str]:
    """The day of each phase; a step from before the case was moved may have led to a state this version has not."""
    days = {definition.phases[0]: _day(case.opened_at)} if definition.phases else {}
    for step in case.steps:
        state = definition.states.get(step.to_state)
        if state and state.phase and step.drawn:
            days.setdefault(state.phase, _day(step.happened_at))
    return days


def opened_on(case: Case) -> date:
    """The day the case was opened, here."""
    return clock.local(case.opened_at).date()


def _day(moment: datetime) -> str:
    day = clock.local(moment).date()
    return f"{day.month}月{day.day}日" if day.year == clock.today().year else text.chinese_date(day)


def public_clocks(case: Case) -> list[dict[str, Any]]:
    """The limits that the citizen may see, as the component of remaining time draws them, with the reckoning."""
    return [_clock(row, case) for row in sorted(case.clocks, key=_order) if row.rule.get("public")]


def _order(row: Clock) -> tuple[bool, Any, str]:
    return row.stopped_on is not None, row.due_on, row.code


def _clock(row: Clock, case: Case) -> dict[str, Any]:
    reading = timing.reading_of(row, case)
    return {
        "title": row.title,
        "state": reading.state,
        "left_text": reading.left_text if reading.stopped_on is None else None,
        "due_text": f"到期日 {text.chinese_date(reading.due_on)}",
        "day": text.chinese_date(reading.due_on),
        "law": row.rule.get("law"),
        "provisional": reading.provisional,
        "running": reading.stopped_on is None,
        "trail": list(reading.trail),
    }


def expected(case: Case) -> dict[str, Any] | None:
    """The running public limit that ends last: by then the citizen hears of the present part of the work."""
    running = [shown for shown in public_clocks(case) if shown["running"]]
    return running[-1] if running else None


def papers(case: Case, *, proven: bool) -> list[Paper]:
    """The documents of steps that the citizen took or was told of, oldest first."""
    definition = definition_of(case)
    steps: dict[UUID | None, str] = {step.id: step.action for step in case.steps}
    told = {one.id for one in definition.transitions if one.message and one.message.to == CITIZEN_ROLE}
    own = {one.id for one in definition.opens if CITIZEN_ROLE in one.by}
    own |= {one.id for one in definition.transitions if CITIZEN_ROLE in one.by}
    return [
        Paper(document, proven and document.state == "ready" and steps.get(document.step_id) in own)
        for document in queries.list_documents(case)
        if steps.get(document.step_id) in told | own
    ]


def open_actions(case: Case, *, by: Actor) -> Sequence[Transition]:
    """The steps that the process leaves to the citizen in the case's present state."""
    view = engine_view.actor_view(case, services.as_citizen(by, None))
    found = engine.available(definition_of(case), engine_view.view_of(case), view)
    return [one.action for one in found if one.allowed and CITIZEN_ROLE in one.action.by]


def is_open(case: Case) -> bool:
    """Whether the case still goes on, so that material can be added."""
    return case.closed_at is None
