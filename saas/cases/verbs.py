"""What can be done to a case without being drawn: one verb each, on a case that was loaded for update.

Each raises RefusedError with all reasons where the process, or who asks, does not allow it.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from saas import clock
from saas.audit import services as audit
from saas.cases import access, effects, engine_view, queries, recusing, telling
from saas.cases.actions import VERB_AUDIT, CaseAudit
from saas.cases.models import Case, CaseLink, Step, Task
from saas.db.session import db
from saas.domain import form_for
from saas.errors import ConflictError, InvalidInputError, NotFoundError, RefusedError
from saas.identity.actor import Actor
from saas.identity.models import User
from saas.identity.sessions import actor_of
from saas.workflow import engine
from saas.workflow.engine import Outcome, Refusal
from saas.workflow.process import Definition
from saas.workflow.queries import get_definition

NO_CASE = "没有这件案件，或者您无权查看，请核对编号。"
UNSAID = frozenset({"person_roles"})
"""What only the engine is told."""
GIVING = frozenset({"pass_on", "delegate", "cosign"})
"""The verbs that give the person they name something to do."""


def pass_on(case: Case, person: User, reason: str, *, by: Actor, region: str = "") -> Step:
    """Give what waits to somebody else for good (转办)."""
    return _hand(case, "pass_on", {**_of(person, case), "reason": reason, "region": region}, person, by=by)


def delegate(case: Case, person: User, reason: str, *, by: Actor, region: str = "") -> Step:
    """Give what waits to somebody else until he hands it back (委派)."""
    return _hand(case, "delegate", {**_of(person, case), "reason": reason, "region": region}, person, by=by)


def hand_back(case: Case, reason: str, *, by: Actor, region: str = "") -> Step:
    """Give back what was given for a while, or fetch it (交回)."""
    return _hand(case, "hand_back", {"reason": reason, "region": region}, None, by=by)


def copy(case: Case, person: User, note: str, *, by: Actor) -> Step:
    """Tell somebody who may see the case of it (抄送)."""
    _outcome, step = _do(case, "copy", {**_of(person, case), "reason": note}, by=by)
    telling.person(case, person, "copy", note, by=by)
    return step


def cosign(case: Case, action: str, person: User, reason: str, *, by: Actor) -> Step:
    """Ask one more person to sign a step before it is taken (加签)."""
    data = {**_of(person, case), "action": action, "action_title": _title(case, action), "reason": reason}
    _outcome, step = _do(case, "cosign", data, by=by)
    telling.person(case, person, "cosign", reason, by=by)
    return step


def sign(case: Case, action: str, reason: str, *, agreed: bool, by: Actor) -> Step:
    """Agree to a step before it is taken, or not (签署)."""
    said = {"agreed": agreed, "agreed_title": "同意" if agreed else "不同意"}
    data = {"action": action, "action_title": _title(case, action), "reason": reason, **said}
    _outcome, step = _do(case, "sign", data, by=by)
    telling.handler(case, f"“{data['action_title']}”：{said['agreed_title']}", reason, by=by)
    return step


def link(case: Case, number: str, reason: str, *, by: Actor) -> Step:
    """Let two cases refer to one another (关联).

    Raises:
        InvalidInputError: The actor sees no such case, it is this one, or they do already.
    """
    other = _other(case, number, by=by)
    _outcome, step = _do(case, "link", {"number": other.number, "reason": reason}, by=by)
    _link(case, other, "related", by=by)
    return step


def merge(case: Case, number: str, reason: str, *, by: Actor) -> Step:
    """Close a case that goes on inside another one (并入).

    Raises:
        InvalidInputError: The actor sees no such case, it is closed, or of another process.
    """
    other = _other(case, number, by=by, for_update=True)
    if other.closed_at or other.process_key != case.process_key:
        raise InvalidInputError({"number": "只能并入同一类业务中还没有办结的案件，请核对编号。"})
    _outcome, step = _do(case, "merge", {"number": other.number, "reason": reason}, by=by)
    for task in queries.list_open_tasks(case):
        task.done_at = clock.now()
    _link(case, other, "merged", by=by)
    telling.handler(other, f"案件{case.number}已并入本件", reason, by=by)
    return step


def send_back(case: Case, to: str, reason: str, *, by: Actor) -> Step:
    """Let the case stand again where it was; what came after must be gone through again (退回)."""
    state = get_definition(case.process_id).states.get(to)
    data = {"to": to, "to_title": state.title if state else to, "reason": reason}
    outcome, step = _do(case, "send_back", data, by=by)
    if outcome.for_handler:
        telling.handler(case, f"案件已退回到“{data['to_title']}”", reason, by=by)
    return step


def withdraw(case: Case, reason: str, *, by: Actor) -> Step:
    """Take back one's own last step while nobody has acted after it (撤回)."""
    title = case.steps[-1].title
    outcome, step = _do(case, "withdraw", {"action_title": title, "reason": reason}, by=by)
    definition = get_definition(case.process_id)
    _restore(case, definition)
    task = queries.open_task(case)
    if task and outcome.for_handler:
        task.assignee_id = case.handler_id
    return step


def suspend(case: Case, reason: str, *, by: Actor) -> Step:
    """Let the limits stand still that allow it (中止计时)."""
    return _do(case, "suspend", {"reason": reason}, by=by)[1]


def resume(case: Case, reason: str, *, by: Actor) -> Step:
    """Let the limits run again (恢复计时)."""
    return _do(case, "resume", {"reason": reason}, by=by)[1]


def extend(case: Case, days: int, reason: str, *, by: Actor) -> Step:
    """Let the limits end later that allow it, by so many of their units (延长期限)."""
    return _do(case, "extend", {"days": days, "reason": reason}, by=by)[1]


def _do(case: Case, name: str, data: Mapping[str, Any], *, by: Actor) -> tuple[Outcome, Step]:
    definition = get_definition(case.process_id)
    answer = engine.verb(definition, engine_view.view_of(case), name, engine_view.actor_view(case, by), data)
    against = recusing.reasons_against(case, data["person"] if name in GIVING else None, "person", by=by)
    if isinstance(answer, Refusal):
        raise RefusedError((*answer.reasons, *against))
    if against:
        raise RefusedError(against)
    kept = {key: value for key, value in {**data, **answer.note}.items() if key not in UNSAID}
    step = effects.write_step(case, answer, kept, by=by)
    effects.follow(case, step, answer, definition, by=by)
    detail = {"action": step.action, "title": step.title, "from": answer.from_state, "to": answer.to_state}
    audit.record(VERB_AUDIT[name], case, by=by, case=case, detail=detail)
    return answer, step


def _hand(case: Case, name: str, data: Mapping[str, Any], person: User | None, *, by: Actor) -> Step:
    """A verb that changes who has what waits.

    Raises:
        ConflictError: Nothing waits there any more.
    """
    outcome, step = _do(case, name, data, by=by)
    for region, held in outcome.held.items():
        task = _task(case, region)
        task.assignee_id, task.owner_id = _id(held.by), _id(held.owner)
        told = person or db.session.get(User, task.assignee_id)
        if told:
            telling.person(case, told, name, str(data["reason"]), by=by)
    return step


def _task(case: Case, region: str) -> Task:
    for task in queries.list_open_tasks(case):
        if (task.region or "") == region:
            return task
    raise ConflictError("这里已经没有待办的任务，请刷新页面查看最新进展。")


def _of(person: User, case: Case) -> dict[str, Any]:
    """What the engine is told of a person: the roles that act where the case lies."""
    roles = sorted(access.roles_on(actor_of(person), case)) if person.active else []
    return {"person": str(person.id), "person_name": person.person.name, "person_roles": roles}


def _title(case: Case, action: str) -> str:
    return get_definition(case.process_id).title_of(action)


def _other(case: Case, number: str, *, by: Actor, for_update: bool = False) -> Case:
    try:
        other = queries.get_case(number.strip(), by, for_update=for_update)
    except NotFoundError:
        raise InvalidInputError({"number": NO_CASE}) from None
    if other.id == case.id:
        raise InvalidInputError({"number": "这就是本件，请填写另一件案件的编号。"})
    if any(other.id in (one.case_id, one.other_id) for one in queries.list_links(case)):
        raise InvalidInputError({"number": "这两件案件已经关联过了。"})
    return other


def _link(case: Case, other: Case, kind: str, *, by: Actor) -> None:
    assert by.id is not None, "a member of staff links cases"
    db.session.add(CaseLink(case_id=case.id, other_id=other.id, kind=kind, by_id=by.id, made_at=clock.now()))
    action = CaseAudit.MERGED if kind == "merged" else CaseAudit.LINKED
    audit.record(action, other, by=by, case=other, detail={"number": case.number})


def _restore(case: Case, definition: Definition) -> None:
    """What the steps that count have kept with the case, and nothing else."""
    case.data = {}
    for step in case.steps:
        found = definition.find_transition(step.action) or definition.find_way(step.action)
        if step.drawn and found and found.form:
            effects.store(case, form_for(definition, found.form), step.input)


def _id(text: object) -> UUID | None:
    return UUID(str(text)) if text else None
