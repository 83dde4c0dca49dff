"""Printing one form of a case from the command line."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import click
from flask import current_app
from sqlalchemy import select, text

from saas.cases.models import Case
from saas.cases.snapshot import snapshot
from saas.db.session import db
from saas.documents import jobs, render
from saas.documents.commands import document
from saas.documents.form import Form
from saas.documents.queries import find_latest, get_form, with_numbers
from saas.errors import AppError
from saas.files import store

Enter = Callable[[str], AbstractContextManager[None]]


@document.command("render")
@click.option("--tenant", "code", required=True, help="The city's code.")
@click.option("--case", "number", required=True, help="The case's number.")
@click.option("--form", "form_code", required=True, help="The form's code.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write.")
def render_command(code: str, number: str, form_code: str, output: Path) -> None:
    """Write a form of a case as PDF: the issued one as it is kept, else a preview."""
    enter: Enter = current_app.extensions["fengqiao.enter"]
    try:
        with enter(_schema(code)):
            output.write_bytes(printed(_case(number), get_form(form_code)))
    except AppError as error:
        raise click.ClickException(error.message) from error


def printed(case: Case, form: Form) -> bytes:
    """The latest issued document of a form in a case, or a preview where none was issued."""
    issued = find_latest(case.id, form.code)
    if issued is None:
        return render.preview(form, with_numbers(snapshot(case), case.id))
    jobs.make(issued)
    return store.get(str(issued.storage_key))


def _schema(code: str) -> str:
    # The registry of cities stands above the platform; its table is read with the platform's own login.
    query = text("select schema from platform.tenant where code = :code")
    with db.engine.connect() as connection:
        found = connection.execute(query, {"code": code}).scalar_one_or_none()
    if found is None:
        message = f"没有代码为“{code}”的城市。"
        raise click.ClickException(message)
    return str(found)


def _case(number: str) -> Case:
    case = db.session.scalar(select(Case).where(Case.number == number))
    if case is None:
        message = f"没有编号为“{number}”的案件。"
        raise click.ClickException(message)
    return case
