"""The register of numbers of issued documents, on a page and as an Excel file; where those that failed are found."""

from typing import Any

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from saas import clock, spreadsheet
from saas.audit import services as audit
from saas.cases import access, bulk
from saas.cases import register_queries as register
from saas.cases.register_queries import Entry, Wanted
from saas.documents.actions import DocumentAudit
from saas.fields.views import FieldView
from saas.identity.permissions import KernelPermission, fresh, requires
from saas.web.paging import elsewhere
from saas.web.paging import wanted as wanted_page
from saas.web.sending import send_bytes
from saas.web.staff import exports, filters, paperpage
from saas.web.staff.board import staff

FIRST_YEAR = 2000
NUMBER_LENGTH = 80
STATES = (
    ("", "全部"),
    *((code, title) for code, (title, _) in paperpage.STATES.items()),
    ("replaced", "已被代替"),
)
COLUMNS = {
    "number": "编号",
    "title": "文书",
    "case": "案件",
    "issued": "制作时间",
    "by": "制作人",
    "state": "状态",
    "note": "说明",
}


@staff.get("/documents")
@requires(KernelPermission.DOCUMENT_READ)
def list_documents() -> ResponseReturnValue:
    """Show every number that was given in the reader's units, newest first."""
    wanted, page = from_address(), wanted_page()
    query = register.register_of(g.actor, wanted)
    total = register.count(query)
    found = register.list_entries(query, offset=page.offset, limit=page.limit)
    return render_template(
        "staff/list_documents.html",
        fields=fields_of(wanted),
        applied=sum(bool(value) for value in vars(wanted).values()),
        columns=[{"key": key, "label": label} for key, label in COLUMNS.items()],
        rows=[row_of(entry) for entry in found],
        page=page.of(total),
        export_url=elsewhere("staff.export_register") if g.actor.may(KernelPermission.CASE_EXPORT) else None,
    )


@staff.get("/documents.xlsx")
@requires(KernelPermission.CASE_EXPORT)
@fresh
def export_register() -> ResponseReturnValue:
    """Send exactly the filtered part of the register."""
    wanted = from_address()
    query = register.register_of(g.actor, wanted, permission=KernelPermission.CASE_EXPORT)
    total = register.count(query)
    bulk.check_length(total)
    bulk.check_quota(total, by=g.actor)
    rows = [words_of(entry) for entry in register.list_entries(query, offset=0, limit=total)]
    lines = [[row[key] for key in COLUMNS] for row in rows]
    audit.record(
        DocumentAudit.LISTED,
        ("document_register", "export"),
        by=g.actor,
        detail={"rows": len(lines), "filter": filters.told(wanted)},
        high=True,
    )
    data = spreadsheet.workbook("编号登记簿", list(COLUMNS.values()), lines, mark=exports.watermark(len(lines)))
    return send_bytes(data, spreadsheet.MEDIA_TYPE, f"编号登记簿{clock.today():%Y%m%d}.xlsx")


def from_address() -> Wanted:
    """What the request's address narrows the register to; what makes no sense is left out."""
    state, year = request.args.get("state", ""), request.args.get("year", 0, type=int)
    return Wanted(
        form=request.args.get("form", "")[:NUMBER_LENGTH],
        year=year if FIRST_YEAR <= year <= clock.today().year else None,
        state=state if state in register.STATES else "",
        text=request.args.get("q", "").strip()[:NUMBER_LENGTH],
    )


def fields_of(wanted: Wanted) -> list[FieldView]:
    """The filter of the register."""
    forms = [("", "全部"), *register.forms()]
    years = [("", "全部"), *((str(year), f"{year}年") for year in register.years())]
    return [
        FieldView("filter-q", "q", "编号", "text", wanted.text, maxlength=NUMBER_LENGTH),
        FieldView("filter-form", "form", "文书", "choice", wanted.form, options=forms, required=True),
        FieldView("filter-year", "year", "年度", "choice", str(wanted.year or ""), options=years, required=True),
        FieldView("filter-state", "state", "状态", "choice", wanted.state, options=STATES, required=True),
    ]


def words_of(entry: Entry) -> dict[str, str]:
    """A line of the register in words, by column."""
    document = entry.document
    replaced = f"已由 {entry.replaced_by} 代替" if entry.replaced_by else ""
    void = f"{document.voided_by}作废：{document.void_reason}" if document.state == "void" else ""
    problem = document.problem or "" if document.state == "failed" else ""
    return {
        "number": document.number,
        "title": document.title,
        "case": entry.case.number,
        "issued": f"{clock.local(document.issued_at):%Y-%m-%d %H:%M}",
        "by": document.issued_by,
        "state": paperpage.STATES[document.state][0],
        "note": "；".join(part for part in (void, replaced, problem) if part),
    }


def row_of(entry: Entry) -> dict[str, Any]:
    """A line of the register as the page draws it: with its ways."""
    document, case = entry.document, entry.case
    can_redo = document.state == "failed" and access.allows(g.actor, KernelPermission.CASE_ACT, case)
    return {
        **words_of(entry),
        "case_url": paperpage.documents_url(case),
        "state": paperpage.STATES[document.state],
        "void": document.state == "void",
        "redo_url": paperpage.redo_url(case, document) if can_redo else None,
    }
