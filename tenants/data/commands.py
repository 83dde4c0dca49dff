"""Commands about a city's data as a whole, and about the servers it can be on."""

import json
import sys
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy.engine import make_url

from saas import cli, clock
from tenants import placement
from tenants.data import backup, deletion, moving
from tenants.data import export as exporting
from tenants.data import restore as restoring

FILE = click.Path(path_type=Path, dir_okay=False)

whole = AppGroup("tenant", help="A city's data as a whole.")
server = AppGroup("server", help="The PostgreSQL servers that cities are on.")


def init_app(app: Flask) -> None:
    """Add the commands to ``flask``; the group ``tenant`` is there already."""
    tenant = app.cli.commands["tenant"]
    assert isinstance(tenant, click.Group)
    for command in whole.commands.values():
        tenant.add_command(command)
    cli.add(app, server)


@whole.command("backup")
@click.argument("code")
@click.option("-o", "--output", required=True, type=FILE, help="The file to write.")
def back_up(code: str, output: Path) -> None:
    """Write the city CODE into one encrypted file."""
    manifest = backup.back_up(code, output)
    rows = sum(table["rows"] for table in manifest.tables.values())
    click.echo(f"{output}: {len(manifest.tables)} tables, {rows} rows, {manifest.files} files, {manifest.jobs} jobs")
    for key in manifest.damaged:
        click.echo(f"damaged and therefore not in the backup: {key}", err=True)


@whole.command("restore")
@click.argument("file", type=FILE)
@click.option("--as", "code", required=True, help="The code it is to have: its own, or another one for a copy.")
@click.option("--server", "on", default=placement.MAIN, show_default=True, help="The server it is to be on.")
def restore(file: Path, code: str, on: str) -> None:
    """Bring a city back from its backup FILE, whole and proven or not at all."""
    made = restoring.restore(file, code, on)
    kind = "restored" if made.id == made.origin_id else f"a copy of {made.origin_id}"
    click.echo(f"{made.code} {made.name}: {kind}")


@whole.command("export")
@click.argument("code")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, file_okay=False), help="A new folder.")
def export(code: str, output: Path) -> None:
    """Write everything of the city CODE into a folder, readable without this program."""
    done = exporting.export(code, output)
    click.echo(f"{output}: {len(done.files)} files")
    for path in done.missing:
        click.echo(f"not in the store any more or damaged: {path}", err=True)


@whole.command("move")
@click.argument("code")
@click.option("--to", help="The server's name.")
@click.option("--hold", default=moving.HOLD, show_default=True, help="Seconds within which people can write again.")
@click.option("--forget", is_flag=True, help="Remove what an earlier move left behind.")
def move(code: str, to: str | None, hold: int, *, forget: bool) -> None:
    """Move the city CODE to another PostgreSQL server; writing is held meanwhile."""
    if forget:
        click.echo(f"{code}: removed from {', '.join(moving.forget(code)) or 'nowhere'}")
    elif to is None:
        raise click.UsageError("Say where to: --to SERVER.")
    else:
        done = moving.move(code, to, hold)
        click.echo(f"{code}: {done.rows} rows moved to {to}, writing held for {done.seconds} s")


@whole.command("delete")
@click.argument("code")
@click.option("--by", required=True, help="The operator who asks or confirms.")
@click.option("--certificate", type=FILE, help="Confirm, and write the certificate to this file.")
@click.option("--withdraw", is_flag=True, help="Take back what was asked for.")
def delete(code: str, by: str, certificate: Path | None, *, withdraw: bool) -> None:
    """Ask for the end of the city CODE; after the waiting period another operator confirms it."""
    if withdraw:
        deletion.withdraw(code, by)
        click.echo(f"{code}: withdrawn")
    elif certificate is None:
        until = clock.local(deletion.ask(code, by)).strftime("%Y-%m-%d %H:%M")
        click.echo(f"{code}: asked for; another operator can confirm it with --certificate FILE after {until}")
    else:
        digest = deletion.confirm(code, by, certificate)
        click.echo(f"{code}: deleted; certificate {certificate}, SHA-256 {digest}")


@server.command("add")
@click.argument("name")
@click.argument("address", required=False)
@click.option("--front", help="Where cities are asked for instead, such as a pooler; without a login.")
@click.option("--again", is_flag=True, help="Write down another address of a server that is known.")
def add_server(name: str, address: str | None, front: str | None, *, again: bool) -> None:
    """Let cities be placed on the server NAME; ADDRESS is read from standard input when it is not given."""
    placement.add_server(name, address or sys.stdin.readline().strip(), front, again=again)
    click.echo(name)


@server.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def list_servers(*, as_json: bool) -> None:
    """Say which servers there are, where they are, and how many cities are on each."""
    counts = placement.count_tenants()
    rows = [
        {"name": name, "address": make_url(address).render_as_string(), "tenants": counts.get(name, 0)}
        for name, address in placement.list_servers().items()
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo("  ".join(str(value) for value in row.values()))
