"""A form as the people who fill it in will see it, on a phone, on a computer and on paper; nothing can be typed."""

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from saas import clock
from saas.cases.context import area_name, towns
from saas.domain import form_for
from saas.errors import NotFoundError
from saas.fields.context import FieldContext
from saas.fields.views import sections
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin.board import admin
from saas.web.admin.forms import drawing
from saas.web.admin.forms.finding import get_draft
from saas.web.admin.forms.panel import code_lists
from saas.workflow.definition import DefinitionError, parse
from saas.workflow.models import Draft
from saas.workflow.process import Definition

SIZES = {"phone": "手机 390", "desktop": "电脑", "a4": "打印 A4"}
BROKEN = "流程的内容还不完整，暂时不能预览。请先按问题列表修改。"


@admin.get("/processes/<uuid:draft_id>/forms/<key>/preview/<size>")
@requires(KernelPermission.CONFIG_READ)
def preview_form(draft_id: UUID, key: str, size: str) -> ResponseReturnValue:
    """Show a form of the draft in one of its sizes."""
    if size not in SIZES:
        raise NotFoundError
    return render_template("admin/forms/preview.html", **preview_values(get_draft(draft_id), key, size))


def preview_values(draft: Draft, key: str, size: str) -> dict[str, Any]:
    """What the preview draws; without a form where the draft cannot be read."""
    page = {
        **drawing.head(draft),
        "size": size,
        "sizes": [
            {
                "label": label,
                "url": url_for("admin.preview_form", draft_id=draft.id, key=key, size=one),
                "current": one == size,
            }
            for one, label in SIZES.items()
        ],
        "back_url": url_for("admin.show_form", draft_id=draft.id, key=key),
    }
    try:
        return {**page, **_form(parse(draft.body), key)}
    except DefinitionError:
        return {**page, "form": None, "sections": [], "problem": BROKEN}


def _form(definition: Definition, key: str) -> dict[str, Any]:
    form = form_for(definition, key)
    # A new process is no line of work yet, so the city's lists are read without asking for one.
    context = FieldContext(clock.today(), lists=code_lists(), areas=area_name, area_options=towns())
    return {"form": form, "sections": sections(form, {}, {}, context), "problem": None}
