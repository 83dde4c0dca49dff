"""The dress of the city's documents at a glance, and the documents of one design with what the city changed in them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.documents.designs import changing, queries
from saas.documents.designs.blocks import blocks_of
from saas.documents.designs.models import DocumentDesign
from saas.documents.form import Form
from saas.documents.queries import list_forms
from saas.domain import domains
from saas.errors import ConflictError, InvalidInputError
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin import cursor
from saas.web.admin.board import admin
from saas.web.admin.documents import finding

UNCHANGED = "还没有改过，按规定的样式制作。"
COLUMNS = [
    {"key": "title", "label": "文书"},
    {"key": "line", "label": "业务"},
    {"key": "wording", "label": "文字"},
    {"key": "number", "label": "编号格式"},
]


@admin.get("/documents")
@requires(KernelPermission.CONFIG_READ)
def show_dress() -> ResponseReturnValue:
    """Show what is in force and what is being changed."""
    return overview()


@admin.post("/documents")
@requires(KernelPermission.CONFIGURE)
def start_design() -> ResponseReturnValue:
    """Begin a draft on what is in force, or on an earlier version."""
    version = request.form.get("version", "")
    is_number = version.isascii() and version.isdigit() and len(version) <= cursor.LONGEST
    base = queries.find_version(int(version)) if is_number else None
    if version and base is None:
        raise InvalidInputError({"version": "请从历史版本里选择一个版本。"})
    try:
        design = changing.begin(base, by=g.actor)
    except ConflictError as error:
        return overview(error.message), error.status
    flash("草稿已建立。发布以前，正在制作的文书不受影响。", "success")
    return redirect(url_for("admin.show_design", design_id=design.id), 303)


def overview(conflict: str | None = None) -> str:
    """The page: the version in force, the open draft, and what can be begun."""
    in_force, opened = queries.find_version(queries.version_in_force()), queries.find_open()
    return render_template(
        "admin/dress/overview.html",
        in_force=in_force,
        opened=opened,
        facts=facts(in_force),
        opened_state=finding.state_of(opened) if opened else "",
        conflict=conflict,
        may=g.actor.may(KernelPermission.CONFIGURE),
    )


def facts(design: DocumentDesign | None) -> list[dict[str, str]]:
    """What is in force, in a few lines."""
    body: Mapping[str, Any] = design.body if design else queries.body_in_force()
    said = {
        "现行样式": f"{finding.name_of(design)}，{finding.state_of(design)}" if design else UNCHANGED,
        "发文机关标志": body["letterhead"].replace("\n", "／") or "没有设置",
        "版记": "／".join(body["footer"]) or "没有设置",
        "印章": f"已上传 {len(body['seals'])} 个机构的" if body["seals"] else "没有上传，打印后盖章",
        "改过文字的文书": f"{len({key.rpartition('.')[0] for key in body['wording']})} 种",
        "单独规定编号的文书": f"{len(body['numbers'])} 种",
    }
    return [{"label": label, "value": value} for label, value in said.items()]


@admin.get("/documents/<uuid:design_id>")
@requires(KernelPermission.CONFIG_READ)
def show_design(design_id: UUID) -> ResponseReturnValue:
    """Show every form with what the city changed in it."""
    design = queries.get_design(design_id)
    titles = {line.name: line.title for line in domains()}
    return render_template(
        "admin/dress/show_design.html",
        **finding.head(design, "admin.show_design"),
        columns=COLUMNS,
        rows=[_row(design, form, titles) for form in list_forms()],
    )


def _row(design: DocumentDesign, form: Form, titles: Mapping[str, str]) -> dict[str, Any]:
    blocks = blocks_of(form)
    changed = [block.title for block in blocks if block.key in design.body["wording"]]
    own = "可以修改" if blocks else "没有可以修改的文字"
    return {
        "title": form.title,
        "url": url_for("admin.show_words", design_id=design.id, code=form.code),
        "line": titles.get(form.domain, "通用"),
        "wording": f"改了{'、'.join(changed)}" if changed else own,
        "number": design.body["numbers"].get(form.code, "按统一格式"),
    }
