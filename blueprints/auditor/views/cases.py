"""Finding cases and looking at one; every search and every look is recorded."""

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.auditor import casepage
from blueprints.auditor.actions import AuditorAudit
from blueprints.auditor.blueprint import views
from saas.audit import services as audit
from saas.cases import queries
from saas.errors import NotFoundError
from saas.identity import queries as identity
from saas.identity.permissions import KernelPermission, requires
from saas.web.paging import elsewhere
from saas.web.paging import wanted as wanted_page
from saas.web.staff import filters, rows
from saas.workflow.queries import current_definitions

COLUMNS = ("number", "matter", "parties", "state", "handler", "unit", "opened")


@views.get("")
@requires(KernelPermission.AUDIT_READ)
def list_cases() -> ResponseReturnValue:
    """Show the cases of the auditor's units that match, newest first."""
    wanted, page = filters.from_address(), wanted_page()
    query = queries.cases_of(g.actor, wanted, permission=KernelPermission.AUDIT_READ)
    found = queries.list_cases(query, offset=page.offset, limit=page.limit)
    shown = page.of(queries.count_cases(query))
    detail = {"filter": filters.told(wanted), "total": shown.total}
    audit.record(AuditorAudit.CASES_SEARCHED, ("case_list", "search"), by=g.actor, detail=detail)
    handlers = identity.list_users(g.actor.scopes(KernelPermission.AUDIT_READ))
    return render_template(
        "auditor/list_cases.html",
        fields=filters.case_fields(wanted, current_definitions(), list(handlers)),
        applied=filters.applied(wanted),
        columns=[{"key": key, "label": rows.CASE_COLUMNS[key]} for key in COLUMNS],
        rows=[rows.case_row(case) | {"url": url_for("auditor.show_case", number=case.number)} for case in found],
        page=shown,
        batch_url=batch_url(),
    )


def batch_url() -> str | None:
    """Where the dossiers of the filtered cases are asked for, with the same filter; None where it is not allowed."""
    if not g.actor.may(KernelPermission.DOSSIER_EXPORT):
        return None
    return elsewhere("dossiers.ask_batch")


@views.get("/cases/<number>")
@requires(KernelPermission.AUDIT_READ)
def show_case(number: str) -> ResponseReturnValue:
    """Show a case on one of its tabs, with nothing to be done on it."""
    tab = request.args.get("tab", "overview")
    if tab not in casepage.TABS:
        raise NotFoundError
    case = queries.get_case(number, g.actor, permission=KernelPermission.AUDIT_READ)
    audit.record(AuditorAudit.CASE_READ, case, by=g.actor, case=case, detail={"tab": tab})
    return render_template("auditor/show_case.html", **casepage.page_values(case, tab, by=g.actor))
