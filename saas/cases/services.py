"""What is done to a case: open it, act on it, take it, hand it over."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

from saas import clock
from saas.audit import services as audit
from saas.cases import access, assigning, effects, engine_view, guarding, parties, queries, recusing, timing
from saas.cases.actions import CaseAudit
from saas.cases.context import area_name, code_titles
from saas.cases.models import Case, Step
from saas.db.session import current_tenant, db
from saas.domain import Domain, form_for, get_domain
from saas.errors import ConflictError, InvalidInputError, NotFoundError, RefusedError
from saas.fields.definition import FormDefinition
from saas.identity import queries as identity
from saas.identity.actor import Actor
from saas.numbering import services as numbering
from saas.organisation import queries as organisation
from saas.organisation.models import Unit
from saas.settings import services as settings
from saas.workflow import engine
from saas.workflow.engine import ActorView, Outcome, Reason, Refusal
from saas.workflow.engine_guards import APPLIED_ON
from saas.workflow.models import ProcessVersion
from saas.workflow.process import VERB, Definition, Transition, Way
from saas.workflow.queries import current_version, get_definition

# Without letters and digits that are taken for one another.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def open_case(process: str, way: str, values: Mapping[str, Any], *, by: Actor, unit: Unit | None = None) -> Case:
    """Open a case on the current version of a process.

    Args:
        process: Key of the process.
        way: Id of the way in.
        values: Checked plain values of the way's form.
        by: Who opens it.
        unit: The body that gets it; found by the matter's area where none is given.

    Raises:
        RefusedError: the law or the process does not allow it; all reasons are given.
        InvalidInputError: no body is responsible for the area.
    """
    version = current_version(process)
    definition = get_definition(version.id)
    domain, entry = get_domain(definition.domain), definition.find_way(way)
    if entry is None:
        raise NotFoundError
    unit = unit or route(domain, values, definition.states[entry.to].queue)
    outcome = _opened(definition, entry, values, ActorView(str(by.id) if by.id else None, by.roles_at(unit.path)))
    case = _new_case(version, definition, unit, values)
    case.label = guarding.first_label(domain, process, values, by=by)
    case.state, case.source = outcome.to_state, entry.source
    _name(case, form_for(definition, entry.form), values, domain)
    db.session.add(case)
    step = effects.write_step(case, outcome, values, by=by)
    effects.follow(case, step, outcome, definition, by=by)
    audit.record(CaseAudit.OPENED, case, by=by, case=case, detail={"number": case.number, "way": way})
    return case


def _opened(definition: Definition, way: Way, values: Mapping[str, Any], actor: ActorView) -> Outcome:
    """What opening a case by a way comes to."""
    domain = get_domain(definition.domain)
    facts = _facts(domain, None, values)
    found = _findings(domain, way.checks, facts, values)
    return _accepted(engine.open_case(definition, way.id, actor, values, facts, found))


def _new_case(version: ProcessVersion, definition: Definition, unit: Unit, values: Mapping[str, Any]) -> Case:
    """A case under its number at the body that gets it, in which nothing was done yet."""
    return Case(
        number=take_number(definition),
        process_id=version.id,
        process_key=version.key,
        domain=definition.domain,
        unit_id=unit.id,
        unit_path=unit.path,
        unit=unit,
        label=0,
        area_name=area_name(str(values.get("area") or "")) or unit.name,
        query_code="".join(secrets.choice(CODE_ALPHABET) for _ in range(6)),
        opened_at=clock.now(),
        data={},
        figures={},
        flags=[],
        revision=0,
    )


def _name(case: Case, form: FormDefinition, values: Mapping[str, Any], domain: Domain) -> None:
    case.parties = parties.parties_from(form, values, today=clock.today(), demo=current_tenant().demo)
    effects.store(case, form, values)
    titles = code_titles(domain.name)
    case.party_text = parties.party_text(case.parties)
    case.title = parties.case_title(case.parties, titles.get(case.kind or "", domain.title))
    case.contact_tail = parties.contact_tail(case.parties)


def take_number(definition: Definition) -> str:
    """The next case number: by the pattern of the process if it has one, else by the city's.

    Each pattern counts by itself, so that two processes with the same one never give a number twice.
    """
    year, usual = clock.today().year, str(settings.get("cases.number_pattern"))
    pattern = definition.number or usual
    return numbering.take("case" if pattern == usual else f"case {pattern}", "", year, pattern)


def route(domain: Domain, values: Mapping[str, Any], roles: Collection[str]) -> Unit:
    """The body that takes a matter of this area: the nearest one where somebody holds a role that acts first.

    Where the form asks for no area it is the first of the city's bodies. One at which somebody holds such a role goes
    before one over which somebody does; a body that nobody works at yet is passed over, unless no body has anybody.

    Raises:
        InvalidInputError: the city has no such body for the area.
    """
    area = str(values.get("area") or "")
    found = (
        organisation.nearest_bodies(area, domain.body_types)
        if area
        else organisation.list_bodies("", domain.body_types)
    )
    staffed = identity.list_posts(roles)
    if exact := next((unit for unit in found if unit.id in staffed), None):
        return exact
    if not found:
        raise InvalidInputError({"area": "这个地方还没有可以受理的机构，请拨打 12348 咨询。"})
    return next((unit for unit in found if identity.list_holders(roles, unit.path)), found[0])


def act(
    case: Case,
    action: str,
    values: Mapping[str, Any],
    *,
    by: Actor,
    revision: int | None = None,
    alone: bool = False,
) -> Step:
    """Take a step in a case that was loaded for update.

    Args:
        case: The case, locked.
        action: Id of the transition.
        values: Checked plain values of the transition's form.
        by: Who acts.
        revision: The revision the form was drawn from; None where nobody looked at a form.
        alone: Whether the transaction does nothing else and is taken back as a whole when this refuses. Otherwise the
            step has a savepoint of its own, since a document that cannot be issued is found out in the middle.

    Raises:
        ConflictError: somebody acted in between; ``detail`` says who and what.
        RefusedError: the law or the process does not allow it; all reasons are given.
    """
    unchanged(case, revision)
    definition = get_definition(case.process_id)
    transition = definition.find_transition(action)
    if transition is None:
        raise NotFoundError
    outcome = _applied(case, definition, transition, values, by=by)
    form = form_for(definition, transition.form) if transition.form else None
    proposal = assigning.proposal_for(case, transition)
    with nullcontext() if alone else db.session.begin_nested():
        step = effects.write_step(case, outcome, values, by=by)
        if outcome.assign:
            case.handler = assigning.account(proposal, outcome.assign)
        step.proposal = assigning.keep(proposal.ranking, outcome.assign) if proposal else None
        effects.store(case, form, values)
        effects.follow(case, step, outcome, definition, by=by)
    detail = {"action": action, "title": outcome.title, "from": outcome.from_state, "to": outcome.to_state}
    audit.record(CaseAudit.ACTED, case, by=by, case=case, detail=detail)
    return step


def _applied(
    case: Case, definition: Definition, transition: Transition, values: Mapping[str, Any], *, by: Actor
) -> Outcome:
    """What a step comes to in a case."""
    domain = get_domain(case.domain)
    facts, chosen = _facts(domain, case, values), chosen_by(transition, values, by=by)
    against = recusing.reasons_against(case, chosen, transition.assign, by=by)
    against += guarding.reasons_against(case, chosen, transition.assign)
    found = [*_findings(domain, transition.checks, facts, values), *against]
    view, actor = engine_view.view_of(case), engine_view.actor_view(case, by)
    return _accepted(engine.apply(definition, view, transition.id, actor, values, facts, found))


def chosen_by(transition: Transition, values: Mapping[str, Any], *, by: Actor) -> str | None:
    """The id of whom a step gives the case to, if it does."""
    if transition.assign == "actor":
        return str(by.id) if by.id else None
    chosen = values.get(transition.assign) if transition.assign else None
    return str(chosen[0] if isinstance(chosen, list | tuple) else chosen) if chosen else None


def unchanged(case: Case, revision: int | None) -> None:
    """Refuse a form that was drawn from an older revision of the case.

    Raises:
        ConflictError: somebody acted in between; ``detail`` says who and what.
    """
    if revision is None or revision == case.revision:
        return
    later = [step for step in case.steps if step.seq > revision]
    raise ConflictError(
        "您打开这一页之后，别人已经办理了这件案件。您填写的内容还在下面，请核对后再提交。",
        detail=[f"{clock.local(step.happened_at):%m月%d日 %H:%M} {step.actor_name}：{step.title}" for step in later],
    )


def _facts(domain: Domain, case: Case | None, values: Mapping[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "case.flags": list(case.flags) if case else [],
        "case.state": case.state if case else "",
        APPLIED_ON: str(clock.local(case.opened_at).date() if case else clock.today()),
    }
    if domain.facts:
        facts.update(domain.facts(fact_view(case) if case else None, values))
    return facts


def fact_view(case: Case) -> dict[str, Any]:
    """The case as plain values for a line's facts: data, steps, parties' kinds, clocks, files, the line's settings.

    ``log`` are the steps that count, oldest first; what was entered in one is opened only when it is read.
    """
    readings = {row.code: timing.reading_of(row, case) for row in case.clocks}
    return {
        "data": dict(case.data),
        "actions": [step.action for step in case.steps if step.drawn],
        "days": {step.action: clock.local(step.happened_at).date() for step in case.steps if step.drawn},
        "unit": case.unit.name,
        "party_kinds": [party.kind for party in case.parties if party.side in parties.SIDES],
        "due": {code: reading.due_on for code, reading in readings.items()},
        "clock_states": {code: reading.state for code, reading in readings.items()},
        "file_categories": queries.file_categories(case),
        "flags": list(case.flags),
        "today": clock.today(),
        "log": [entry for entry in timing.log_of(case) if not entry.void and not entry.action.startswith(VERB)],
        "settings": {one.key: settings.get(one.key) for one in get_domain(case.domain).settings},
    }


def _findings(
    domain: Domain, checks: Sequence[str], facts: Mapping[str, Any], values: Mapping[str, Any]
) -> list[Reason]:
    return [reason for name in checks for reason in domain.rules[name](facts, values)]


def _accepted(answer: Outcome | Refusal) -> Outcome:
    if isinstance(answer, Refusal):
        raise RefusedError(answer.reasons)
    return answer


def take(case: Case, *, by: Actor, region: str = "") -> None:
    """Take an untaken task of a case that was loaded for update: the case's own, or that of a region or signature.

    Raises:
        ConflictError: it is taken already; the message says by whom.
        RefusedError: it waits for other roles, or the actor keeps out of the case.
    """
    waiting = queries.list_open_tasks(case) if region else [queries.open_task(case)]
    task = next((one for one in waiting if one and (one.region or "") == region), None)
    if task is None:
        raise ConflictError("这件案件没有待领取的任务。")
    if task.assignee_id == by.id:
        return
    if task.assignee is not None:
        raise ConflictError(f"{task.assignee.person.name}已经领取了这件案件。")
    against = recusing.reasons_against(case, by=by)
    if not access.roles_on(by, case) & set(task.roles):
        against.append(Reason("role", "这件案件在等待其他岗位的人员办理。"))
    if against:
        raise RefusedError(against)
    task.assignee_id = by.id
    audit.record(CaseAudit.TAKEN, case, by=by, case=case, detail={"task": str(task.id)})
