"""What an accepted act leaves behind: data, task, messages and documents, all in its transaction."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from saas import clock
from saas.cases import access, queries, tasks, timing, writing
from saas.cases.engine_view import standing_of
from saas.cases.models import Case, Step, Task
from saas.cases.snapshot import snapshot
from saas.db.ids import new_id
from saas.db.session import db
from saas.documents import issue
from saas.documents import queries as documents
from saas.documents.form import Form
from saas.documents.models import Document
from saas.documents.papers import find_paper_form
from saas.documents.queries import numbered
from saas.domain import form_for, get_domain
from saas.errors import NotFoundError, RefusedError
from saas.fields.definition import FormDefinition
from saas.identity.actor import Actor
from saas.messages import services as messages
from saas.workflow.engine import Outcome, Reason
from saas.workflow.engine_next import VOIDS
from saas.workflow.papers import steps_of
from saas.workflow.process import Definition, Message
from saas.workflow.queries import get_definition


def write_step(case: Case, outcome: Outcome, values: Mapping[str, Any], *, by: Actor) -> Step:
    """Add the step to the case's log and move the case to where it leads."""
    step = Step(
        id=new_id(),
        seq=len(case.steps) + 1,
        action=outcome.action,
        title=outcome.title,
        from_state=outcome.from_state,
        to_state=outcome.to_state,
        actor_id=by.id,
        actor_name=by.name,
        actor_role=access.titles_on(by, case),
        input=dict(values),
        region=outcome.region,
        basis=_basis(case, outcome),
        happened_at=clock.now(),
    )
    for position in outcome.void:
        case.steps[position].void = VOIDS[outcome.kind]
    case.steps.append(step)
    case.state, case.revision, case.flags = outcome.to_state, case.revision + 1, sorted(outcome.flags)
    case.regions = dict(outcome.regions)
    case.outcome = outcome.outcome if outcome.kind in VOIDS else outcome.outcome or case.outcome
    if outcome.kind == "step" or outcome.ends:
        case.closed_at = clock.now() if outcome.ends else None
    if outcome.assign or outcome.kind in VOIDS:
        case.handler_id = UUID(str(outcome.handler)) if outcome.handler else None
    if outcome.assign:
        case.assigned_at = clock.now()
    return step


def _basis(case: Case, outcome: Outcome) -> dict[str, Any]:
    """What the engine went by, as the log keeps it."""
    found: dict[str, Any] = {} if outcome.from_state is None else {"before": standing_of(case)}
    if outcome.documents:
        found["issued"] = True
    if outcome.decisions:
        found["decisions"] = {
            id_: {"then": hit.then, "row": hit.row, "law": hit.law} for id_, hit in outcome.decisions.items()
        }
    if outcome.params:
        found["params"] = dict(outcome.params)
    return found


def store(case: Case, form: FormDefinition | None, values: Mapping[str, Any]) -> None:
    """Copy into the case what the form's fields keep with it."""
    kept = {one.id: values[one.id] for one in form.fields if one.store == "case" and one.id in values} if form else {}
    # What is sensitive stays out of the figures, which lie in clear; what once was is known by not being among them.
    secret = {one.id for one in form.fields if one.sensitive} if form else set()
    secret |= case.data.keys() - case.figures.keys()
    # A field left empty takes back what an earlier step kept under its name.
    case.data = {key: value for key, value in {**case.data, **kept}.items() if value is not None}
    case.figures = {key: value for key, value in case.data.items() if type(value) is int and key not in secret}
    case.kind = case.data.get("kind", case.kind)
    case.source = case.data.get("source", case.source)


def follow(case: Case, step: Step, outcome: Outcome, definition: Definition, *, by: Actor) -> None:
    """Clocks, task, documents and messages of a step that has been written."""
    timing.refresh_clocks(case, definition)
    db.session.flush()  # documents and messages refer to the step's id
    move_task(case, outcome, definition)
    tasks.settle(case, outcome, definition)
    issue_documents(case, step, outcome, by=by)
    if outcome.message:
        send(case, outcome.message)


def move_task(case: Case, outcome: Outcome, definition: Definition) -> None:
    """Close the open task; open the next one for the new state's roles or for the handler."""
    current = queries.open_task(case)
    if current and current.state == outcome.to_state and not outcome.assign:
        current.due_on = timing.nearest_due(case)
        return
    following = _next_task(case, outcome, definition)
    if current and following:
        writing.replace_task(case, current, following)
    elif current:
        current.done_at = clock.now()
    elif following:
        db.session.add(following)


def _next_task(case: Case, outcome: Outcome, definition: Definition) -> Task | None:
    if not (outcome.queue or outcome.for_handler):
        return None
    return Task(
        id=new_id(),
        case_id=case.id,
        state=outcome.to_state,
        title=definition.states[outcome.to_state].title,
        roles=[] if outcome.for_handler else list(outcome.queue),
        unit_path=case.unit_path,
        label=case.label,
        assignee_id=case.handler_id if outcome.for_handler else None,
        created_at=clock.now(),
        due_on=timing.nearest_due(case),
    )


def issue_documents(case: Case, step: Step, outcome: Outcome, *, by: Actor) -> None:
    """Issue the documents a step names, each from the case as it stands after the step."""
    if not outcome.documents:
        return
    domain = get_domain(case.domain)
    shot, numbers = snapshot(case, step), dict(queries.document_numbers(case))
    with db.session.no_autoflush:
        for code in outcome.documents:
            chosen = domain.documents_for(code, shot) if domain.documents_for else code
            form = form_to_make(case, chosen)
            document = issue.issue(form, case, step, numbered(shot, numbers), by=by)
            numbers[form.code] = document.number


def find_form(case: Case, code: str) -> Form:
    """A form that can be issued in a case: of its process's own version, else of its line of work.

    Raises:
        NotFoundError: neither has it.
    """
    domain, definition = get_domain(case.domain), get_definition(case.process_id)
    asked = {step.form for step in steps_of(definition) if step.form}
    own = find_paper_form(definition, code, {key: form_for(definition, key) for key in asked})
    found = own or next((form for form in domain.forms if form.code == code), None)
    if found is None:
        raise NotFoundError("没有这种文书。")
    return found


def form_to_make(case: Case, code: str) -> Form:
    """A form that a case has come far enough for.

    Raises:
        NotFoundError: there is no such form.
        RefusedError: none of the steps stands that have to come before it is made or looked at, or not any more.
    """
    form = find_form(case, code)
    if not may_be_made(form, case):
        definition = get_definition(case.process_id)
        steps = "或者".join(f"“{definition.title_of(step)}”" for step in form.after)
        basis = f"（{form.law}）" if form.law else ""
        sentence = f"未经{steps}，不能制作或者打印《{form.title}》{basis}。"
        raise RefusedError([Reason("too_early", sentence, law=form.law or None)], title="现在还不能制作这份文书")
    return form


def may_be_made(form: Form, case: Case) -> bool:
    """Whether a case has come far enough for a form."""
    return form.may_follow([step.action for step in case.steps if step.drawn])


def form_of(case: Case, document: Document) -> Form:
    """What an issued document of a case is printed with, with the word of its number.

    Raises:
        NotFoundError: no line of work declares it any more.
    """
    try:
        return find_form(case, document.form_code)
    except NotFoundError:
        return documents.form_of(document)


def send(case: Case, message: Message) -> None:
    """Tell the citizen on the progress page, or the handler in the inbox."""
    if message.to == "citizen":
        messages.tell_case(case, message.title, message.body)
    elif case.handler_id:
        messages.tell_user(case.handler_id, message.title, f"{case.title}（{case.number}）。{message.body}", case=case)
