"""The page that shows one personal value of a party in full, after a reason was given."""

from uuid import UUID

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from saas.audit import services as audit
from saas.cases import queries, unmasking
from saas.cases.actions import CaseAudit
from saas.cases.models import Case, Party
from saas.errors import InvalidInputError
from saas.fields.views import FieldView
from saas.identity.permissions import KernelPermission, fresh, requires
from saas.web.staff import casepage
from saas.web.staff.board import staff
from saas.workflow.queries import get_definition

HINT = "例如：核对身份、联系当事人。会记入操作日志，审计人员可以看到。"


@staff.get("/cases/<number>/parties/<uuid:party_id>/unmask/<name>")
@requires(KernelPermission.UNMASK)
@fresh
def ask_unmask(number: str, party_id: UUID, name: str) -> ResponseReturnValue:
    """Ask why a value is needed."""
    case, party = _find(number, party_id, name)
    audit.record(CaseAudit.READ, case, by=g.actor, case=case, detail={"tab": "unmask"})
    return _page(case, party, name)


@staff.post("/cases/<number>/parties/<uuid:party_id>/unmask/<name>")
@requires(KernelPermission.UNMASK)
@fresh
def unmask(number: str, party_id: UUID, name: str) -> ResponseReturnValue:
    """Show the value on this page, which is kept nowhere; sent again it is another look."""
    reason = request.form.get("reason", "")
    case, party = _find(number, party_id, name)
    try:
        value = unmasking.unmask(case, party, name, reason, by=g.actor)
    except InvalidInputError as error:
        return _page(case, party, name, typed=reason, problem=error.fields["reason"]), error.status
    return _page(case, party, name, value=value)


def _find(number: str, party_id: UUID, name: str) -> tuple[Case, Party]:
    case = queries.get_case(number, g.actor, permission=KernelPermission.UNMASK)
    return case, unmasking.find_masked(case, party_id, name)


def _page(
    case: Case, party: Party, name: str, *, typed: str = "", problem: str | None = None, value: str | None = None
) -> str:
    reason = FieldView(
        "reason", "reason", "查看原因", "text", typed, HINT, problem, required=True, maxlength=unmasking.LONGEST
    )
    return render_template(
        "staff/unmask.html",
        case=case,
        identity=casepage.identity(case, get_definition(case.process_id)),
        party=party,
        name=name,
        label=unmasking.FIELDS[name],
        mask=getattr(party, f"{name}_mask"),
        field_view=reason,
        errors=[("reason", problem)] if problem else [],
        value=value,
    )
