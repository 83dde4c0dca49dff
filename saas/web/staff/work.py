"""The work list: what waits for the person who is signed in."""

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas import clock
from saas.cases import queries, services
from saas.errors import ConflictError
from saas.identity.permissions import KernelPermission, requires
from saas.web.paging import wanted as wanted_page
from saas.web.staff import casepage, filters, rows
from saas.web.staff.board import staff


@staff.get("/work")
@requires(KernelPermission.WORK)
def show_work() -> ResponseReturnValue:
    """Show the tasks that wait for the signed-in person, soonest due first."""
    wanted, page = filters.from_address(), wanted_page()
    query = queries.open_tasks(g.actor, wanted, clock.today())
    tasks = queries.list_tasks(query, offset=page.offset, limit=page.limit)
    narrowed = filters.applied(wanted)
    everything = queries.open_tasks(g.actor, queries.Filter(), clock.today()) if narrowed else query
    counts = queries.count_waiting(everything, clock.today())
    return render_template(
        "staff/show_work.html",
        fields=filters.work_fields(wanted, filters.own_definitions(g.actor, KernelPermission.WORK)),
        applied=filters.applied(wanted),
        columns=[{"key": key, "label": rows.CASE_COLUMNS[key]} for key in rows.WORK_COLUMNS],
        rows=[rows.task_row(task) for task in tasks],
        counts=counts,
        page=page.of(queries.count_tasks(query) if narrowed else counts["all"]),
    )


@staff.post("/cases/<number>/take")
@requires(KernelPermission.CASE_ACT)
def take_case(number: str) -> ResponseReturnValue:
    """Take a case that nobody has taken, and show it; who comes second learns who was first."""
    case = queries.get_case(number, g.actor, for_update=True)
    try:
        services.take(case, by=g.actor, region=request.args.get("region", ""))
    except ConflictError as error:
        page = casepage.page_values(case, "overview", by=g.actor)
        return render_template("staff/show_case.html", **page, refusal=error.message), error.status
    return redirect(url_for("staff.show_case", number=number), 303)
