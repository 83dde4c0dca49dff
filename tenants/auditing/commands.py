"""Commands about the records of cities: seal, verify, say how they stand, and who saw a person."""

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from saas.db.session import TenantRef
from saas.identity.actor import SYSTEM
from saas.oversight import queries, seeing, services
from tenants import context, registry
from tenants.auditing import sealing

audit = AppGroup("audit", help="The record of who did what.")
of_city = click.option("--tenant", "code", help="The city's code.")
of_all = click.option("--all", "every", is_flag=True, help="Every city.")
as_json = click.option("--json", "as_json", is_flag=True, help="One JSON document.")


@audit.command("seal")
@of_city
@of_all
def seal_command(code: str | None, *, every: bool) -> None:
    """Seal what has settled and put the heads of seals down outside the database."""
    for city in _cities(code, every=every):
        click.echo(f"{city.code}: {sealing.seal_city(_app(), city)}")


@audit.command("verify")
@of_city
@of_all
@as_json
def verify_command(code: str | None, *, every: bool, as_json: bool) -> None:
    """Verify the whole record; exit 1 when something is wrong."""
    found: dict[str, dict[str, Any]] = {}
    for city in _cities(code, every=every):
        with context.transaction(_app(), city):
            found[city.code] = services.verify_and_keep(by=SYSTEM)[1].as_dict()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        for name, report in found.items():
            _tell(name, report)
    sys.exit(not all(report["ok"] for report in found.values()))


@audit.command("status")
@of_city
@of_all
@as_json
def status_command(code: str | None, *, every: bool, as_json: bool) -> None:
    """Say how sealing stands; exit 1 when an event waits for longer than two minutes."""
    rows = []
    for city in _cities(code, every=every):
        with context.entered(_app(), city):
            standing = queries.standing()
        rows.append({"code": city.code, **vars(standing), "alarm": standing.alarm})
    if as_json:
        click.echo(json.dumps(rows, default=str))
    else:
        for row in rows:
            click.echo("  ".join(f"{name}={value}" for name, value in row.items()))
    sys.exit(any(row["alarm"] for row in rows))


@audit.command("who-saw")
@click.option("--tenant", "code", required=True, help="The city's code.")
@click.option("--id-number", help="The person's ID number; better by --stdin, which leaves no trace.")
@click.option("--phone", help="The person's telephone number.")
@click.option("--stdin", "from_input", is_flag=True, help="Read the ID number or the telephone number from one line.")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="First day.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="Last day.")
@as_json
def who_saw_command(
    code: str,
    id_number: str | None,
    phone: str | None,
    first: datetime | None,
    last: datetime | None,
    *,
    from_input: bool,
    as_json: bool,
) -> None:
    """Say who saw a person, from when to when: what a notice of a breach needs."""
    if from_input:
        id_number, phone = seeing.told_apart(sys.stdin.readline())
    with context.transaction(_app(), registry.get_tenant(code)):
        wanted = seeing.Question(id_number, phone, _day(first), _day(last))
        rows = [seeing.row_of(event) for event in seeing.who_saw(wanted, by=SYSTEM, limit=None).events]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo("  ".join(str(value) for value in row.values()))


def _tell(name: str, report: dict[str, Any]) -> None:
    verdict = "完整" if report["ok"] else f"发现 {report['total']} 处问题"
    click.echo(f"{name}: {verdict}，{report['events']} 条记录，{report['seals']} 个封印，{report['seconds']} 秒")
    for line in (*report["notes"], *(finding["sentence"] for finding in report["findings"])):
        click.echo(f"  {line}")


def _cities(code: str | None, *, every: bool) -> Sequence[TenantRef]:
    if every == bool(code):
        raise click.UsageError("Say which city: --tenant CODE, or --all.")
    if code:
        return [registry.get_tenant(code)]
    return [city for city in registry.list_tenants() if sealing.can_be_sealed(city)]


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]  # noqa: SLF001 - contexts are pushed for each city.
