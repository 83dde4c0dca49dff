"""The figures of the reader's units in a period."""

from collections.abc import Sequence
from typing import Any

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from saas import clock
from saas.cases import access
from saas.domain import Domain
from saas.errors import InvalidInputError
from saas.fields.views import FieldView
from saas.identity.permissions import KernelPermission, requires
from saas.indicators import services as indicators
from saas.inspections import queries as inspections
from saas.registers import access as register_access
from saas.web.staff.board import staff

STATISTICS = KernelPermission.STATISTICS


@staff.get("/statistics")
@requires(STATISTICS)
def show_statistics() -> ResponseReturnValue:
    """Show the indicators of the reader's lines of work, line by line, for the reader's units."""
    period = request.args.get("period", "").strip() or f"{clock.today():%Y}"
    errors: list[tuple[str, str]] = []
    report = None
    groups: list[dict[str, Any]] = []
    try:
        within = access.reach(g.actor, STATISTICS)
        entries = register_access.counted(g.actor, STATISTICS)
        items = inspections.counted(g.actor, STATISTICS)
        lines = access.lines_of(g.actor, STATISTICS)
        report = indicators.report(period, within, g.actor.unit_name, entries=entries, items=items, lines=lines)
        groups = by_line(lines, report["indicators"])
    except InvalidInputError as error:
        errors = [("filter-period", sentence) for sentence in error.fields.values()]
    field = FieldView(
        id="filter-period",
        name="period",
        label="期间",
        kind="text",
        value=period,
        hint="例如 2026、2026-10、2025-07..2026-10",
        error=errors[0][1] if errors else None,
        required=True,
        maxlength=20,
    )
    page = render_template("staff/show_statistics.html", report=report, groups=groups, fields=[field], errors=errors)
    return page, 422 if errors else 200


def by_line(lines: Sequence[Domain], rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The figures of a report under the titles of the lines of work that declare them."""
    found = {row["code"]: row for row in rows}
    groups = (
        {"id": line.name, "title": line.title, "rows": [found[one.code] for one in line.indicators]} for line in lines
    )
    return [group for group in groups if group["rows"]]
