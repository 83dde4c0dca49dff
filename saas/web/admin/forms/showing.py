"""The designer's pages: the forms of a draft, and one form with the panel of what is chosen in it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.errors import ConflictError, NotFoundError
from saas.fields.views import FieldView
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin.board import admin
from saas.web.admin.fields import text
from saas.web.admin.forms import drawing, panel
from saas.web.admin.forms.finding import get_draft, line_form
from saas.workflow import forms_editing
from saas.workflow.editing import EditError
from saas.workflow.forms_editing import Sheet
from saas.workflow.models import Draft

COLUMNS = {"title": "表单", "kind": "来源", "used": "用在", "count": "内容", "added": "本市增加"}


@admin.get("/processes/<uuid:draft_id>/forms")
@requires(KernelPermission.CONFIG_READ)
def list_forms(draft_id: UUID) -> ResponseReturnValue:
    """Show the forms of a draft."""
    return render_template("admin/forms/list_forms.html", **list_values(get_draft(draft_id), {}))


@admin.get("/processes/<uuid:draft_id>/forms/<key>")
@requires(KernelPermission.CONFIG_READ)
def show_form(draft_id: UUID, key: str) -> ResponseReturnValue:
    """Show a form, and the panel of the question or page chosen in the address."""
    draft = get_draft(draft_id)
    chosen = {"question": request.args.get("question", ""), "page": request.args.get("page", "")}
    return render_template("admin/forms/show_form.html", **form_values(draft, key, chosen, {}))


def list_values(draft: Draft, errors: Mapping[str, str]) -> dict[str, Any]:
    """What the list of forms draws."""
    title = text("title", "新表单的名称", request.form.get("title", ""), hint="例如“现场勘查登记”。")
    return {
        **drawing.head(draft),
        "columns": [{"key": key, "label": label} for key, label in COLUMNS.items()],
        "rows": drawing.all_forms(draft),
        "title_field": panel.with_errors([title], errors)[0],
        "errors": [(name or "main", told) for name, told in errors.items()],
        "action": url_for("admin.make_form", draft_id=draft.id),
    }


def form_values(
    draft: Draft,
    key: str,
    chosen: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    conflict: ConflictError | None = None,
) -> dict[str, Any]:
    """What the page of a form draws; with errors or a conflict, what was typed is shown again."""
    sheet = open_sheet(draft, key)
    at: dict[str, Any] = {"draft_id": draft.id, "key": key}
    return {
        **drawing.head(draft),
        "sheet": sheet,
        "pages": drawing.drawn_pages(draft, sheet),
        "add_fields": panel.with_errors(_add_fields(sheet), errors),
        "add_url": url_for("admin.add_question", **at),
        "page_field": panel.with_errors([_page_title()], errors)[0],
        "head_fields": panel.with_errors(_named(sheet.title, sheet.intro, _sent(), "form_"), errors),
        "new_page_url": url_for("admin.add_page", **at) if sheet.own else None,
        "change_url": url_for("admin.change_form", **at),
        "remove_url": url_for("admin.remove_form", **at),
        "preview_url": url_for("admin.preview_form", **at, size="phone"),
        "problems": drawing.problems(draft, key),
        "panel": _panel(draft, sheet, chosen, errors),
        "errors": [(name or "main", told) for name, told in errors.items()],
        "conflict": conflict,
    }


def open_sheet(draft: Draft, key: str) -> Sheet:
    """A form of the draft.

    Raises:
        NotFoundError: The draft has none of that key.
    """
    if key not in forms_editing.keys_of(draft.body):
        raise NotFoundError
    try:
        return forms_editing.open_sheet(draft.body, key, line_form(key))
    except EditError as error:
        raise NotFoundError from error


def _add_fields(sheet: Sheet) -> list[FieldView]:
    pages = [(page.id, page.title) for page in sheet.pages]
    sort, page, label = (request.form.get(name, "") for name in ("sort", "to_page", "new_label"))
    return [
        FieldView("sort", "sort", "添加什么", "choice", sort, options=drawing.library(sheet), required=True),
        FieldView("to_page", "to_page", "放在哪一页", "choice", page or pages[-1][0], options=pages, required=True),
        FieldView("new_label", "new_label", "问题怎么问", "text", label, maxlength=forms_editing.LONGEST),
    ]


def _panel(draft: Draft, sheet: Sheet, chosen: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, Any] | None:
    """The panel of what is chosen: a question that is not locked, or a page or the head of an own form."""
    sent = _sent()
    at: dict[str, Any] = {"draft_id": draft.id, "key": sheet.key}
    if chosen.get("question"):
        one = next((one for one in sheet.questions if one.id == chosen["question"] and not one.locked), None)
        if one is None:
            return None
        fields = panel.drawn(sheet, one, draft.body, sent)
        action = url_for("admin.change_question", **at, field_id=one.id)
        title = f"{one.label}（{drawing.TYPES[one.body['type']]}）"
        return {"title": title, "fields": panel.with_errors(fields, errors), "action": action, "name": one.id}
    if sheet.own and chosen.get("page"):
        page = next((page for page in sheet.pages if page.id == chosen["page"]), None)
        if page is None:
            return None
        action = url_for("admin.edit_page", **at, page_id=page.id)
        fields = _named(page.title, page.intro, sent)
        return {"title": f"“{page.title}”页", "fields": panel.with_errors(fields, errors), "action": action, "name": ""}
    return None


def _sent() -> dict[str, list[str]] | None:
    """What was typed and refused."""
    return request.form.to_dict(flat=False) if request.method == "POST" else None


def _page_title() -> FieldView:
    return text("page_title", "页的名称", request.form.get("page_title", ""))


def _named(title: str, intro: str | None, sent: Mapping[str, list[str]] | None, prefix: str = "") -> list[FieldView]:
    """The name and the introduction of a page, or of the form."""
    values = {name: found[-1] for name, found in (sent or {}).items()}
    name, said = f"{prefix}title", f"{prefix}intro"
    opening = values.get(said, intro or "")
    return [
        text(name, "名称", values.get(name, title)),
        FieldView(said, said, "开头的说明", "longtext", opening, rows=3, maxlength=500),
    ]
