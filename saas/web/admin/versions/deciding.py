"""What is decided on a draft: submitted, taken back, sent back, published, given up."""

from datetime import date
from uuid import UUID

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from saas import clock
from saas.errors import InvalidInputError, RefusedError
from saas.identity.permissions import KernelPermission, fresh, requires
from saas.web.admin import second
from saas.web.admin.board import admin
from saas.web.admin.versions.review import review_page
from saas.workflow import drafts

PREFIX = "accepted-"


@admin.post("/processes/<uuid:draft_id>/submit")
@requires(KernelPermission.CONFIGURE)
def submit_draft(draft_id: UUID) -> ResponseReturnValue:
    """Hand a draft to the second person; one with faults is shown with them."""
    draft = drafts.get_draft(draft_id)
    try:
        drafts.submit(draft, by=g.actor)
    except RefusedError as error:
        return review_page(draft), error.status
    flash("已提交审核。请通知安全管理员在“流程设计”里审核发布。", "success")
    return _back(draft_id)


@admin.post("/processes/<uuid:draft_id>/recall")
@requires(KernelPermission.CONFIGURE)
def recall_draft(draft_id: UUID) -> ResponseReturnValue:
    """Take a draft back from review."""
    drafts.recall(drafts.get_draft(draft_id), by=g.actor)
    flash("已取回，可以继续修改。", "success")
    return redirect(url_for("admin.show_draft", draft_id=draft_id), 303)


@admin.post("/processes/<uuid:draft_id>/send-back")
@requires(KernelPermission.CONFIG_APPROVE)
def send_draft_back(draft_id: UUID) -> ResponseReturnValue:
    """Give a draft back to its author with a reason."""
    draft = drafts.get_draft(draft_id)
    try:
        drafts.send_back(draft, second.sent(), by=g.actor)
    except InvalidInputError as error:
        return review_page(draft, error.fields), error.status
    flash("已退回，编辑的人会看到您的理由。", "success")
    return _back(draft_id)


@admin.post("/processes/<uuid:draft_id>/publish")
@requires(KernelPermission.CONFIG_APPROVE)
@fresh
def publish_draft(draft_id: UUID) -> ResponseReturnValue:
    """Publish a draft as the next version."""
    draft = drafts.get_draft(draft_id)
    given = {name: text[: second.LONGEST] for name, text in request.form.items() if name.startswith(PREFIX)}
    reasons = {name.removeprefix(PREFIX): text for name, text in given.items()}
    try:
        version = drafts.publish(draft, valid_from=_day(), by=g.actor, accepted=reasons)
    except InvalidInputError as error:
        return review_page(draft, error.fields), error.status
    except RefusedError as error:
        return review_page(draft), error.status
    when = "今天起" if version.valid_from == clock.today() else f"{version.valid_from:%Y年%-m月%-d日}起"
    flash(f"第{version.version}版已发布，{when}新收的案件按它办理。", "success")
    return redirect(url_for("admin.list_process_versions", key=version.key), 303)


@admin.post("/processes/<uuid:draft_id>/discard")
@requires(KernelPermission.CONFIGURE)
def discard_draft(draft_id: UUID) -> ResponseReturnValue:
    """Give a draft up."""
    drafts.discard(drafts.get_draft(draft_id), by=g.actor)
    flash("草稿已废弃。", "success")
    return redirect(url_for("admin.list_processes"), 303)


def _day() -> date:
    try:
        return date.fromisoformat(request.form.get("valid_from", ""))
    except ValueError as error:
        raise InvalidInputError({"valid_from": "请选择生效日期。"}) from error


def _back(draft_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("admin.show_review", draft_id=draft_id), 303)
