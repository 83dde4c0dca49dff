"""Edits of questions: added from the library, changed in the panel, moved by button or by hand, taken away."""

from typing import Any
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from saas.fields.definition import FormDefinition
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin.board import admin
from saas.web.admin.forms.editing import edited
from saas.workflow import forms_editing
from saas.workflow.editing import Edit


@admin.post("/processes/<uuid:draft_id>/forms/<key>/questions")
@requires(KernelPermission.CONFIGURE)
def add_question(draft_id: UUID, key: str) -> ResponseReturnValue:
    """Add a question of a kind from the library at the end of a page."""
    sort, page, label = (request.form.get(name, "") for name in ("sort", "to_page", "new_label"))
    return edited(draft_id, key, lambda body, line: forms_editing.add(body, key, line, sort, page, label), open_=True)


@admin.post("/processes/<uuid:draft_id>/forms/<key>/questions/<field_id>")
@requires(KernelPermission.CONFIGURE)
def change_question(draft_id: UUID, key: str, field_id: str) -> ResponseReturnValue:
    """Change a question as the panel says."""

    def change(body: dict[str, Any], line: FormDefinition | None) -> Edit:
        _, one = forms_editing.open_sheet(body, key, line).find(field_id)
        values = forms_editing.question(request.form.to_dict(flat=False), one)
        return forms_editing.change(body, key, line, field_id, values)

    return edited(draft_id, key, change, chosen={"question": field_id}, anchor=f"edit-{field_id}")


@admin.post("/processes/<uuid:draft_id>/forms/<key>/questions/<field_id>/move")
@requires(KernelPermission.CONFIGURE)
def move_question(draft_id: UUID, key: str, field_id: str) -> ResponseReturnValue:
    """Move a question one place by its button, or to a place of a page by hand."""
    by = -1 if request.form.get("by") == "-1" else 1
    page, at = request.form.get("at_page", ""), request.form.get("at", 0, type=int)

    def change(body: dict[str, Any], line: FormDefinition | None) -> Edit:
        if page:
            return forms_editing.place(body, key, line, field_id, page, at)
        return forms_editing.move(body, key, line, field_id, by)

    return edited(draft_id, key, change, anchor=f"{'up' if by < 0 else 'down'}-{field_id}")


@admin.post("/processes/<uuid:draft_id>/forms/<key>/questions/<field_id>/remove")
@requires(KernelPermission.CONFIGURE)
def remove_question(draft_id: UUID, key: str, field_id: str) -> ResponseReturnValue:
    """Take a question away."""
    return edited(draft_id, key, lambda body, line: forms_editing.remove(body, key, line, field_id))
