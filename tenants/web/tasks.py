"""How far a task is, and what came of it."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from tenants import facts
from tenants.tasks.kinds import Kind
from tenants.web import wording
from tenants.web.blueprint import operators_only, platform
from tenants.web.frame import frame

UNFINISHED = frozenset({"waiting", "running"})
FULL, PIECE = "operator/show_task.html", "operator/_task.html"


@platform.get("/ops/tasks/<uuid:task>")
@operators_only
def show_task(task: UUID) -> ResponseReturnValue:
    """Show the task; while it is unfinished, a browser with script asks for the piece again and again."""
    found = facts.get_task(task)
    names = facts.operator_names()
    city_is_there = found.state == "done" and found.kind != Kind.DELETE
    return render_template(
        PIECE if request.headers.get("HX-Request") else FULL,
        **frame(),
        task=found,
        row=wording.task_row(found, names),
        unfinished=found.state in UNFINISHED,
        result=wording.result_rows(found),
        city_url=url_for("platform.show_city", code=found.city) if city_is_there else None,
        certificate=found.result.get("certificate"),
        backup=found.result.get("file") if found.kind == Kind.BACKUP else None,
    )
