"""Long lists: asking for one, deciding about it, taking it out once."""

from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from saas import clock
from saas.cases import bulk, bulk_queries, queries
from saas.cases.bulk_models import BulkExport
from saas.cases.models import Case
from saas.errors import InvalidInputError
from saas.fields.views import FieldView
from saas.identity.permissions import KernelPermission, fresh, requires
from saas.web.staff import exports, filters
from saas.web.staff.board import staff

STATES = {
    "waiting": ("等待审批", "info"),
    "approved": ("已批准，可以下载一次", "success"),
    "refused": ("未批准", "danger"),
    "taken": ("已下载", "neutral"),
}
COLUMNS = (
    {"key": "asked", "label": "申请时间"},
    {"key": "by", "label": "申请人"},
    {"key": "filter", "label": "筛选条件"},
    {"key": "rows", "label": "件数"},
    {"key": "reason", "label": "理由"},
    {"key": "decide", "label": "审批"},
)
LONGEST_QUERY = 1000
LONGEST = 200  # characters of a reason


@staff.get("/exports")
@requires(KernelPermission.CASE_EXPORT)
def list_bulk() -> ResponseReturnValue:
    """Show the reader's own long lists, with the form that asks for one."""
    query = request.args.get("query", "")[:LONGEST_QUERY]
    return render_template("staff/list_bulk.html", **page_values(query, {}))


@staff.post("/exports")
@requires(KernelPermission.CASE_EXPORT)
def ask_bulk() -> ResponseReturnValue:
    """Ask for a long list."""
    query = request.form.get("query", "")[:LONGEST_QUERY]
    try:
        bulk.ask(query, queries.count_cases(cases_of(query)), request.form.get("reason", "")[:LONGEST], by=g.actor)
    except InvalidInputError as error:
        return render_template("staff/list_bulk.html", **page_values(query, error.fields)), error.status
    flash("申请已提交，批准后可以在这里下载一次。", "success")
    return redirect(url_for("staff.list_bulk"), 303)


@staff.post("/exports/<uuid:export>/take")
@requires(KernelPermission.CASE_EXPORT)
@fresh
def take_bulk(export: UUID) -> ResponseReturnValue:
    """Send an approved list, once."""
    found = bulk_queries.get_own(export, g.actor)
    bulk.take(found)
    columns, wanted = exports.columns_of(filters.args_of(found.query)), filters.of_query(found.query)
    return exports.send_list(bulk.cases_of(found, cases_of(found.query)), wanted, columns, found.rows)


@staff.get("/export-approvals")
@requires(KernelPermission.EXPORT_APPROVE)
def list_approvals() -> ResponseReturnValue:
    """Show the long lists that wait in the reader's units."""
    rows = [row_of(one) for one in bulk_queries.list_waiting(g.actor)]
    return render_template("staff/list_export_approvals.html", columns=COLUMNS, rows=rows)


@staff.post("/export-approvals/<uuid:export>/approve")
@requires(KernelPermission.EXPORT_APPROVE)
@fresh
def approve_bulk(export: UUID) -> ResponseReturnValue:
    """Let a long list be taken out."""
    bulk.decide(bulk_queries.get_waiting(export, g.actor), approved=True, by=g.actor)
    flash("已批准。", "success")
    return redirect(url_for("staff.list_approvals"), 303)


@staff.post("/export-approvals/<uuid:export>/refuse")
@requires(KernelPermission.EXPORT_APPROVE)
def refuse_bulk(export: UUID) -> ResponseReturnValue:
    """Turn down a long list."""
    bulk.decide(bulk_queries.get_waiting(export, g.actor), approved=False, by=g.actor)
    flash("已驳回。", "success")
    return redirect(url_for("staff.list_approvals"), 303)


def cases_of(query: str) -> Select[Case]:
    """The cases of a query that the actor may take out."""
    return queries.cases_of(g.actor, filters.of_query(query), permission=KernelPermission.CASE_EXPORT)


def page_values(query: str, errors: dict[str, str]) -> dict[str, Any]:
    """What the page of one's own lists draws."""
    reason = FieldView(
        "reason",
        "reason",
        "理由",
        "text",
        request.form.get("reason", ""),
        hint="审批人据此决定是否同意，例如“年度统计上报”。",
        error=errors.get("reason"),
        required=True,
        maxlength=LONGEST,
    )
    return {
        "rows": [row_of(one) for one in bulk_queries.list_own(g.actor)],
        "query": query,
        "count": queries.count_cases(cases_of(query)),
        "question": reason,
        "errors": [("reason", told) for told in errors.values()],
        "asking": "query" in request.values,
    }


def row_of(export: BulkExport) -> dict[str, Any]:
    """A long list as a row."""
    return {
        "asked": f"{clock.local(export.asked_at):%Y-%m-%d %H:%M}",
        "by": export.asked_by.person.name,
        "rows": f"{export.rows:,} 件",
        "filter": "；".join(filters.told(filters.of_query(export.query)).values()) or "全部",
        "reason": export.reason,
        "state": STATES[export.state],
        "ready": export.state == "approved",
        "own": export.asked_by_id == g.actor.id,
        "take_url": url_for("staff.take_bulk", export=export.id),
        "approve_url": url_for("staff.approve_bulk", export=export.id),
        "refuse_url": url_for("staff.refuse_bulk", export=export.id),
    }
