"""Commands about a city's data as a whole, and about the servers it can be on."""

import json
import sys

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy.engine import make_url

from saas import cli
from tenants import placement

server = AppGroup("server", help="The PostgreSQL servers that cities are on.")


def init_app(app: Flask) -> None:
    """Add the commands to ``flask``."""
    cli.add(app, server)


@server.command("add")
@click.argument("name")
@click.argument("address", required=False)
def add_server(name: str, address: str | None) -> None:
    """Let cities be placed on the server NAME; ADDRESS is read from standard input when it is not given."""
    placement.add_server(name, address or sys.stdin.readline().strip())
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
