"""Exporting whole cases: asking for a dossier, watching it being made, finding it again, taking it away."""

from typing import Any
from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from saas.cases import access
from saas.cases.queries import get_case
from saas.domain import MenuEntry
from saas.dossier import copies, queries, services
from saas.dossier.batches import queries as batch_queries
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

NOT_WHOLE = "您没有导出完整卷宗的权限，只能导出脱敏卷宗。"


@dossiers.record_once
def _declare_menu(state: Any) -> None:  # noqa: ANN401 - Flask does not export the type of its set-up state
    entry = MenuEntry("卷宗导出", "dossiers.list_exports", "folder2-open", KernelPermission.DOSSIER_EXPORT, order=50)
    menu.declare(state.app, entry)


@dossiers.get("")
@requires(KernelPermission.DOSSIER_EXPORT)
def list_exports() -> ResponseReturnValue:
    """Show the reader's own exports, newest first."""
    page = wanted_page()
    found = batch_queries.list_alone(g.actor, offset=page.offset, limit=page.limit)
    return render_template(
        "dossiers/list_exports.html",
        rows=[row_of(export) for export in found],
        page=page.of(batch_queries.count_alone(g.actor)),
        batches=[batch_rows.row_of(batch) for batch in batch_queries.list_own(g.actor)],
    )


@dossiers.post("/cases/<number>")
@requires(KernelPermission.DOSSIER_EXPORT)
def request_export(number: str) -> ResponseReturnValue:
    """Ask for the dossier of a case and show how it is made; one that is being made for the reader is shown instead."""
    case = get_case(number, g.actor, permission=KernelPermission.DOSSIER_EXPORT)
    variant = wanted_variant(may_see_all=access.allows(g.actor, KernelPermission.DOSSIER_WHOLE, case))
    unfinished = batch_queries.find_unfinished(case, variant, g.actor)
    export = unfinished or services.request_export(case, by=g.actor, variant=variant)
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
        **batch_rows.making_of(export),
        "step": export.step,
        "archival": archival(export),
        "by": export.requested_by,
    }
