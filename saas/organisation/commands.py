"""Commands about the division data."""

from pathlib import Path

import click
from flask.cli import AppGroup

from saas.organisation.divisions import PACKED, pack

divisions = AppGroup("divisions", help="The division codes the product carries.")


@divisions.command("pack")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def pack_command(source: Path) -> None:
    """Make the compact form from SOURCE, a CSV file with the columns code and name."""
    count = pack(source)
    click.echo(f"{count} divisions, {PACKED.stat().st_size} bytes")
