"""One case to another version and back: its log, clocks and task, in one transaction."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from saas import clock
from saas.audit import services as audit
from saas.cases import effects, timing
from saas.cases import queries as cases
from saas.cases.models import Case
from saas.db.session import db
from saas.identity.actor import SYSTEM
from saas.messages import services as messages
from saas.moving import queries
from saas.moving.actions import MoveAction
from saas.moving.judging import MOVED, judge_one
from saas.moving.models import Move, MovedCase
from saas.workflow.engine import Outcome
from saas.workflow.process import Definition
from saas.workflow.queries import get_definition
from saas.workflow.verdicts import BLOCKED, MAPPED, SAME, TITLES

CLOSED = "案件已经办结"
ELSEWHERE = "案件已经不在原来的版本"
ACTED = "转版以后已经有人办理过，不再转回"
UNCONFIRMED = "试算以后有人办理过案件，现在要按指定的环节转，这份计划没有经过确认"


def move_case(move: Move, item: MovedCase) -> None:
    """Move a locked case as its trace now says; one that can no longer be moved is kept, with the reason."""
    case = item.case
    if case.closed_at is not None or case.process_id != move.from_id:
        _settle(item, "kept", CLOSED if case.closed_at else ELSEWHERE)
        return
    verdict = judge_one(move, case)
    item.verdict, item.to_state, item.reasons = verdict.kind, verdict.state, list(verdict.reasons)
    if verdict.kind == BLOCKED:
        _settle(item, "kept", TITLES[BLOCKED])
        return
    if verdict.kind == MAPPED and move.confirmed_at is None:
        _settle(item, "kept", UNCONFIRMED)
        return
    clocks = {row.code: row.rule for row in case.clocks}
    item.before = {"state": case.state, "regions": dict(case.regions or {}), "clocks": clocks}
    title = f"转到流程第{queries.number_of(move.to_id)}版"
    said = {"reason": move.reason, "verdict": TITLES[verdict.kind], "missing": "；".join(verdict.reasons)}
    rules = {code: timing.resolved(rule) for code, rule in get_definition(move.to_id).clocks.items()}
    _put(case, move.to_id, (verdict.state, verdict.regions), title, said, rules)
    if verdict.kind != SAME:
        _tell(case, title, move.reason)
    item.revision = case.revision
    _settle(item, "moved", None)
    detail = {"move": str(move.id), "verdict": verdict.kind, "from": item.from_state, "to": verdict.state}
    audit.record(MoveAction.MOVED, case, by=SYSTEM, case=case, detail=detail)


def bring_back(move: Move, item: MovedCase) -> None:
    """Take a locked case back to where it was; one in which somebody has acted since stays."""
    case = item.case
    if case.revision != item.revision or case.process_id != move.to_id:
        _settle(item, "kept", ACTED)
        return
    assert item.before is not None, "what was moved remembers how it stood"
    title = f"转回流程第{queries.number_of(move.from_id)}版"
    said = {"reason": f"撤销转版：{move.reason}"}
    _put(case, move.from_id, (item.before["state"], item.before["regions"]), title, said, item.before["clocks"])
    if item.verdict != SAME:
        _tell(case, title, said["reason"])
    _settle(item, "undone", None)
    audit.record(MoveAction.BROUGHT_BACK, case, by=SYSTEM, case=case, detail={"move": str(move.id)})


def _put(
    case: Case,
    version_id: UUID,
    place: tuple[str, Mapping[str, str]],
    title: str,
    said: Mapping[str, str],
    rules: Mapping[str, Any],
) -> None:
    """Let a case stand in a place of a version: log, clocks by its rules, tasks.

    Args:
        case: The case.
        version_id: The version.
        place: The state, and where its regions stand.
        title: What the log calls it.
        said: What the log keeps of it.
        rules: Those of its clocks.
    """
    definition = get_definition(version_id)
    outcome = _outcome(case, definition, place, title)
    case.process_id = version_id
    step = effects.write_step(case, outcome, {key: value for key, value in said.items() if value}, by=SYSTEM)
    _change_clocks(case, rules)
    effects.follow(case, step, outcome, definition, by=SYSTEM)
    _rename_task(case, definition)


def _tell(case: Case, title: str, reason: str) -> None:
    """A word to the handler, unless nothing but words is otherwise."""
    if case.handler_id is not None:
        body = f"{case.title}（{case.number}）：{title}。理由：{reason}"
        messages.tell_user(case.handler_id, "案件的流程版本有变化", body, case=case)


def _outcome(case: Case, definition: Definition, place: tuple[str, Mapping[str, str]], title: str) -> Outcome:
    state = definition.states[place[0]]
    return Outcome(
        action=MOVED,
        title=title,
        from_state=case.state,
        to_state=state.id,
        documents=(),
        assign=None,
        flags=frozenset(case.flags),
        ends=state.end,
        outcome=state.outcome,
        queue=state.queue,
        for_handler=state.handler,
        message=None,
        kind="moved",
        regions=place[1],
    )


def _change_clocks(case: Case, rules: Mapping[str, Any]) -> None:
    """Clocks go by the version's rules from their own start; those it does not have are gone."""
    for row in list(case.clocks):
        if row.code in rules:
            row.rule, row.title = rules[row.code], rules[row.code]["title"]
        else:
            case.clocks.remove(row)
            db.session.delete(row)


def _rename_task(case: Case, definition: Definition) -> None:
    """A task that stays open waits for whom the version says."""
    task, state = cases.open_task(case), definition.states[case.state]
    if task is not None:
        task.title, task.roles = state.title, [] if state.handler else list(state.queue)


def _settle(item: MovedCase, state: str, problem: str | None) -> None:
    item.state, item.problem, item.settled_at = state, problem, clock.now()
