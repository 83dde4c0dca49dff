"""The pages of a draft: the same process as a list and as a map, with the property form and what the checks found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from saas import clock
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin import draft_tabs
from saas.web.admin.board import admin
from saas.web.admin.finding_places import place_of
from saas.web.admin.processes import rows
from saas.web.admin.processes.desk import Desk, lay
from saas.web.admin.processes.panel import Asked, Panel, panel
from saas.web.admin.processes.reading import Sent
from saas.workflow import drafts, drawing
from saas.workflow.checks import Problem
from saas.workflow.drafts.keeping import STATE_TITLES
from saas.workflow.models import Draft, DraftEdit

LIST, MAP = "admin.show_draft", "admin.show_map"
KNOWN = ("from", "after", "x", "y")
"""What an address may say of a new part."""
RECENT = timedelta(minutes=15)


@dataclass(frozen=True)
class Refusal:
    """An edit that was not made: what was typed, what was wrong with it, and what others did meanwhile."""

    asked: Asked
    sent: Sent
    errors: Mapping[str, str] = field(default_factory=dict)
    conflict: str = ""
    detail: Sequence[str] = ()


@admin.get("/processes/<uuid:draft_id>")
@requires(KernelPermission.CONFIG_READ)
def show_draft(draft_id: UUID) -> ResponseReturnValue:
    """Show a draft as a list."""
    return shown(drafts.get_draft(draft_id), LIST)


@admin.get("/processes/<uuid:draft_id>/map")
@requires(KernelPermission.CONFIG_READ)
def show_map(draft_id: UUID) -> ResponseReturnValue:
    """Show a draft as a map."""
    return shown(drafts.get_draft(draft_id), MAP)


def shown(draft: Draft, view: str, refusal: Refusal | None = None) -> str:
    """The page of a draft, or the part of it that a script asks for."""
    template = "admin/processes/_desk.html" if request.headers.get("HX-Request") else "admin/processes/show.html"
    desk = lay(draft, may=g.actor.may(KernelPermission.CONFIGURE))
    return render_template(template, **page_values(desk, view, refusal))


def page_values(desk: Desk, view: str, refusal: Refusal | None) -> dict[str, Any]:
    """Everything that both views draw."""
    may = desk.may
    asked = refusal.asked if refusal else asked_for()
    sent, errors = (refusal.sent, refusal.errors) if refusal else (None, None)
    found = panel(desk, view, asked, sent, errors)
    problems = drafts.problems_of(desk.draft)
    edits = drafts.list_edits(desk.draft)
    return {
        "draft": desk.draft,
        "may": may,
        "is_map": view == MAP,
        "tabs": draft_tabs.of(desk.draft, view, asked.at),
        "here": lambda **query: url_for(view, draft_id=desk.draft.id, **query),
        "act": lambda act: url_for("admin.edit_draft", draft_id=desk.draft.id, act=act),
        "panel": found,
        "review_url": url_for("admin.show_review", draft_id=desk.draft.id),
        "errors": _summary(errors or {}, found),
        "refusal": refusal,
        "other": _other_editor(desk.draft),
        "standing": _standing(desk.draft, edits),
        "can_undo": may and len(edits) > 1,
        "can_redo": may and drafts.can_redo(desk.draft),
        "problems": [_problem(desk, view, one) for one in problems],
        "faults": sum(one.severity == "error" for one in problems),
        "head": rows.head(desk),
        **(_map(desk, view, problems, asked) if view == MAP else _list(desk)),
    }


def asked_for() -> Asked:
    """What the address names."""
    known = {key: request.args[key][:60] for key in KNOWN if key in request.args}
    return Asked(request.args.get("at", "")[:200], request.args.get("new", "")[:20], known)


def _list(desk: Desk) -> dict[str, Any]:
    return {
        "states": rows.states(desk),
        "groups": [
            ("opens", "收件方式", "案件怎样进来。", rows.ways(desk)),
            ("clocks", "时限", "从哪一步起、到哪一步止，到期前提醒。", rows.clocks(desk)),
            ("roles", "办理角色", "这个流程用到的角色。", rows.roles(desk)),
            ("invariants", "不可破坏的规则", "发布时逐条验证，破坏了就不能发布。", rows.rules(desk)),
        ],
    }


def _map(desk: Desk, view: str, problems: Sequence[Problem], asked: Asked) -> dict[str, Any]:
    if desk.definition is None:
        return {"drawing": None}
    marks = {one.place.split(".")[1]: "error" for one in problems if one.severity == "error" and "." in one.place}
    if asked.at:
        marks[asked.at.partition(".")[2]] = "chosen"
    address = _address(desk, view)
    drawn = drawing.draw(desk.definition, marks=marks, focusable=True, address=address, ports=desk.may)
    return {"drawing": Markup(drawn)}  # noqa: S704  drawing escapes every text


def _address(desk: Desk, view: str) -> drawing.Address:
    here = url_for(view, draft_id=desk.draft.id)
    return lambda place: f"{here}?at={place}"


def _summary(errors: Mapping[str, str], found: Panel | None) -> list[tuple[str | None, str]]:
    asked = [*found.fields, *found.more, *(one for row in found.rows for one in row)] if found else []
    known = {one.id for one in asked}
    return [(name if name in known else None, told) for name, told in errors.items()]


def _other_editor(draft: Draft) -> str | None:
    """Who else was at it just now."""
    recent = clock.now() - draft.edited_at < RECENT
    return draft.edited_by if recent and draft.edited_by != g.actor.name and draft.state == "draft" else None


def _standing(draft: Draft, edits: Sequence[DraftEdit]) -> str:
    """What was done last, so that it is seen to be kept."""
    if draft.state != "draft" or not edits:
        return STATE_TITLES[draft.state]
    moment = clock.local(draft.edited_at)
    return f"已自动保存（{moment:%H:%M}，{draft.edited_by}）：{edits[0].what}"


def _problem(desk: Desk, view: str, one: Problem) -> dict[str, Any]:
    """A finding with the way to its place, where that can be opened here."""
    title, url = place_of(desk.draft, one.place, view)
    return {"error": one.severity == "error", "code": one.code, "title": title, "url": url, "told": one.message}
