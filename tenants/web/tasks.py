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


@platform.get("/ops/tasks/<uuid:task_id>")
@operators_only
def show_task(task_id: UUID) -> ResponseReturnValue:
    """Show the task; while it is unfinished, a browser with script asks for the piece again and again."""
    task = facts.get_task(task_id)
    names = facts.operator_names()
    city_is_there = task.state == "done" and task.kind != Kind.DELETE
    return render_template(
        PIECE if request.headers.get("HX-Request") else FULL,
        **frame(),
        task=task,
        row=wording.task_row(task, names),
        unfinished=task.state in UNFINISHED,
        result=wording.result_rows(task),
        city_url=url_for("platform.show_city", code=task.city) if city_is_there else None,
        certificate=task.result.get("certificate"),
        backup=task.result.get("file") if task.kind == Kind.BACKUP else None,
    )
