"""What waits besides the case's own task: the regions that go on, and the signatures that are wanted."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from saas import clock
from saas.cases import queries, timing
from saas.cases.engine_view import view_of
from saas.cases.models import Case, Task
from saas.db.session import db
from saas.workflow.engine import CaseView, Outcome
from saas.workflow.engine_regions import leaving, standing
from saas.workflow.engine_signing import signing_of
from saas.workflow.process import Definition


@dataclass(frozen=True)
class Wanted:
    """A task there should be: its place, what it says, and whom it waits for."""

    region: str
    state: str
    title: str
    roles: tuple[str, ...] = ()
    person: UUID | None = None


def settle(case: Case, outcome: Outcome, definition: Definition) -> None:
    """Close the tasks of regions and signatures that are done with, open those that have come."""
    if not _has_parts(case, definition):
        return
    wanted = {} if case.closed_at else {one.region: one for one in _wanted(case, view_of(case), definition)}
    open_now = {task.region: task for task in queries.list_open_tasks(case) if task.region}
    for region, task in open_now.items():
        one = wanted.get(region)
        if one and one.state == task.state and not outcome.assign:
            del wanted[region]
            task.due_on = timing.nearest_due(case)
        else:
            task.done_at = clock.now()
    db.session.add_all(_task(case, one) for one in wanted.values())


def _has_parts(case: Case, definition: Definition) -> bool:
    """Whether the process ever has such tasks; most have none, and nothing is asked of the database."""
    drawn = any(state.regions for state in definition.states.values()) or any(
        step.sign for step in definition.all_transitions
    )
    return drawn or any(step.action == "@cosign" for step in case.steps)


def _wanted(case: Case, view: CaseView, definition: Definition) -> Iterator[Wanted]:
    regions = definition.states[case.state].regions if case.state in definition.states else {}
    for id_, inner in standing(definition, case.state, view.regions).items():
        region, state = regions[id_], regions[id_].states[inner]
        if inner not in region.final and (state.queue or state.handler):
            person = case.handler_id if state.handler else None
            roles = () if state.handler else state.queue
            yield Wanted(id_, inner, f"{region.title}：{state.title}", roles, person)
    for step, _ in leaving(definition, view):
        signing = signing_of(definition, view, step)
        for place in signing.open if signing else ():
            roles, person = ((place.role,), None) if place.role else ((), UUID(str(place.person)))
            yield Wanted(f"@{step.id}:{place.role or place.person}", case.state, f"签署：{step.title}", roles, person)


def _task(case: Case, one: Wanted) -> Task:
    return Task(
        case_id=case.id,
        state=one.state,
        region=one.region,
        title=one.title,
        roles=list(one.roles),
        unit_path=case.unit_path,
        label=case.label,
        assignee_id=one.person,
        created_at=clock.now(),
        due_on=timing.nearest_due(case),
    )
