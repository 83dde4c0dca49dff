"""Commands about cases: listing them, and printing one form of one."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from saas import clock
from saas.cases import effects
from saas.cases.models import Case
from saas.cases.queries import Filter, conditions
from saas.cases.snapshot import snapshot
from saas.db.session import db
from saas.documents import jobs, render
from saas.documents.commands import document
from saas.documents.designs import queries as designs
from saas.documents.dress import Issuer
from saas.documents.queries import find_latest, with_numbers
from saas.errors import NotFoundError
from saas.files import store
from saas.identity.commands import entered

case = AppGroup("case", help="Cases of a city.")
city = click.option("--tenant", "code", required=True, help="The city's code.")


@case.command("list")
@city
@click.option("--process", default="", help="The key of a process.")
@click.option("--state", default="", help="The id of a state.")
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True, help="How many at most.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def list_command(code: str, process: str, state: str, limit: int, *, as_json: bool) -> None:
    """List the cases of a city, newest first."""
    with entered(code):
        found = [described(row) for row in list_cases(Filter(process=process, state=state), limit)]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for row in found:
        click.echo("  ".join(str(value) for value in row.values()))


def list_cases(wanted: Filter, limit: int) -> list[Case]:
    """Cases of the whole city, for whoever runs the deployment; pages ask within a person's units instead."""
    query = select(Case).where(*conditions(wanted)).options(joinedload(Case.unit), joinedload(Case.process))
    return list(db.session.scalars(query.order_by(Case.opened_at.desc(), Case.id.desc()).limit(limit)))


def described(row: Case) -> dict[str, object]:
    """A case as JSON values; no name of a party is among them."""
    return {
        "number": row.number,
        "process": row.process_key,
        "version": row.process.version,
        "state": row.state,
        "unit": row.unit.name,
        "opened": clock.local(row.opened_at).isoformat(),
    }


@document.command("render")
@city
@click.option("--case", "number", required=True, help="The case's number.")
@click.option("--form", "form_code", required=True, help="The form's code.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write.")
def render_command(code: str, number: str, form_code: str, output: Path) -> None:
    """Write a form of a case as PDF: the issued one as it is kept, else a preview."""
    with entered(code):
        row = _case(number)
        output.write_bytes(printed(row, form_code))


def printed(row: Case, code: str) -> bytes:
    """The latest issued document of a form in a case, or a preview where none was issued."""
    issued = find_latest(row.id, effects.find_form(row, code).code)
    if issued is None:
        form = effects.form_to_make(row, code)
        dress = designs.dress_in_force(Issuer.of(row.unit))
        return render.preview(form, with_numbers(snapshot(row), row.id), dress=dress)
    jobs.make(issued)
    return store.get(str(issued.storage_key))


def _case(number: str) -> Case:
    found = db.session.scalar(select(Case).where(Case.number == number))
    if found is None:
        raise NotFoundError(f"没有编号为“{number}”的案件。")
    return found
