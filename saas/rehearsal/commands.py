"""The command that says what a draft would change for the city's running and past cases."""

import json
from pathlib import Path

import click

from saas.identity.commands import entered
from saas.rehearsal import backtest
from saas.rehearsal.backtest import Report
from saas.workflow.commands import FILE, read
from saas.workflow.definition import DefinitionError, OverlayError, parse
from saas.workflow.process import Definition


@click.command("simulate")
@click.option("--tenant", "code", required=True, help="The city's code.")
@click.option("--process", "key", required=True, help="The key of the process.")
@click.option("--draft", "file", required=True, type=FILE, help="The draft: a process, or a local change of one.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def simulate_command(code: str, key: str, file: Path, *, as_json: bool) -> None:
    """Say what would have gone otherwise in the city's cases, running and closed, had the draft been in force."""
    draft = read_draft(file, key)
    with entered(code):
        report = backtest.run(draft)
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False))
    else:
        _tell(report)


def read_draft(file: Path, key: str) -> Definition:
    """The process in a file.

    Raises:
        ClickException: It cannot be read, or is another process's.
    """
    try:
        draft = parse(read(file))
    except (DefinitionError, OverlayError) as error:
        raise click.ClickException(str(error)) from error
    if draft.key != key:
        message = f"{file.name} is a draft of {draft.key}, not of {key}"
        raise click.ClickException(message)
    return draft


def _tell(report: Report) -> None:
    click.echo(f"{report.process}: {report.cases} cases, {report.same} the same, {report.unproven} unproven")
    for change in report.changed:
        click.echo(f"{change.number} {change.what}: {change.old} => {change.new}")
    for refused in report.refused:
        click.echo(f"{refused.number} refused: {refused.why}")
