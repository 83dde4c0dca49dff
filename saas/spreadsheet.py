"""Excel files: typed cells under a heading row, nothing that a spreadsheet would run."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[object]], *, mark: str | None = None
) -> bytes:
    """One sheet with a heading row; text that begins like a formula stays text.

    ``mark`` says who took it out: it is the last line, and stands at the foot of every printed page.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    heads = []
    for heading in headings:
        cell = WriteOnlyCell(sheet, value=heading)
        cell.font = Font(bold=True)
        heads.append(cell)
    sheet.append(heads)
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    if mark:
        sheet.append([_cell(sheet, mark)])
        sheet.oddFooter.left.text = mark.replace("&", "＆")
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _cell(sheet: object, value: object) -> object:
    cell = WriteOnlyCell(sheet, value=value)  # type: ignore[arg-type]
    if isinstance(value, str):
        # A leading = + - @ would otherwise make a formula of what somebody typed.
        cell.data_type = "s"
    return cell
