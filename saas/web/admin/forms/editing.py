"""Edits of forms and pages: each one kept as a step of the draft that can be undone."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.errors import ConflictError
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin.board import admin
from saas.web.admin.forms.finding import Change, get_draft, make
from saas.web.admin.forms.showing import form_values, list_values
from saas.workflow import forms_editing
from saas.workflow.editing import Edit, EditError

MOVES = {"up": -1, "down": 1}


@admin.post("/processes/<uuid:draft_id>/forms")
@requires(KernelPermission.CONFIGURE)
def make_form(draft_id: UUID) -> ResponseReturnValue:
    """Make a form of the process's own."""
    draft = get_draft(draft_id)
    try:
        edit = make(draft, "", lambda body, _line: forms_editing.add_form(body, request.form.get("title", "")))
    except EditError as error:
        return render_template("admin/forms/list_forms.html", **list_values(draft, error.fields)), 422
    except ConflictError as error:
        return render_template("admin/forms/list_forms.html", **list_values(draft, {"": error.message})), error.status
    flash(edit.what, "success")
    return redirect(url_for("admin.show_form", draft_id=draft_id, key=edit.place), 303)


@admin.post("/processes/<uuid:draft_id>/forms/<key>")
@requires(KernelPermission.CONFIGURE)
def change_form(draft_id: UUID, key: str) -> ResponseReturnValue:
    """Call an own form otherwise."""
    title, intro = request.form.get("form_title", ""), request.form.get("form_intro", "")
    return edited(draft_id, key, lambda body, _line: forms_editing.change_form(body, key, title, intro))


@admin.post("/processes/<uuid:draft_id>/forms/<key>/remove")
@requires(KernelPermission.CONFIGURE)
def remove_form(draft_id: UUID, key: str) -> ResponseReturnValue:
    """Take an own form away."""
    return edited(draft_id, key, lambda body, _line: forms_editing.remove_form(body, key), gone=True)


@admin.post("/processes/<uuid:draft_id>/forms/<key>/pages")
@requires(KernelPermission.CONFIGURE)
def add_page(draft_id: UUID, key: str) -> ResponseReturnValue:
    """Add a page to an own form."""
    title = request.form.get("page_title", "")
    return edited(draft_id, key, lambda body, _line: forms_editing.add_page(body, key, title))


@admin.post("/processes/<uuid:draft_id>/forms/<key>/pages/<page_id>")
@requires(KernelPermission.CONFIGURE)
def edit_page(draft_id: UUID, key: str, page_id: str) -> ResponseReturnValue:
    """Call a page otherwise, move it or take it away, as the button says."""
    deed = request.form.get("_do", "")
    return edited(draft_id, key, lambda body, _line: _page_edit(body, key, page_id, deed), chosen={"page": page_id})


def _page_edit(body: dict[str, object], key: str, page_id: str, deed: str) -> Edit:
    if deed in MOVES:
        return forms_editing.move_page(body, key, page_id, MOVES[deed])
    if deed == "remove":
        return forms_editing.remove_page(body, key, page_id)
    title, intro = request.form.get("title", ""), request.form.get("intro", "")
    return forms_editing.change_page(body, key, page_id, title, intro)


def edited(
    draft_id: UUID,
    key: str,
    change: Change,
    *,
    chosen: dict[str, str] | None = None,
    anchor: str | None = None,
    open_: bool = False,
    gone: bool = False,
) -> ResponseReturnValue:
    """Make an edit and show the form again; what cannot be done is said with everything that was typed.

    Args:
        draft_id: The draft.
        key: The form.
        change: The edit, from the body and the form as the line of work declares it.
        chosen: The question or page whose panel stays open when the edit is refused.
        anchor: The element that gets the focus afterwards.
        open_: Whether the panel of the question that was edited is shown next.
        gone: Whether the form is there no longer, so that all the others are shown.
    """
    draft = get_draft(draft_id)
    try:
        edit = make(draft, key, change)
    except EditError as error:
        page = form_values(draft, key, chosen or {}, error.fields)
        return render_template("admin/forms/show_form.html", **page), 422
    except ConflictError as error:
        page = form_values(draft, key, chosen or {}, {}, conflict=error)
        return render_template("admin/forms/show_form.html", **page), error.status
    flash(edit.what or "没有改动。", "success" if edit.what else "info")
    if gone:
        return redirect(url_for("admin.list_forms", draft_id=draft_id), 303)
    shown = {"question": edit.place, "_anchor": "panel"} if open_ else {"_anchor": anchor}
    return redirect(url_for("admin.show_form", draft_id=draft_id, key=key, **shown), 303)
