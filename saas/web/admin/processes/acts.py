"""What is done to a draft: every act is a form sent to one address, from the list and from the map alike."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.errors import ConflictError, InvalidInputError, NotFoundError
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin import cursor
from saas.web.admin.board import admin
from saas.web.admin.forms.showing import list_values
from saas.web.admin.processes import questions, reading
from saas.web.admin.processes.desk import Desk, lay
from saas.web.admin.processes.panel import CONDITIONAL, HEAD, Asked, guards, own_guards, special_guards
from saas.web.admin.processes.reading import Sent
from saas.web.admin.processes.showing import KNOWN, LIST, MAP, Refusal, shown
from saas.workflow import definition, drafts, editing
from saas.workflow.editing import Edit, EditError, parts

LONGEST_NUMBER = 9
MOST_TOLD = 3  # faults of the shape that are told at once
GONE = "要修改的内容已经不在了，请刷新页面后重试。"


@admin.post("/processes/<uuid:draft_id>/acts/<act>")
@requires(KernelPermission.CONFIGURE)
def edit_draft(draft_id: UUID, act: str) -> ResponseReturnValue:
    """Change a draft by one act; what cannot be done is shown again with everything that was typed."""
    draft = drafts.get_draft(draft_id)
    if act not in ACTS:
        raise NotFoundError
    sent = request.form
    try:
        made = ACTS[act](lay(draft, may=True), sent)
        _check_shape(made)
        if made.what:
            drafts.edit(draft, made.body, made.what, cursor=cursor.seen(), by=g.actor)
    except (EditError, InvalidInputError) as error:
        return shown(draft, view_of(sent), Refusal(_asked(sent, act), sent, error.fields)), InvalidInputError.status
    except ConflictError as error:
        told = Refusal(_asked(sent, act), sent, conflict=error.message, detail=error.detail)
        return shown(draft, view_of(sent), told), error.status
    return redirect(_next(draft_id, sent, made), 303)


@admin.post("/processes/<uuid:draft_id>/undo")
@requires(KernelPermission.CONFIGURE)
def undo_draft(draft_id: UUID) -> ResponseReturnValue:
    """Go back to before the last edit."""
    return _step(draft_id, drafts.undo)


@admin.post("/processes/<uuid:draft_id>/redo")
@requires(KernelPermission.CONFIGURE)
def redo_draft(draft_id: UUID) -> ResponseReturnValue:
    """Take the last undoing back."""
    return _step(draft_id, drafts.redo)


def _step(draft_id: UUID, way: Callable[..., None]) -> ResponseReturnValue:
    draft = drafts.get_draft(draft_id)
    of_forms = request.form.get("view") == "forms"
    try:
        way(draft, cursor=cursor.seen(), by=g.actor)
    except ConflictError as error:
        if of_forms:
            page = list_values(draft, {"": error.message})
            return render_template("admin/forms/list_forms.html", **page), error.status
        told = Refusal(Asked(), request.form, conflict=error.message, detail=error.detail)
        return shown(draft, view_of(request.form), told), error.status
    return redirect(url_for("admin.list_forms" if of_forms else view_of(request.form), draft_id=draft_id), 303)


def view_of(sent: Mapping[str, str]) -> str:
    """The view that a form was sent from."""
    return MAP if sent.get("view") == "map" else LIST


def _next(draft_id: UUID, sent: Sent, made: Edit) -> str:
    """Back to the view, at the part that was changed."""
    at: dict[str, Any] = {"at": made.place} if made.place else {}
    return url_for(view_of(sent), draft_id=draft_id, **at)


def _asked(sent: Sent, act: str) -> Asked:
    """What the refused form was about, so that it is drawn again."""
    known = {key: sent[key][:60] for key in KNOWN if key in sent and key != "from"}
    if act == "add":
        return Asked(new=sent.get("part", ""), known=known)
    if act == "insert":
        return Asked(sent.get("at", ""), "insert")
    return Asked(HEAD if act == "head" else sent.get("at", ""))


def _check_shape(made: Edit) -> None:
    """An edit never leaves a body that cannot be read."""
    try:
        definition.parse(made.body)
    except definition.DefinitionError as error:
        told = "；".join(one.message for one in error.problems[:MOST_TOLD])
        raise EditError({"": f"这样修改后流程读不懂，没有保存：{told}。"}) from error


def _number(sent: Sent, name: str) -> int:
    text = sent.get(name, "")
    plain = text.removeprefix("-")
    if not (plain.isascii() and plain.isdigit() and len(plain) <= LONGEST_NUMBER):
        raise EditError({"": "表单内容不完整，请刷新页面后重试。"})
    return int(text)


def _add(desk: Desk, sent: Sent) -> Edit:
    kind = sent.get("part", "")
    if kind not in parts.KINDS:
        raise EditError({"": GONE})
    values, fields = _values(desk, kind, "", sent)
    if kind == "roles":
        return _add_role(desk, values)
    if after := sent.get("after"):
        return editing.follow(desk.body, after, values)
    made = editing.add(desk.body, kind, values)
    if kind == "states" and sent.get("x"):
        id_ = made.place.partition(".")[2]
        made = replace(made, body=editing.place(made.body, id_, _number(sent, "x"), _number(sent, "y")).body)
    return _declared(made, fields)


def _add_role(desk: Desk, values: dict[str, Any]) -> Edit:
    code = values.pop("code", None)
    if code is None:
        raise EditError({"code": "请选择本市的角色。"})
    return editing.add(desk.body, "roles", values, id_=code)


def _change(desk: Desk, sent: Sent) -> Edit:
    place = sent.get("at", "")
    kind, _ = parts.split(place)
    values, fields = _values(desk, kind, place, sent)
    values.pop("code", None)
    return _declared(editing.change(desk.body, place, values), fields)


def _values(desk: Desk, kind: str, place: str, sent: Sent) -> tuple[dict[str, Any], dict[str, str]]:
    """What the form says of a part, and the types of the fields its conditions ask."""
    lock = desk.lock(place) if place else None
    values = reading.read(questions.of(desk, kind, lock), sent, lock)
    if kind == "states" and not values.get("verbs"):
        values["verbs"] = None
    if kind not in CONDITIONAL:
        return values, {}
    part = parts.find(desk.body, place) or {} if place else {}
    rows, fields = reading.read_rows(sent, desk.variables(sent.get("form") or part.get("form")))
    before = {one["that"]: one for one in own_guards(part, lock)}
    kept = [*(guards(lock.part) if lock else []), *special_guards(part, lock)]
    made = [{**before.get(row["that"], {}), **row} for row in rows]
    values["when"] = part.get("when") if _unchanged(part, kept, made) else [*kept, *made]
    return values, fields


def _unchanged(part: Mapping[str, Any], kept: list[dict[str, str]], made: list[dict[str, str]]) -> bool:
    return guards(part) == [*kept, *made]


def _declared(made: Edit, fields: Mapping[str, str]) -> Edit:
    """The edit with the fields its conditions ask declared with their types."""
    if not fields or not made.what:
        return made
    return replace(made, body={**made.body, "fields": {**made.body.get("fields", {}), **fields}})


def _remove(desk: Desk, sent: Sent) -> Edit:
    return editing.remove(desk.body, sent.get("at", ""), desk.base)


def _move(desk: Desk, sent: Sent) -> Edit:
    way, _, place = sent.get("step", "").partition(" ")
    return editing.move(desk.body, parts.split(place)[1], -1 if way == "up" else 1)


def _place(desk: Desk, sent: Sent) -> Edit:
    return editing.place(desk.body, parts.split(sent.get("at", ""))[1], _number(sent, "x"), _number(sent, "y"))


def _connect(desk: Desk, sent: Sent) -> Edit:
    return editing.connect(desk.body, sent.get("source", ""), sent.get("to", ""))


def _insert(desk: Desk, sent: Sent) -> Edit:
    by = [role for role in sent.getlist("by") if role in desk.body.get("roles", {})]
    title, action = (sent.get(name, "").strip()[:60] for name in ("title", "action"))
    return editing.insert(desk.body, parts.split(sent.get("at", ""))[1], title=title, action=action, by=by)


def _arrange(desk: Desk, _sent: Sent) -> Edit:
    return editing.arrange(desk.body)


def _head(desk: Desk, sent: Sent) -> Edit:
    return editing.change_head(desk.body, reading.read(questions.head(desk), sent, None))


ACTS: Mapping[str, Callable[[Desk, Sent], Edit]] = {
    "add": _add,
    "change": _change,
    "remove": _remove,
    "move": _move,
    "place": _place,
    "connect": _connect,
    "insert": _insert,
    "arrange": _arrange,
    "head": _head,
}
"""The acts by the last word of their address."""
