"""Playing a draft step by step: as any role, on any day, without anything being done."""

from datetime import date
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.errors import InvalidInputError
from saas.identity.permissions import KernelPermission, requires
from saas.rehearsal import examples, plays
from saas.web.admin import cursor
from saas.web.admin.board import admin
from saas.web.admin.rehearsal import questions
from saas.web.admin.rehearsal.frame import lay
from saas.web.admin.rehearsal.playpage import HERE, Asked, Scene, page_values
from saas.workflow.drafts import get_draft

EARLIER = "日期不能早于最近一步办理的日期，请改到那一天或者之后。"


@admin.get("/processes/<uuid:draft_id>/play")
@requires(KernelPermission.CONFIG_READ)
def show_play(draft_id: UUID) -> ResponseReturnValue:
    """Show where the play stands, and the form of the step the address names."""
    given = {"by": request.args.get("by", "")}
    return _page(_scene(draft_id), Asked(request.args.get("action", ""), given))


@admin.post("/processes/<uuid:draft_id>/play")
@requires(KernelPermission.CONFIG_READ)
def play_act(draft_id: UUID) -> ResponseReturnValue:
    """Try a step; whether it is taken or refused, the page says so."""
    scene, action = _scene(draft_id), request.form.get("_action", "")
    try:
        act = questions.read_act(scene.setting, action, request.form)
        plays.keep(scene.desk.draft, [*scene.taken, act], None, by=g.actor)
    except InvalidInputError as error:
        sent = {name: request.form.getlist(name) for name in request.form}
        single = {name: sent[name][-1] for name in (questions.BY, questions.PERSON, questions.ON) if name in sent}
        return _page(scene, Asked(action, sent | single, error.fields)), error.status
    return _back(draft_id)


@admin.post("/processes/<uuid:draft_id>/play/undo")
@requires(KernelPermission.CONFIG_READ)
def undo_play(draft_id: UUID) -> ResponseReturnValue:
    """Take the last step back."""
    scene = _scene(draft_id)
    plays.keep(scene.desk.draft, scene.script.acts[:-1], None, by=g.actor)
    return _back(draft_id)


@admin.post("/processes/<uuid:draft_id>/play/restart")
@requires(KernelPermission.CONFIG_READ)
def restart_play(draft_id: UUID) -> ResponseReturnValue:
    """Begin anew."""
    plays.keep(get_draft(draft_id), (), None, by=g.actor)
    return _back(draft_id)


@admin.post("/processes/<uuid:draft_id>/play/clock")
@requires(KernelPermission.CONFIG_READ)
def move_play_clock(draft_id: UUID) -> ResponseReturnValue:
    """Let it be another day, to see how the limits stand then."""
    scene = _scene(draft_id)
    try:
        day = _later_day(scene)
    except InvalidInputError as error:
        return _page(scene, Asked(errors={"day": next(iter(error.fields.values()))})), error.status
    plays.keep(scene.desk.draft, scene.script.acts, day, by=g.actor)
    return _back(draft_id)


@admin.post("/processes/<uuid:draft_id>/play/keep")
@requires(KernelPermission.CONFIGURE)
def keep_scenario(draft_id: UUID) -> ResponseReturnValue:
    """Keep what was played as a scenario of the draft."""
    scene = _scene(draft_id)
    try:
        title = examples.keep(
            scene.desk.draft, scene.script.acts, request.form.get("title", ""), cursor=cursor.seen(), by=g.actor
        )
    except InvalidInputError as error:
        return _page(scene, Asked(errors=error.fields)), error.status
    flash(f"已保存为场景“{title}”，发布前会自动核对。", "success")
    return redirect(url_for("admin.list_scenarios", draft_id=draft_id), 303)


def _later_day(scene: Scene) -> date:
    """The day that is asked for.

    Raises:
        InvalidInputError: It is none, or lies before what was done already.
    """
    day = questions.read_day(request.form.get("day", ""))
    if scene.taken and day < scene.taken[-1].on:
        raise InvalidInputError({"day": EARLIER})
    return day


def _scene(draft_id: UUID) -> Scene:
    return Scene.of(lay(draft_id), plays.read(draft_id, by=g.actor))


def _page(scene: Scene, asked: Asked) -> str:
    return render_template("admin/rehearsal/play.html", **page_values(scene, asked))


def _back(draft_id: UUID) -> ResponseReturnValue:
    return redirect(url_for(HERE, draft_id=draft_id), 303)
