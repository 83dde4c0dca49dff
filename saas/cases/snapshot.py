"""A case as plain values, the only thing official forms and exports see of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saas import clock
from saas.cases.context import code_titles, field_context
from saas.cases.models import Case, Party, Step
from saas.cases.parties import SIDES, names_of
from saas.cases.queries import units_of
from saas.db.session import current_tenant
from saas.documents.form import Snapshot
from saas.domain import form_for
from saas.fields import display
from saas.fields.definition import FieldDefinition
from saas.organisation.models import Unit
from saas.organisation.queries import nearest_bodies
from saas.settings import services as settings
from saas.settings.remembering import remembered
from saas.workflow.process import Definition
from saas.workflow.queries import get_definition

PARTY_COLUMNS = (
    *("side", "kind", "name", "id_number", "gender", "ethnicity"),
    *("occupation", "phone", "address", "representative", "agent_for"),
)


def snapshot(case: Case, step: Step | None = None) -> Snapshot:
    """The case as it stands, with the step that asks for a form.

    Days are ``YYYY-MM-DD`` in the city's zone, money is fen, choices come both as codes and as words.
    """
    definition = get_definition(case.process_id)
    steps = {row.seq: step_values(row, case, definition) for row in case.steps if row.drawn or row is step}
    told = told_fields(case, definition, steps)
    return Snapshot(
        tenant={
            "name": current_tenant().name,
            "bureau": city_bureau(),
            "phone": settings.get("site.phone"),
        },
        unit=unit_values(case),
        case=case_values(case),
        parties=[party_values(party, case) for party in case.parties],
        steps=[steps[seq] for seq in sorted(steps)],
        step=steps[step.seq] if step else None,
        clocks=[
            {"code": row.code, "title": row.title, "started_on": str(row.started_on), "due_on": str(row.due_on)}
            for row in case.clocks
        ],
        words={one.field.id: one.text for one in told if one.field.store == "case"},
        added=added_rows(told, step),
    )


@dataclass(frozen=True)
class Told:
    """An answer in words with its question; `own` is whether the city asks it beyond its line of work."""

    step: Step
    field: FieldDefinition
    text: str
    own: bool


def told_fields(case: Case, definition: Definition, steps: Mapping[int, Mapping[str, Any]]) -> list[Told]:
    """Every answer that the steps of a case gave, oldest first; what was taken back or sent back says nothing."""
    found = []
    for row in (one for one in case.steps if one.seq in steps):
        key = form_key(definition, row.action)
        extra = {one.field.id for one in definition.extra_fields.get(key or "", ())}
        for one in form_for(definition, key).fields if key else ():
            if row.input.get(one.id) not in (None, "", []):
                own = one.id in extra or (key in definition.forms and one.documents is not None)
                found.append(Told(row, one, steps[row.seq]["answers"].get(one.id, ""), own))
    return found


def added_rows(told: Sequence[Told], step: Step | None) -> list[dict[str, Any]]:
    """What the city asks beyond its line of work, as documents print it; the latest answer to each question."""
    latest = {one.field.id: one for one in told if one.own and (one.field.documents or not one.field.sensitive)}
    return [
        {
            "label": one.field.label,
            "text": one.text,
            "documents": None if one.field.documents is None else list(one.field.documents),
            "here": step is not None and one.step.seq == step.seq,
        }
        for one in latest.values()
    ]


def unit_values(case: Case) -> dict[str, Any]:
    """The body that has the case, the office above it and the bureau of its area."""
    unit = case.unit
    return {
        "name": unit.name,
        "short_name": unit.short_name or unit.name,
        "phone": unit.phone or settings.get("site.phone"),
        "address": unit.address or "",
        "office": office_above(case, unit),
        "bureau": remembered(f"bureau of {unit.id} {case.unit_path}", lambda: _bureau(case)) or city_bureau(),
    }


def city_bureau() -> str:
    """The name of the city's bureau."""
    return f"{current_tenant().name}司法局"


def _bureau(case: Case) -> str | None:
    """The bureau of the area in which the body stands, or of the nearest area around it that has one."""
    areas = [row.code for row in units_of(case) if row.kind == "area"]
    found = nearest_bodies(areas[-1], ("bureau",)) if areas else ()
    return found[0].name if found else None


def office_above(case: Case, unit: Unit) -> str:
    """The name of the nearest unit above the body that is not an area, else the city's bureau."""
    found = remembered(f"office above {unit.id} {case.unit_path}", lambda: _office_above(case, unit))
    return found or city_bureau()


def _office_above(case: Case, unit: Unit) -> str | None:
    above = [row.name for row in units_of(case) if row.kind == "body" and row.id != unit.id]
    return above[-1] if above else None


def case_values(case: Case) -> dict[str, Any]:
    """The case's own facts together with everything the steps stored with it."""
    handler = case.handler.person.name if case.handler else ""
    helpers = [name.strip() for name in str(case.data.get("helpers") or "").split("、") if name.strip()]
    return {
        **case.data,
        "number": case.number,
        "title": case.title,
        "kind": case.kind,
        "kind_title": code_titles(case.domain).get(case.kind or "", ""),
        "source": case.source,
        "source_title": code_titles(case.domain, f"{case.domain}.source").get(case.source or "", ""),
        "area_name": case.area_name,
        "opened_on": str(clock.local(case.opened_at).date()),
        "closed_on": str(clock.local(case.closed_at).date()) if case.closed_at else "",
        "handler": handler,
        "mediators": [name for name in (handler, *helpers) if name],
        "outcome": case.outcome or "",
    }


def party_values(party: Party, case: Case) -> dict[str, Any]:
    """A party with the age reached on the day the case was opened; an agent with the names acted for."""
    values = {column: getattr(party, column) or "" for column in PARTY_COLUMNS}
    if party.agent_for in SIDES:
        values["agent_for"] = names_of(case.parties, party.agent_for)
    values["birth"] = str(party.birth) if party.birth else ""
    values["age"] = ""
    if party.birth:
        opened = clock.local(case.opened_at).date()
        had_birthday = (opened.month, opened.day) >= (party.birth.month, party.birth.day)
        values["age"] = str(opened.year - party.birth.year - (not had_birthday))
    return values


def step_values(step: Step, case: Case, definition: Definition) -> dict[str, Any]:
    """A step with what was entered, as codes and as the words people saw."""
    key = form_key(definition, step.action)
    answers: dict[str, str] = {}
    if key:
        form = form_for(definition, key)
        shown = display.answers(
            form, step.input, field_context(case.domain, form, case.unit_path, choices=False), masked=False
        )
        answers = {answer.field_id: answer.text for answer in shown}
    return {
        "action": step.action,
        "title": step.title,
        "on": str(clock.local(step.happened_at).date()),
        "at": clock.local(step.happened_at).isoformat(timespec="minutes"),
        "actor": step.actor_name,
        "role": step.actor_role,
        "from_state": step.from_state or "",
        "to_state": step.to_state,
        "input": dict(step.input),
        "answers": answers,
    }


def form_key(definition: Definition, action: str) -> str | None:
    """The field form of an action or of a way in."""
    found = definition.find_transition(action) or definition.find_way(action)
    return found.form if found else None
