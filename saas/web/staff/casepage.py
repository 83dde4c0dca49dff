"""The case page as plain values: identity, what to do now, and one of its tabs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import url_for

from saas import clock
from saas.cases import access, assigning, engine_view, queries, unmasking
from saas.cases.actions import VOID_WORDS
from saas.cases.context import field_context
from saas.cases.models import Case, Party, Step
from saas.cases.snapshot import form_key
from saas.domain import Domain, form_for, get_domain
from saas.fields import display
from saas.fields.definition import FormDefinition
from saas.fields.views import Section, sections
from saas.identity.actor import Actor
from saas.identity.permissions import KernelPermission
from saas.web.staff import flow, paperpage, proposed, rows, workbox
from saas.web.staff.materials import materials
from saas.workflow import engine
from saas.workflow.engine import Available
from saas.workflow.process import Definition, Transition
from saas.workflow.queries import get_definition

TABS = {"overview": "概况", "materials": "材料", "documents": "文书", "timeline": "过程"}
SIDES = {"applicant": "申请方", "respondent": "被申请方", "agent": "代理人"}
PARTY_KINDS = {"natural": "个人", "legal": "单位"}


def page_values(case: Case, tab: str, *, by: Actor) -> dict[str, Any]:
    """Everything the case page draws on one tab."""
    definition = get_definition(case.process_id)
    domain = get_domain(case.domain)
    return {
        "case": case,
        "tab": tab,
        "tabs": [
            {"label": label, "url": url_for("staff.show_case", number=case.number, tab=key), "current": key == tab}
            for key, label in TABS.items()
        ],
        "identity": identity(case, definition),
        "now": now(case, definition, by),
        "steps": rows.phases(case, definition),
        "printed_at": printed_at(),
        "can_export": access.allows(by, KernelPermission.DOSSIER_EXPORT, case),
        "can_export_whole": access.allows(by, KernelPermission.DOSSIER_WHOLE, case),
        **_TAB_VALUES[tab](case, definition, domain, by),
    }


def printed_at() -> str:
    """When a print of the page would be made, for its header."""
    return f"{clock.local(clock.now()):%Y-%m-%d %H:%M}"


def identity(case: Case, definition: Definition) -> dict[str, Any]:
    """The bar on top of every tab."""
    return {
        "number": case.number,
        "title": case.title,
        "status_text": rows.state_title(definition, case.state),
        "status_tone": "success" if case.closed_at else "info",
        "handler": case.handler.person.name if case.handler else None,
        "clock": rows.pressing_clock(case),
        "sensitive": "、".join(marks(case)) or None,
    }


def marks(case: Case) -> list[str]:
    """What has to be seen before anything else: a danger, and that the case is kept closely."""
    danger = ["有激化危险"] if "escalating" in case.flags else []
    return danger + ([f"级别：{access.LABELS[case.label]}"] if case.label else [])


def now(case: Case, definition: Definition, by: Actor) -> dict[str, Any]:
    """What the reader can do now: the main steps first, the others after, or whose turn it is."""
    view = engine_view.view_of(case)
    steps = engine.available(definition, view, engine_view.actor_view(case, by))
    can_act = access.allows(by, KernelPermission.CASE_ACT, case)
    allowed = [step for step in steps if step.allowed and can_act]
    task = queries.open_task(case)
    untaken = task is not None and task.assignee_id is None and bool(access.roles_on(by, case) & set(task.roles))
    state = definition.states.get(case.state)
    return {
        "text": _sentence(case, state.title if state else case.state, allowed),
        "who": None if allowed or case.closed_at else whose_turn(case, definition, steps),
        "primary": [step.action for step in allowed if step.action.primary and step.region is None],
        "others": [step.action for step in allowed if not step.action.primary and step.region is None],
        **workbox.parts(case, definition, view, by, allowed, can_act=can_act),
        "take_url": url_for("staff.take_case", number=case.number) if untaken else None,
        "taken_by": task.assignee.person.name if task and task.assignee and task.assignee_id != by.id else None,
    }


def _sentence(case: Case, state: str, allowed: list[Available]) -> str:
    if case.closed_at:
        return f"本件已办结（{state}）。"
    return f"本件在“{state}”环节，请选择要办理的事项。" if allowed else f"本件在“{state}”环节。"


def whose_turn(case: Case, definition: Definition, steps: list[Available]) -> str:
    """Who acts next, in words: the handler by name, else the roles the state waits for, else those of its steps."""
    if case.handler and any(step.action.only == "handler" for step in steps):
        return case.handler.person.name
    state = definition.states.get(case.state)
    waiting = state.queue if state else ()
    roles = dict.fromkeys(waiting or (role for step in steps for role in step.action.by))
    return "、".join(definition.roles.get(role, role) for role in roles) or "其他人员"


def overview(case: Case, definition: Definition, domain: Domain, by: Actor) -> dict[str, Any]:
    """Parties, what was said at the opening, and the clocks with their trails."""
    form, opening = opening_form(case, definition)
    context = field_context(domain.name, form, case.unit_path, choices=False, roles=access.roles_on(by, case))
    shown = display.answers(form, opening.input, context, masked=True)
    personal = {field.id for field in form.fields if field.party}
    return {
        "parties": [party_row(party, case, by) for party in case.parties],
        "answers": [
            {"label": answer.label, "value": answer.text} for answer in shown if answer.field_id not in personal
        ],
        "clocks": [rows.clock_value(row, case) for row in case.clocks],
        "why": proposed.why(case),
        "query_code": case.query_code,
    }


def about(case: Case, definition: Definition, by: Actor) -> list[dict[str, str]]:
    """Who and what a step is about, beside its form: the parties, and what was said at the opening."""
    form, opening = opening_form(case, definition)
    context = field_context(case.domain, form, case.unit_path, roles=access.roles_on(by, case))
    shown = display.answers(form, opening.input, context, masked=True)
    parties = [{"label": SIDES.get(party.side, party.side), "value": party.name} for party in case.parties]
    said = {field.id for field in form.fields if field.store == "case"}
    return parties + [{"label": answer.label, "value": answer.text} for answer in shown if answer.field_id in said]


def opening_form(case: Case, definition: Definition) -> tuple[FormDefinition, Step]:
    """The form of the way in, and the step that holds what was entered in it."""
    first = case.steps[0]
    way = definition.find_way(first.action)
    assert way is not None, "a published version keeps its ways in"
    return form_for(definition, way.form), first


def party_row(party: Party, case: Case, by: Actor) -> dict[str, Any]:
    """A party with personal data masked, and where it can be seen in full."""
    shown = unmasking.FIELDS if access.allows(by, KernelPermission.UNMASK, case) else {}
    return {
        "unmask": {
            name: url_for("staff.ask_unmask", number=case.number, party_id=party.id, name=name)
            for name in shown
            if getattr(party, f"{name}_mask")
        },
        "side": SIDES.get(party.side, party.side),
        "name": party.name,
        "kind": PARTY_KINDS[party.kind],
        "id_number": party.id_number_mask or "—",
        "phone": party.phone_mask or "—",
        "address": party.address_mask or "—",
    }


def timeline(case: Case, definition: Definition, domain: Domain, by: Actor) -> dict[str, Any]:
    """Every step, newest first, with what was entered, and the map of the process with where the case stands."""
    items = [step_item(step, case, definition, domain, by) for step in reversed(case.steps)]
    return {"items": items, "drawing": flow.drawn(case, definition)}


def step_item(step: Step, case: Case, definition: Definition, domain: Domain, by: Actor) -> dict[str, Any]:
    """A step as the timeline draws it."""
    key = form_key(definition, step.action)
    answers = []
    if key and step.seq > 1:
        form = form_for(definition, key)
        context = field_context(domain.name, form, case.unit_path, choices=False, roles=access.roles_on(by, case))
        shown = display.answers(form, step.input, context, masked=True)
        answers = [f"{one.label}：{one.text}" for one in shown if step.input.get(one.field_id) not in (None, "", [])]
    if step.action.startswith("@"):
        answers = workbox.verb_lines(step.input)
    return {
        "title": f"{step.title}{VOID_WORDS.get(step.void or '', '')}",
        "time_text": f"{clock.local(step.happened_at):%Y-%m-%d %H:%M}",
        "by": f"{step.actor_name}（{step.actor_role}）" if step.actor_role else step.actor_name,
        "body": "\n".join(answers),
    }


_TAB_VALUES = {"overview": overview, "materials": materials, "documents": paperpage.documents, "timeline": timeline}


def action_values(
    case: Case, transition: Transition, values: Mapping[str, Any], errors: Mapping[str, str], *, by: Actor
) -> dict[str, Any]:
    """What the form of a step draws, with refused entries shown again."""
    definition = get_definition(case.process_id)
    drawn: list[Section] = []
    ranking = assigning.ranking_for(case, transition)
    if transition.form:
        form = form_for(definition, transition.form)
        context = field_context(case.domain, form, case.unit_path, roles=access.roles_on(by, case))
        begun = {str(transition.assign): assigning.suggested(case, ranking)} if ranking else {}
        drawn = sections(form, {**case.data, **begun, **values}, errors, context)
        if len(drawn) == 1:
            # The step's own title stands above its only section.
            drawn = [replace(drawn[0], title="")]
    return {
        "case": case,
        "identity": identity(case, definition),
        "about": about(case, definition, by),
        "heading": transition.title,
        "transition": transition,
        "ranked": proposed.proposal(ranking),
        "sections": drawn,
        "errors": list(errors.items()),
        "revision": case.revision,
    }
