"""Who keeps out of a case, on a page of its own."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas import clock
from saas.audit import services as audit
from saas.cases import queries, recusing
from saas.cases.access import allows
from saas.cases.actions import CaseAudit
from saas.cases.models import Case
from saas.errors import InvalidInputError
from saas.identity.permissions import KernelPermission, requires
from saas.web.staff import asked
from saas.web.staff.board import staff

COLUMNS = {"name": "回避的人", "reason": "理由", "since": "起始时间", "end": "操作"}


@staff.get("/cases/<number>/recusals")
@requires(KernelPermission.CASE_READ)
def show_recusals(number: str) -> ResponseReturnValue:
    """Show who keeps out of a case."""
    case = queries.get_case(number, g.actor)
    audit.record(CaseAudit.READ, case, by=g.actor, case=case, detail={"tab": "recusals"})
    return render_template("staff/show_recusals.html", **page_values(case, {}))


@staff.post("/cases/<number>/recusals")
@requires(KernelPermission.CASE_ASSIGN)
def recuse(number: str) -> ResponseReturnValue:
    """Keep somebody out of a case."""
    case = queries.get_case(number, g.actor, permission=KernelPermission.CASE_ASSIGN, for_update=True)
    form = request.form
    try:
        recusing.recuse(case, form.get("username", ""), form.get("reason", "")[: asked.LONGEST], by=g.actor)
    except InvalidInputError as error:
        return render_template("staff/show_recusals.html", **page_values(case, error.fields)), error.status
    flash("已登记回避，即时生效。", "success")
    return redirect(url_for("staff.show_recusals", number=number), 303)


@staff.post("/cases/<number>/recusals/end")
@requires(KernelPermission.CASE_ASSIGN)
def end_recusal(number: str) -> ResponseReturnValue:
    """Let somebody into a case again."""
    case = queries.get_case(number, g.actor, permission=KernelPermission.CASE_ASSIGN, for_update=True)
    recusing.end_recusal(case, asked.entry(request.form.get("recusal", "")), by=g.actor)
    flash("回避已撤销。", "success")
    return redirect(url_for("staff.show_recusals", number=number), 303)


def page_values(case: Case, errors: dict[str, str]) -> dict[str, Any]:
    """What the page draws; what was typed stays."""
    sent, can_assign = request.form, allows(g.actor, KernelPermission.CASE_ASSIGN, case)
    hint = "例如 sunli。与当事人有亲属关系、利害关系的，应当回避。"
    return {
        "case": case,
        "columns": [{"key": key, "label": label} for key, label in COLUMNS.items()],
        "rows": [
            {
                "id": one.id,
                "name": one.user.person.name,
                "reason": one.reason,
                "since": f"{clock.local(one.since):%Y-%m-%d %H:%M}",
            }
            for one in queries.list_recusals(case)
        ],
        "can_assign": can_assign,
        "end": asked.ending(case, "staff.end_recusal", "recusal", "撤销回避") if can_assign else None,
        "fields": [
            asked.account("回避人的账号", sent.get("username", ""), errors, hint),
            asked.reason(sent.get("reason", ""), errors.get("reason")),
        ],
        "errors": list(errors.items()),
    }
