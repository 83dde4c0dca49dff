"""The columns of exported lists: the platform's, then what a city asks itself and keeps with its cases."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from saas.cases import access
from saas.cases.kept import own_fields, told
from saas.cases.models import Case
from saas.fields.definition import FieldDefinition
from saas.identity.actor import Actor
from saas.web.staff import rows
from saas.workflow.process import Definition
from saas.workflow.queries import get_definition

OWN = "data."


def all_columns(definitions: Sequence[Definition]) -> dict[str, str]:
    """Every column a list may be exported with while a city runs these processes, by key.

    Two questions of one name are told apart by their process.
    """
    found = dict(rows.CASE_COLUMNS)
    for definition in definitions:
        for id_, field in own_fields(definition).items():
            taken = field.label in found.values()
            found.setdefault(f"{OWN}{id_}", f"{field.label}（{definition.title}）" if taken else field.label)
    return found


def rows_of(cases: Sequence[Case], columns: Collection[str], *, by: Actor) -> list[dict[str, Any]]:
    """Cases with the columns asked for; what a case keeps is opened only where one of them needs it."""
    ids = {key.removeprefix(OWN) for key in columns if key.startswith(OWN)}
    if not ids:
        return [rows.case_row(case) for case in cases]
    wanted = {version: _wanted(version, ids) for version in {case.process_id for case in cases}}
    return [_row(case, ids, wanted[case.process_id], by) for case in cases]


def _wanted(version: UUID, ids: Collection[str]) -> dict[str, FieldDefinition]:
    return {id_: one for id_, one in own_fields(get_definition(version)).items() if id_ in ids}


def _row(case: Case, ids: Collection[str], wanted: Mapping[str, FieldDefinition], by: Actor) -> dict[str, Any]:
    kept = told(case, wanted, roles=access.roles_on(by, case))
    return {**rows.case_row(case), **{f"{OWN}{id_}": kept.get(id_, "") for id_ in ids}}
