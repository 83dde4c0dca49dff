"""The command that reports declared figures."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from openpyxl import Workbook
from sqlalchemy import true

from saas.cases.models import Case
from saas.db.session import current_tenant
from saas.errors import NotFoundError
from saas.identity.commands import entered
from saas.indicators import services
from saas.organisation import queries as organisation

HEADINGS = ("指标", "数值", "单位", "口径")

indicator = AppGroup("indicator", help="Statistics.")


@indicator.command("report")
@click.option("--tenant", "code", required=True, help="The city's code.")
@click.option("--period", required=True, help="2026, 2026-10 or 2025-07..2026-10.")
@click.option("--unit", "unit_code", help="The code of a unit; the whole city without one.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.option("--xlsx", type=click.Path(dir_okay=False, path_type=Path), help="Write an Excel file.")
def report_command(code: str, period: str, unit_code: str | None, xlsx: Path | None, *, as_json: bool) -> None:
    """Report every indicator of a period."""
    with entered(code):
        found = _report(period, unit_code)
    if xlsx:
        _write(xlsx, found)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    elif not xlsx:
        for row in _rows(found):
            click.echo("  ".join(str(value) for value in row))


def _report(period: str, unit_code: str | None) -> dict[str, Any]:
    if unit_code is None:
        return services.report(period, true(), current_tenant().name)
    unit = organisation.find_by_code(unit_code)
    if unit is None:
        raise NotFoundError(f"没有代码为“{unit_code}”的单位。")
    within = Case.unit_path.startswith(unit.scope, autoescape=True)
    return services.report(period, within, unit.name, paths=(unit.scope,))


def _rows(report: dict[str, Any]) -> list[tuple[object, ...]]:
    return [
        (one["title"], "—" if one["value"] is None else one["value"], one["unit"], one["source"])
        for one in report["indicators"]
    ]


def _write(path: Path, report: dict[str, Any]) -> None:
    """The report as an Excel file; nothing in it was typed by people, so no cell can be a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("统计")
    for row in [(report["unit"], report["period"]), HEADINGS, *_rows(report)]:
        sheet.append(row)
    book.save(path)
