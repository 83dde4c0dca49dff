"""The page of a design's review: what would change, what stands against it, and what the second person decides."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import g, render_template
from flask.typing import ResponseReturnValue

from saas import clock
from saas.documents.designs import queries, surroundings
from saas.documents.designs.body import EMPTY
from saas.documents.designs.keeping import IN_REVIEW, OPEN, STATE_TITLES
from saas.documents.designs.models import DocumentDesign
from saas.identity.permissions import KernelPermission, requires
from saas.web.admin import fields, second
from saas.web.admin.board import admin
from saas.web.admin.documents import finding
from saas.workflow.drafts.keeping import is_second

HERE = "admin.review_design"


@admin.get("/documents/<uuid:design_id>/review")
@requires(KernelPermission.CONFIG_READ)
def review_design(design_id: UUID) -> ResponseReturnValue:
    """Show what publishing a design would change, and to the second person the decision."""
    return page(queries.get_design(design_id))


def page(design: DocumentDesign, errors: Mapping[str, str] | None = None, conflict: str | None = None) -> str:
    """The page, with the faults of what was sent and everything that was typed."""
    known = dict(errors or {})
    problems = surroundings.problems_of(design.body) if design.state in {OPEN, IN_REVIEW} else []
    return render_template(
        "admin/dress/review.html",
        **finding.head(design, HERE),
        facts=_facts(design),
        faults=[finding.told(design, one) for one in problems if one.severity == "error"],
        warnings=[one.message for one in problems if one.severity != "error"],
        changes=surroundings.differences(_before(design), design.body),
        errors=list(known.items()),
        conflict=conflict,
        sending_back=fields.shown(second.reason(), known),
        **_rights(design),
    )


def _before(design: DocumentDesign) -> Mapping[str, Any]:
    """What a draft would replace; what a version replaced."""
    if design.version is None:
        return queries.body_in_force()
    earlier = queries.find_version(design.version - 1)
    return earlier.body if earlier else EMPTY


def _rights(design: DocumentDesign) -> dict[str, bool]:
    second_one = is_second(design, g.actor)
    return second.rights(is_open=design.state == OPEN, waits=design.state == IN_REVIEW, is_second=second_one)


def _facts(design: DocumentDesign) -> list[dict[str, str]]:
    said = {
        "状态": STATE_TITLES[design.state],
        "依据": f"第{design.base}版" if design.base else "规定的样式",
        "建立": f"{design.made_by} {clock.local(design.made_at):%Y-%m-%d %H:%M}",
        "最近修改": f"{design.edited_by} {clock.local(design.edited_at):%Y-%m-%d %H:%M}",
    }
    if design.submitted_at:
        said["提交审核"] = f"{design.submitted_by} {clock.local(design.submitted_at):%Y-%m-%d %H:%M}"
    if design.published_at:
        said["发布"] = f"{design.published_by} {clock.local(design.published_at):%Y-%m-%d %H:%M}"
    if design.reason:
        said["退回的理由"] = design.reason
    return [{"label": label, "value": value} for label, value in said.items()]
