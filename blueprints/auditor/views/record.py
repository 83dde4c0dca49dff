"""The record of who did what: searching it, and taking what was found away as a spreadsheet."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from blueprints.auditor import events
from blueprints.auditor.actions import AuditorAudit
from blueprints.auditor.blueprint import views
from saas import clock, spreadsheet
from saas.audit import queries
from saas.audit import services as audit
from saas.errors import InvalidInputError
from saas.identity.permissions import KernelPermission, fresh, requires
from saas.web.paging import wanted as wanted_page
from saas.web.sending import send_bytes

MOST_ROWS = 20_000
SUBJECT = ("audit_event", "search")


@views.get("/events")
@requires(KernelPermission.AUDIT_READ)
def list_events() -> ResponseReturnValue:
    """Show what was done in the auditor's units, newest first."""
    page, asked = wanted_page(), events.asked()
    found = queries.search(events.from_address(), offset=page.offset, limit=page.limit)
    shown = page.of(found.total)
    audit.record(AuditorAudit.EVENTS_SEARCHED, SUBJECT, by=g.actor, detail={"filter": asked, "total": found.total})
    return render_template(
        "auditor/list_events.html",
        fields=events.fields(),
        applied=len(asked),
        columns=events.COLUMNS,
        rows=events.rows(found.events),
        page=shown,
        most=MOST_ROWS,
        filter=[(name, value) for name, value in request.args.items() if name not in {"page", "per_page"} and value],
    )


@views.get("/events.xlsx")
@requires(KernelPermission.AUDIT_READ)
@fresh
def export_events() -> ResponseReturnValue:
    """Send exactly the filtered events as a spreadsheet."""
    found = queries.search(events.from_address(), limit=MOST_ROWS)
    if found.total > MOST_ROWS:
        raise InvalidInputError({}, f"符合条件的有 {found.total} 条，一次最多导出 {MOST_ROWS} 条。请缩小日期范围。")
    detail = {"filter": events.asked(), "rows": found.total}
    audit.record(AuditorAudit.EVENTS_EXPORTED, SUBJECT, by=g.actor, detail=detail, high=True)
    lines = [[row[key] for key in events.COLUMNS] for row in events.rows(found.events)]
    data = spreadsheet.workbook("操作日志", list(events.COLUMNS.values()), lines)
    return send_bytes(data, spreadsheet.MEDIA_TYPE, f"操作日志{clock.today():%Y%m%d}.xlsx")
