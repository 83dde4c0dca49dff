"""What is kept with a case, question by question: the columns of exports and the case as data."""

from collections.abc import Mapping
from typing import Any

from saas.cases.context import field_context
from saas.cases.models import Case
from saas.domain import form_for
from saas.fields import display
from saas.fields.definition import FieldDefinition, FormDefinition, PageDefinition
from saas.workflow.papers import steps_of
from saas.workflow.process import Definition

Fields = Mapping[str, FieldDefinition]


def kept_fields(definition: Definition) -> dict[str, FieldDefinition]:
    """The questions whose answers a process keeps with the case, in the order of its steps."""
    keys = dict.fromkeys(step.form for step in steps_of(definition) if step.form)
    fields = (one for key in keys for one in form_for(definition, key).fields)
    return {one.id: one for one in fields if one.store == "case"}


def own_fields(definition: Definition) -> dict[str, FieldDefinition]:
    """Those of them that the city asks itself, beyond its line of work; sensitive ones are in no list."""
    extra = {one.field.id for some in definition.extra_fields.values() for one in some}
    whole = {one.id for form in definition.forms.values() for one in form.fields if not one.party}
    return {id_: one for id_, one in kept_fields(definition).items() if id_ in extra | whole and not one.sensitive}


def told(case: Case, fields: Fields, *, roles: frozenset[str]) -> dict[str, str]:
    """What a case keeps for some questions, in words, personal parts hidden; questions without an answer are left out.

    Args:
        case: The case.
        fields: The questions by the names of their answers.
        roles: Those of the person who asks, at the case.
    """
    data = case.data
    wanted = {id_: one for id_, one in fields.items() if data.get(id_) not in (None, "", [])}
    form = FormDefinition("", "", (PageDefinition("", "", tuple(wanted.values())),))
    context = field_context(case.domain, form, case.unit_path, choices=False, roles=roles)
    return {id_: display.told(one, data[id_], context, masked=True) for id_, one in wanted.items()}


def as_data(case: Case, definition: Definition, *, roles: frozenset[str]) -> list[dict[str, Any]]:
    """What a case keeps as plain values with their questions; what is masked or not for the reader has no value."""
    fields = kept_fields(definition)
    words = told(case, fields, roles=roles)
    open_ = {id_ for id_ in words if not fields[id_].mask and not fields[id_].read and not fields[id_].sensitive}
    return [
        {
            "id": id_,
            "label": fields[id_].label,
            "type": fields[id_].type,
            "value": case.data[id_] if id_ in open_ else None,
            "text": text,
        }
        for id_, text in words.items()
    ]
