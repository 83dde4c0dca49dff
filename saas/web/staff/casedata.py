"""A case as JSON, for programs: where it stands and what it keeps, with the same marks of secrecy as the page."""

from typing import Any

from flask import g, jsonify
from flask.typing import ResponseReturnValue

from saas import clock
from saas.audit import services as audit
from saas.cases import access, kept, queries
from saas.cases.actions import CaseAudit
from saas.cases.models import Case
from saas.identity.permissions import KernelPermission, requires
from saas.web.staff import rows
from saas.web.staff.board import staff
from saas.workflow.queries import get_definition


@staff.get("/cases/<number>.json")
@requires(KernelPermission.CASE_READ)
def show_data(number: str) -> ResponseReturnValue:
    """Answer with the case as data."""
    case = queries.get_case(number, g.actor)
    audit.record(CaseAudit.READ, case, by=g.actor, case=case, detail={"tab": "data"})
    return jsonify(data_of(case))


def data_of(case: Case) -> dict[str, Any]:
    """The case as JSON values; parties are named as lists name them."""
    definition = get_definition(case.process_id)
    return {
        "number": case.number,
        "process": definition.key,
        "title": definition.title,
        "state": case.state,
        "state_title": rows.state_title(definition, case.state),
        "unit": case.unit.name,
        "area": case.area_name,
        "parties": rows.masked_parties(case),
        "opened_on": str(clock.local(case.opened_at).date()),
        "closed_on": str(clock.local(case.closed_at).date()) if case.closed_at else None,
        "flags": list(case.flags),
        "revision": case.revision,
        "fields": kept.as_data(case, definition, roles=access.roles_on(g.actor, case)),
    }
