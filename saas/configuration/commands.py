"""Commands that take a city's configuration out and in."""

from pathlib import Path

import click
from flask.cli import AppGroup

from saas.configuration import bringing, collecting, reading
from saas.configuration.comparing import plan
from saas.configuration.parcel import PARTS, ParcelError
from saas.identity.actor import SYSTEM
from saas.identity.commands import entered

FILE = click.Path(dir_okay=False, path_type=Path)
PART = click.Choice(list(PARTS))

config = AppGroup("config", help="A city's configuration as a whole.")


@config.command("export")
@click.argument("file", type=FILE)
@click.option("--tenant", "code", required=True, help="The city's code.")
def export_command(file: Path, code: str) -> None:
    """Write the city's processes, lists, settings and calendar to FILE; no account, no right and no case."""
    with entered(code):
        data = collecting.export(by=SYSTEM)
    file.write_bytes(data)
    click.echo(f"{file}: {len(data)} bytes")


@config.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--tenant", "code", required=True, help="The city's code.")
@click.option("--part", "parts", type=PART, multiple=True, help="Only this part; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def import_command(file: Path, code: str, parts: tuple[str, ...], *, dry_run: bool) -> None:
    """Take FILE over; processes become drafts that a second person reviews."""
    try:
        parcel = reading.read(file.read_bytes())
        with entered(code):
            wanted = parts or PARTS
            planned = plan(parcel, wanted) if dry_run else bringing.bring(parcel, wanted, by=SYSTEM)[0]
    except ParcelError as error:
        raise click.ClickException("\n".join(f"{one.place}: {one.message}" for one in error.problems)) from error
    for line in [one.sentence for one in planned.changes] or ["没有变化"]:
        click.echo(line)
    for problem in planned.problems:
        click.echo(f"{problem.place}: {problem.message}", err=True)
    if planned.problems:
        raise click.exceptions.Exit(1)
