"""The page that shows one personal value of a party in full, after a reason was given."""

from uuid import UUID

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from saas.cases import queries, unmasking
from saas.errors import InvalidInputError
from saas.identity.permissions import KernelPermission, requires
from saas.web.staff import casepage
from saas.web.staff.board import staff
from saas.workflow.queries import get_definition


@staff.get("/cases/<number>/parties/<uuid:party_id>/unmask/<name>")
@requires(KernelPermission.UNMASK)
def ask_unmask(number: str, party_id: UUID, name: str) -> ResponseReturnValue:
    """Ask why a value is needed."""
    return _page(number, party_id, name)


@staff.post("/cases/<number>/parties/<uuid:party_id>/unmask/<name>")
@requires(KernelPermission.UNMASK)
def unmask(number: str, party_id: UUID, name: str) -> ResponseReturnValue:
    """Show the value on this page, which is kept nowhere; sent again it is another look."""
    reason = request.form.get("reason", "")
    case = queries.get_case(number, g.actor, permission=KernelPermission.UNMASK)
    party = unmasking.find_masked(case, party_id, name)
    try:
        value = unmasking.unmask(case, party, name, reason, by=g.actor)
    except InvalidInputError as error:
        return _page(number, party_id, name, typed=reason, problem=error.fields["reason"]), error.status
    return _page(number, party_id, name, typed=reason, value=value)


def _page(
    number: str, party_id: UUID, name: str, *, typed: str = "", problem: str | None = None, value: str | None = None
) -> str:
    case = queries.get_case(number, g.actor, permission=KernelPermission.UNMASK)
    party = unmasking.find_masked(case, party_id, name)
    label = unmasking.FIELDS[name]
    field = {
        "id": "reason",
        "name": "reason",
        "label": "查看原因",
        "kind": "text",
        "value": typed,
        "error": problem,
        "required": True,
        "hint": "例如：核对身份、联系当事人。会记入操作日志，审计人员可以看到。",
        "maxlength": unmasking.LONGEST,
    }
    return render_template(
        "staff/unmask.html",
        case=case,
        identity=casepage.identity(case, get_definition(case.process_id)),
        party=party,
        name=name,
        label=label,
        mask=getattr(party, f"{name}_mask"),
        field_view=field,
        errors=[("reason", problem)] if problem else [],
        value=value,
    )
