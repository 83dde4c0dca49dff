"""What is decided on a design: submitted, taken back, sent back, published, given up."""

from uuid import UUID

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from saas.documents.designs import changing, queries, reviewing
from saas.errors import ConflictError, InvalidInputError, RefusedError
from saas.identity.permissions import KernelPermission, fresh, requires
from saas.web.admin import cursor, second
from saas.web.admin.board import admin
from saas.web.admin.documents.review import page


@admin.post("/documents/<uuid:design_id>/submit")
@requires(KernelPermission.CONFIGURE)
def submit_design(design_id: UUID) -> ResponseReturnValue:
    """Hand a design to the second person; one with faults is shown with them."""
    design = queries.get_design(design_id)
    try:
        reviewing.submit(design, by=g.actor)
    except RefusedError as error:
        return page(design), error.status
    except ConflictError as error:
        return page(design, conflict=error.message), error.status
    flash("已提交审核。请通知安全管理员在“文书样式”里审核发布。", "success")
    return _back(design_id)


@admin.post("/documents/<uuid:design_id>/recall")
@requires(KernelPermission.CONFIGURE)
def recall_design(design_id: UUID) -> ResponseReturnValue:
    """Take a design back from review."""
    reviewing.recall(queries.get_design(design_id), by=g.actor)
    flash("已取回，可以继续修改。", "success")
    return redirect(url_for("admin.show_design", design_id=design_id), 303)


@admin.post("/documents/<uuid:design_id>/send-back")
@requires(KernelPermission.CONFIG_APPROVE)
def send_design_back(design_id: UUID) -> ResponseReturnValue:
    """Give a design back to its author with a reason."""
    design = queries.get_design(design_id)
    try:
        reviewing.send_back(design, second.sent(), by=g.actor)
    except InvalidInputError as error:
        return page(design, error.fields), error.status
    flash("已退回，编辑的人会看到您的理由。", "success")
    return _back(design_id)


@admin.post("/documents/<uuid:design_id>/publish")
@requires(KernelPermission.CONFIG_APPROVE)
@fresh
def publish_design(design_id: UUID) -> ResponseReturnValue:
    """Publish a design as the next version, if it is the one the page was drawn from."""
    design = queries.get_design(design_id)
    try:
        reviewing.publish(design, seen=cursor.seen(), by=g.actor)
    except RefusedError as error:
        return page(design), error.status
    except ConflictError as error:
        return page(design, conflict=error.message), error.status
    flash(f"第{design.version}版文书样式已发布，从现在起制作的文书都用它；已经制作的不变。", "success")
    return redirect(url_for("admin.list_designs"), 303)


@admin.post("/documents/<uuid:design_id>/discard")
@requires(KernelPermission.CONFIGURE)
def discard_design(design_id: UUID) -> ResponseReturnValue:
    """Give a draft up."""
    changing.discard(queries.get_design(design_id), by=g.actor)
    flash("草稿已废弃。", "success")
    return redirect(url_for("admin.show_dress"), 303)


def _back(design_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("admin.review_design", design_id=design_id), 303)
