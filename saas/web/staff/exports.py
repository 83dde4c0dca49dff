"""The filtered list of cases as an Excel file."""

from flask import Response, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Select
from werkzeug.datastructures import MultiDict

from saas import clock, spreadsheet
from saas.audit import services as audit
from saas.cases import bulk, queries
from saas.cases.actions import CaseAudit
from saas.cases.models import Case
from saas.cases.queries import Filter
from saas.identity.permissions import KernelPermission, fresh, requires
from saas.web.sending import send_bytes
from saas.web.staff import columns as known_columns
from saas.web.staff import filters, rows
from saas.web.staff.board import staff
from saas.workflow.queries import current_definitions


@staff.get("/cases.xlsx")
@requires(KernelPermission.CASE_EXPORT)
@fresh
def export_cases() -> ResponseReturnValue:
    """Send exactly the filtered cases with the chosen columns; a long list needs another person's word."""
    wanted = filters.from_address()
    query = queries.cases_of(g.actor, wanted, permission=KernelPermission.CASE_EXPORT)
    total = queries.count_cases(query)
    bulk.check_length(total)
    return send_list(query, wanted, columns_of(request.args), total)


def columns_of(args: MultiDict[str, str]) -> list[str]:
    """The columns an address asks for, in our order."""
    return [key for key in titles_now() if key in args.getlist("columns")] or list(rows.LIST_COLUMNS)


def titles_now() -> dict[str, str]:
    """Every column a list may be taken out with, by key."""
    return known_columns.all_columns(current_definitions())


def send_list(query: Select[Case], wanted: Filter, columns: list[str], most: int) -> Response:
    """Send the cases of a query, and record who took them out; the sheet says it too."""
    bulk.check_quota(most, by=g.actor)
    found = queries.list_cases(query, offset=0, limit=most)
    drawn = known_columns.rows_of(found, columns, by=g.actor)
    lines = [[_plain(row[key]) for key in columns] for row in drawn]
    audit.record(
        CaseAudit.LISTED,
        ("case_list", "export"),
        by=g.actor,
        detail={"rows": len(lines), "columns": columns, "filter": filters.told(wanted)},
        high=True,
        persons=[party.id for case in found for party in case.parties],
    )
    titles = titles_now()
    headings = [titles[key] for key in columns]
    data = spreadsheet.workbook("案件", headings, lines, mark=watermark(len(lines)))
    return send_bytes(data, spreadsheet.MEDIA_TYPE, f"案件列表{clock.today():%Y%m%d}.xlsx")


def watermark(count: int) -> str:
    """Who took the list out and when, by which it can be found again in the record."""
    moment = f"{clock.local(clock.now()):%Y-%m-%d %H:%M:%S}"
    who = f"{g.actor.name}（{g.actor.username}）"
    return f"本表由{who}于 {moment} 导出，共 {count} 件，操作编号 {g.request_id}。请勿外传。"


def _plain(value: object) -> object:
    """A clock as its words; anything else as it is."""
    return f"{value['title']}{value['words']}" if isinstance(value, dict) else value if value is not None else ""
