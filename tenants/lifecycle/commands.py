"""Commands on a city's life, each for ``flask tenant``."""

import json
from dataclasses import asdict

import click
from flask import current_app
from flask.cli import AppGroup

from tenants import registry
from tenants.lifecycle import opening, services

by_whom = click.option("--by", default="system", help="The operator who does it, for the records.")


@click.command("suspend")
@click.argument("code")
@click.option("--notice", help="What people read who want to hand something in.")
@click.option("--closed", is_flag=True, help="Nobody may even read.")
@by_whom
def suspend(code: str, notice: str | None, by: str, *, closed: bool) -> None:
    """Let the city CODE be read only."""
    services.suspend(code, notice, closed=closed, by=by)
    click.echo(f"{code} {services.CLOSED if closed else services.HELD}")


@click.command("resume")
@click.argument("code")
@by_whom
def resume(code: str, by: str) -> None:
    """Let the city CODE take entries again."""
    services.resume(code, by=by)
    click.echo(f"{code} active")


@click.command("rename")
@click.argument("code")
@click.argument("name")
@by_whom
def rename(code: str, name: str, by: str) -> None:
    """Call the city CODE by another NAME."""
    services.rename(code, name, by=by)
    click.echo(f"{code} {name}")


@click.command("open-lines")
@click.argument("code")
def open_lines(code: str) -> None:
    """Give the city CODE the roles and statutory processes of this release that it never had."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - a transaction pushes a context.
    opened = opening.open_lines(app, registry.get_tenant(code))
    click.echo(f"{code} {len(opened.roles)} roles, {len(opened.processes)} processes")


host = AppGroup("host", help="The host names that lead to a city.")


@host.command("add")
@click.argument("code")
@click.argument("name", metavar="HOST")
@click.option("--primary", is_flag=True, help="The one that is printed and linked to.")
@by_whom
def add_host(code: str, name: str, by: str, *, primary: bool) -> None:
    """Let HOST lead to the city CODE."""
    services.add_host(code, name, primary=primary, by=by)
    click.echo(f"{code} {name}")


@host.command("remove")
@click.argument("code")
@click.argument("name", metavar="HOST")
@by_whom
def remove_host(code: str, name: str, by: str) -> None:
    """Let HOST lead to the city CODE no more."""
    services.remove_host(code, name, by=by)
    click.echo(f"{code} {name}")


@click.command("quota")
@click.argument("code")
@click.option("--users", type=click.IntRange(0), help="Active accounts; 0 lifts the limit, as everywhere here.")
@click.option("--files", type=click.IntRange(0), help="Megabytes of attachments.")
@click.option("--connections", type=click.IntRange(0), help="Connections to the database.")
@click.option("--jobs", type=click.IntRange(0), help="Jobs that wait.")
@by_whom
def quota(code: str, users: int | None, files: int | None, connections: int | None, jobs: int | None, by: str) -> None:
    """Say how much the city CODE may have; what is not named stays. Prints the limits as JSON."""
    given = {"users": users, "files": files, "connections": connections, "jobs": jobs}
    limits = services.set_limits(code, {name: value for name, value in given.items() if value is not None}, by=by)
    click.echo(json.dumps(asdict(limits)))


COMMANDS = (open_lines, suspend, resume, rename, host, quota)
