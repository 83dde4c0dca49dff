"""Bringing many entries into a register from a table: its template, and what came of a file."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import zip_longest
from typing import Any
from zipfile import BadZipFile

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from saas import spreadsheet
from saas.errors import InvalidInputError
from saas.fields.views import FieldView
from saas.files import checks
from saas.files.kinds import XLSX
from saas.identity.permissions import signed_in
from saas.registers import services
from saas.registers.rows import MOST_ROWS, STATUS, UNIT, Refused
from saas.web import transactions
from saas.web.blueprint import city_only
from saas.web.sending import send_bytes
from saas.web.sizes import takes_files
from saas.web.staff import register_acts
from saas.web.staff.board import staff

FILE = "table"
LISTED = 200  # faults shown at once
UNREADABLE = "这个文件不能读取。请用 Excel 或 WPS 打开，另存为 XLSX 或者 CSV（UTF-8）后再上传。"
OTHER_KIND = "只能导入 XLSX 或者 CSV 文件，请按模板填写。"
MOST_COLUMNS = 100
# What the reader of XML raises is a SyntaxError.
BROKEN = (ValueError, LookupError, TypeError, SyntaxError, csv.Error, BadZipFile, InvalidFileException)
"""What reading a file that is no table, or half of one, ends in."""
Row = dict[str, str]


@staff.get("/registers/<key>/import")
@signed_in
@city_only
def ask_import(key: str) -> ResponseReturnValue:
    """Show where a table is taken in."""
    return render_template("staff/import_entries.html", **page_values(key, {}))


@staff.get("/registers/<key>/template.xlsx")
@signed_in
@city_only
def import_template(key: str) -> ResponseReturnValue:
    """Send an empty table with the register's headings."""
    declared = register_acts.writable(key)
    headings = [*(field.label for field in declared.form.fields), STATUS, UNIT]
    title = declared.register.title
    return send_bytes(spreadsheet.workbook(title, headings, []), spreadsheet.MEDIA_TYPE, f"{title}导入模板.xlsx")


@staff.post("/registers/<key>/import")
@signed_in
@city_only
@takes_files
def import_entries(key: str) -> ResponseReturnValue:
    """Take a table in whole, or say of every row what is wrong with it."""
    declared = register_acts.writable(key)
    try:
        unit = register_acts.own_unit(declared)
        done = services.import_rows(declared.register, rows_of_upload(), unit, by=g.actor)
    except InvalidInputError as error:
        transactions.undo()
        return render_template("staff/import_entries.html", **page_values(key, error.fields)), error.status
    if done.refused:
        transactions.undo()
        page = page_values(key, {FILE: f"有{len(done.refused)}处不对，一条也没有保存。请在表里改正后重新上传。"})
        return render_template("staff/import_entries.html", **page | {"refused": done.refused[:LISTED]}), 422
    flash(f"导入完成：新登记 {done.added} 条，修改 {done.changed} 条。", "success")
    return redirect(url_for("staff.list_entries", key=key), 303)


def rows_of_upload() -> list[Row]:
    """The rows of the file that was sent, each by the headings.

    Raises:
        InvalidInputError: there is none, or it cannot be read.
    """
    upload = request.files.get(FILE)
    name, data = (upload.filename or "", upload.read()) if upload else ("", b"")
    if not name or not data:
        raise InvalidInputError({FILE: "请选择要导入的文件"})
    try:
        found = list(cells_of(name, data))
    except InvalidInputError as error:
        raise InvalidInputError({FILE: error.fields[checks.FIELD]}) from error
    except BROKEN as error:
        raise InvalidInputError({FILE: UNREADABLE}) from error
    return without_end(by_headings(found))


def cells_of(name: str, data: bytes) -> Iterator[Sequence[object]]:
    """The cells of a file row by row, as far as a register may have any."""
    if name.lower().endswith(".csv"):
        lines = csv.reader(io.StringIO(data.decode("utf-8-sig")))
        return (line for _, line in zip(range(MOST_ROWS + 2), lines, strict=False))
    if checks.inspect(name, data).media_type != XLSX:
        raise InvalidInputError({checks.FIELD: OTHER_KIND})
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    return iter(sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True))


def by_headings(cells: Sequence[Sequence[object]]) -> list[Row]:
    """The rows below the headings; empty columns are left out.

    Raises:
        InvalidInputError: a heading stands twice.
    """
    headings = [text_of(cell) for cell in cells[0]] if cells else []
    named = [heading for heading in headings if heading]
    if len(set(named)) < len(named):
        raise InvalidInputError({checks.FIELD: "表头里有重复的列，请只留一列。"})
    # Files leave out empty cells at the end of a row; they are as empty as those in the middle.
    return [{heading: text_of(cell) for heading, cell in zip_longest(headings, line) if heading} for line in cells[1:]]


def without_end(rows: Sequence[Row]) -> list[Row]:
    """The rows up to the last that says something; empty ones between them keep the others in their places."""
    last = max((number for number, row in enumerate(rows, 1) if any(row.values())), default=0)
    return list(rows[:last])


def text_of(cell: object) -> str:
    """A cell as it would have been typed."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def page_values(key: str, errors: dict[str, str]) -> dict[str, Any]:
    """What the page of an import draws."""
    declared = register_acts.writable(key)
    hint = f"XLSX 或者 CSV，第一行是表头，一次最多 {MOST_ROWS} 行。"
    none: tuple[Refused, ...] = ()
    return {
        "register": declared.register,
        "fields": [
            register_acts.unit_field(declared, errors),
            FieldView(
                FILE, FILE, "文件", "file", "", hint=hint, error=errors.get(FILE), required=True, accept=".xlsx,.csv"
            ),
        ],
        "errors": list(errors.items()),
        "refused": none,
        "listed": LISTED,
    }
