"""The versions of the dress of documents, each with what it changed."""

from collections.abc import Mapping
from typing import Any

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue

from saas import clock
from saas.documents.designs import queries
from saas.documents.designs.body import EMPTY
from saas.documents.designs.keeping import STATE_TITLES
from saas.documents.designs.models import DocumentDesign
from saas.documents.designs.surroundings import differences
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin.board import admin


@admin.get("/documents/history")
@requires(KernelPermission.CONFIG_READ)
def list_designs() -> ResponseReturnValue:
    """Show every version, newest first, with its differences from the one before."""
    versions = queries.list_versions()
    bodies: Mapping[int, Mapping[str, Any]] = {one.version or 0: one.body for one in versions}
    return render_template(
        "admin/dress/history.html",
        rows=[_row(one, bodies.get((one.version or 0) - 1, EMPTY)) for one in versions],
        may=g.actor.may(KernelPermission.CONFIGURE) and queries.find_open() is None,
    )


def _row(design: DocumentDesign, before: Mapping[str, Any]) -> dict[str, Any]:
    when = clock.local(design.published_at) if design.published_at else None
    return {
        "version": design.version,
        "state": STATE_TITLES[design.state],
        "current": design.state == "published",
        "published": f"{design.published_by} {when:%Y-%m-%d %H:%M}" if when else "",
        "digest": (design.digest or "")[:16],
        "changes": differences(before, design.body),
        "url": url_for("admin.show_design", design_id=design.id),
    }
