"""A draft tried on the cases there are: asked for, watched, read."""

from typing import Any
from uuid import UUID

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas import clock
from saas.identity.permissions import KernelPermission, requires
from saas.rehearsal import jobs, queries
from saas.rehearsal.models import Backtest
from saas.web.admin.board import admin
from saas.web.admin.rehearsal.frame import Desk, frame_values, lay
from saas.workflow.drafts import get_draft
from saas.workflow.process import Definition

HERE = "admin.show_backtest"
KINDS = {"path": "经过的环节不同", "outcome": "结果不同"}


@admin.get("/processes/<uuid:draft_id>/backtest")
@requires(KernelPermission.CONFIG_READ)
def show_backtest(draft_id: UUID) -> ResponseReturnValue:
    """Show the last run of a draft; asked by a script, only the part of the page that changes."""
    desk = lay(draft_id)
    latest = queries.find_latest(draft_id)
    part = "admin/rehearsal/_backtest.html" if request.headers.get("HX-Request") else "admin/rehearsal/backtest.html"
    return render_template(part, **frame_values(desk, HERE), run=shown(desk, latest) if latest else None)


@admin.post("/processes/<uuid:draft_id>/backtest")
@requires(KernelPermission.CONFIGURE)
def ask_backtest(draft_id: UUID) -> ResponseReturnValue:
    """Have the draft tried on every case of its process."""
    jobs.ask(get_draft(draft_id), by=g.actor)
    return redirect(url_for(HERE, draft_id=draft_id), 303)


def shown(desk: Desk, run: Backtest) -> dict[str, Any]:
    """A run as the page draws it."""
    result = run.result
    return {
        "state": run.state,
        "unfinished": run.state in {"queued", "running"},
        "done": run.done,
        "total": run.total,
        "problem": run.problem,
        "by": run.asked_by,
        "asked": f"{clock.local(run.asked_at):%Y-%m-%d %H:%M}",
        "url": url_for(HERE, draft_id=desk.draft.id),
        "outdated": run.state == "ready" and run.cursor != desk.draft.cursor,
        "result": result,
        "groups": [_group(desk.definition, one) for one in result.get("changed", ())],
        "refused": [_example(one) for one in result.get("refused_examples", ())],
    }


def _group(definition: Definition, found: dict[str, Any]) -> dict[str, Any]:
    what = found["what"]
    return {
        "title": KINDS.get(what) or _limit(definition, what.removeprefix("due.")),
        "count": found["count"],
        "examples": [_example(one) for one in found["examples"]],
    }


def _limit(definition: Definition, code: str) -> str:
    title = definition.clocks[code]["title"] if code in definition.clocks else code
    return f"期限“{title}”的到期日不同"


def _example(found: dict[str, Any]) -> dict[str, Any]:
    """An example; who may read cases is led to it."""
    number = found["number"]
    may_read = g.actor.may(KernelPermission.CASE_READ)
    return {**found, "url": url_for("staff.show_case", number=number) if may_read else None}
