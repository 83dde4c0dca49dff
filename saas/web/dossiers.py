"""Exporting whole cases: asking for a dossier, watching it being made, finding it again, taking it away."""

from typing import Any
from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager

from saas import clock
from saas.cases import access
from saas.cases.queries import get_case
from saas.db.session import db
from saas.domain import MenuEntry
from saas.dossier import copies, queries, services
from saas.dossier.batches import queries as batch_queries
from saas.dossier.batches.register import VARIANTS
from saas.dossier.models import DossierExport
from saas.dossier.redaction import check_code
from saas.dossier.variants import FULL, REDACTED
from saas.errors import NotFoundError, PermissionDeniedError
from saas.identity.permissions import KernelPermission, requires
from saas.web import batch_rows, menu
from saas.web.paging import wanted as wanted_page
from saas.web.sending import send_stream

dossiers = Blueprint("dossiers", __name__, url_prefix="/dossiers")
dossiers.host_kind = "city"  # type: ignore[attr-defined]

UNFINISHED = ("queued", "running")
STATES = {
    "queued": ("等待制作", "info"),
    "running": ("正在制作", "info"),
    "ready": ("已完成", "success"),
    "failed": ("未成功", "danger"),
}
NOT_WHOLE = "您没有导出完整卷宗的权限，只能导出脱敏卷宗。"
MEGABYTE = 1024 * 1024


@dossiers.record_once
def _declare_menu(state: Any) -> None:  # noqa: ANN401 - Flask does not export the type of its set-up state
    entry = MenuEntry("卷宗导出", "dossiers.list_exports", "folder2-open", KernelPermission.DOSSIER_EXPORT, order=50)
    menu.declare(state.app, entry)


@dossiers.get("")
@requires(KernelPermission.DOSSIER_EXPORT)
def list_exports() -> ResponseReturnValue:
    """Show the reader's own exports, newest first."""
    page, query = wanted_page(), own_exports()
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    found = db.session.scalars(query.offset(page.offset).limit(page.limit))
    return render_template(
        "dossiers/list_exports.html",
        rows=[row_of(export) for export in found],
        page=page.of(total),
        batches=[batch_rows.row_of(batch) for batch in batch_queries.list_own(g.actor)],
    )


@dossiers.post("/cases/<number>")
@requires(KernelPermission.DOSSIER_EXPORT)
def request_export(number: str) -> ResponseReturnValue:
    """Ask for the dossier of a case and show how it is made; one that is being made for the reader is shown instead."""
    case = get_case(number, g.actor, permission=KernelPermission.DOSSIER_EXPORT)
    variant = wanted_variant(may_see_all=access.allows(g.actor, KernelPermission.DOSSIER_WHOLE, case))
    asked = (DossierExport.case_id == case.id, DossierExport.variant == variant)
    unfinished = own_exports().where(*asked, DossierExport.state.in_(UNFINISHED)).limit(1)
    export = db.session.scalar(unfinished) or services.request_export(case, by=g.actor, variant=variant)
    return redirect(url_for("dossiers.show_export", export_id=export.id), 303)


@dossiers.get("/<uuid:export_id>")
@requires(KernelPermission.DOSSIER_EXPORT)
def show_export(export_id: UUID) -> ResponseReturnValue:
    """Show how far an export is; asked by a script, only the part of the page that changes."""
    export = get_export(export_id)
    template = "dossiers/_progress.html" if request.headers.get("HX-Request") else "dossiers/show_export.html"
    may_see_all = access.allows(g.actor, KernelPermission.DOSSIER_WHOLE, export.case)
    return render_template(template, export=row_of(export), case=export.case, can_export_whole=may_see_all)


@dossiers.get("/<uuid:export_id>/file")
@requires(KernelPermission.DOSSIER_EXPORT)
def download_export(export_id: UUID) -> ResponseReturnValue:
    """Send the finished dossier."""
    return send_stream(services.download(get_export(export_id), by=g.actor))


@dossiers.get("/<uuid:export_id>/archive")
@requires(KernelPermission.DOSSIER_EXPORT)
def download_archive(export_id: UUID) -> ResponseReturnValue:
    """Send the finished dossier with what others need to check it without us."""
    return send_stream(services.pack(get_export(export_id), by=g.actor))


@dossiers.get("/<uuid:export_id>/copy")
@requires(KernelPermission.DOSSIER_EXPORT)
def take_copy(export_id: UUID) -> ResponseReturnValue:
    """Send a copy with the reader's name and the time across every page; it is registered."""
    return send_stream(copies.take(get_export(export_id), by=g.actor))


def wanted_variant(*, may_see_all: bool) -> str:
    """The kind of dossier the form asks for; without the permission to see everything there is one only.

    Raises:
        PermissionDeniedError: The whole one was asked for without it.
    """
    variant = check_code(request.form.get("variant") or (FULL.code if may_see_all else REDACTED))
    if variant != REDACTED and not may_see_all:
        raise PermissionDeniedError(NOT_WHOLE)
    return variant


def get_export(export_id: UUID) -> DossierExport:
    """An export of a case inside the units where the actor may export, and of a kind that the actor may see.

    Raises:
        NotFoundError: there is none, or its case lies elsewhere.
    """
    export = queries.get_export(export_id)
    needed = batch_queries.permissions(export.variant)
    if not all(access.allows(g.actor, permission, export.case) for permission in needed):
        raise NotFoundError
    return export


def own_exports() -> Select[DossierExport]:
    """What the actor asked for and may still see, newest first, with the cases."""
    return (
        select(DossierExport)
        .join(DossierExport.case)
        .where(
            DossierExport.requested_by_id == g.actor.id,
            access.reach(g.actor, KernelPermission.DOSSIER_EXPORT),
            or_(DossierExport.variant == REDACTED, access.reach(g.actor, KernelPermission.DOSSIER_WHOLE)),
            DossierExport.id.not_in(batch_queries.in_batches()),
        )
        .options(contains_eager(DossierExport.case))
        .order_by(DossierExport.requested_at.desc(), DossierExport.id.desc())
    )


def archival(export: DossierExport) -> str | None:
    """Whether the file keeps to the standard of archives, or what stands in the way; None where nobody looked."""
    if export.obstacles is None:
        return None
    if not export.obstacles:
        return "符合 PDF/A-3b（自检）"
    return f"不是 PDF/A：{'；'.join(export.obstacles)}"


def row_of(export: DossierExport) -> dict[str, Any]:
    """An export as the pages draw it."""
    return {
        "number": export.case.number,
        "title": export.case.title,
        "url": url_for("dossiers.show_export", export_id=export.id),
        "file_url": url_for("dossiers.download_export", export_id=export.id),
        "archive_url": url_for("dossiers.download_archive", export_id=export.id),
        "signed": export.digest != export.content_digest,
        "copy_url": url_for("dossiers.take_copy", export_id=export.id),
        "variant": VARIANTS[export.variant],
        "unfinished": export.state in UNFINISHED,
        "state": export.state,
        "state_tag": STATES[export.state],
        "step": export.step,
        "done": export.done,
        "total": export.total,
        "problem": export.problem,
        "pages": export.pages,
        "digest": export.digest,
        "archival": archival(export),
        "size_text": f"{export.size / MEGABYTE:.1f} MB" if export.size else None,
        "requested": f"{clock.local(export.requested_at):%Y-%m-%d %H:%M}",
        "finished": f"{clock.local(export.finished_at):%Y-%m-%d %H:%M}" if export.finished_at else None,
        "by": export.requested_by,
    }
