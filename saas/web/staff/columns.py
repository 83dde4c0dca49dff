"""The columns of exported lists: the platform's, then what a city asks itself and keeps with its cases."""

from collections.abc import Collection, Sequence
from typing import Any

from saas.cases import access
from saas.cases.kept import own_fields, told
from saas.cases.models import Case
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


def row(case: Case, columns: Collection[str], *, by: Actor) -> dict[str, Any]:
    """A case with the columns asked for; what a case keeps is opened only where one of them needs it."""
    values = rows.case_row(case)
    ids = {key.removeprefix(OWN) for key in columns if key.startswith(OWN)}
    if not ids:
        return values
    fields = {id_: one for id_, one in own_fields(get_definition(case.process_id)).items() if id_ in ids}
    kept = told(case, fields, roles=access.roles_on(by, case))
    return {**values, **{f"{OWN}{id_}": kept.get(id_, "") for id_ in ids}}
