"""The filtered list of cases as an Excel file."""

from flask import g, request
from flask.typing import ResponseReturnValue

from saas import clock
from saas.audit import services as audit
from saas.cases import queries
from saas.cases.actions import CaseAudit
from saas.errors import BadRequestError
from saas.identity.permissions import KernelPermission, requires
from saas.web import spreadsheet
from saas.web.sending import send_bytes
from saas.web.staff import filters, rows
from saas.web.staff.board import staff

MOST_ROWS = 20_000


@staff.get("/cases.xlsx")
@requires(KernelPermission.CASE_EXPORT)
def export_cases() -> ResponseReturnValue:
    """Send exactly the filtered cases with the chosen columns, and record who took them out."""
    wanted = filters.from_address()
    columns = [key for key in rows.CASE_COLUMNS if key in request.args.getlist("columns")] or list(rows.LIST_COLUMNS)
    query = queries.cases_of(g.actor, wanted, permission=KernelPermission.CASE_EXPORT)
    if queries.count_cases(query) > MOST_ROWS:
        raise BadRequestError(
            f"筛选结果超过 {MOST_ROWS:,} 件，一次导不完。请返回上一页缩小范围（例如按收件日期）后再导出。"
        )
    found = queries.list_cases(query, offset=0, limit=MOST_ROWS)
    lines = [[_plain(row[key]) for key in columns] for row in map(rows.case_row, found)]
    filters_used = {name: str(value) for name, value in vars(wanted).items() if value}
    audit.record(
        CaseAudit.LISTED,
        ("case_list", "export"),
        by=g.actor,
        detail={"rows": len(lines), "columns": columns, "filter": filters_used},
        high=True,
        persons=[party.id for case in found for party in case.parties],
    )
    data = spreadsheet.workbook("案件", [rows.CASE_COLUMNS[key] for key in columns], lines)
    return send_bytes(data, spreadsheet.MEDIA_TYPE, f"案件列表{clock.today():%Y%m%d}.xlsx")


def _plain(value: object) -> object:
    """A clock as its words; anything else as it is."""
    return f"{value['title']}{value['words']}" if isinstance(value, dict) else value if value is not None else ""
