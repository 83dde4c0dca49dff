"""Commands on guests' accounts: ``flask auditor``, and ``flask operator break-glass`` in an emergency."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import click
from flask.cli import AppGroup

from tenants.guests import services
from tenants.guests.services import Asked

auditor = AppGroup("auditor", help="Timed, read-only accounts in cities for people from outside.")
by_whom = click.option("--by", required=True, help="The operator who does it.")
DAY = click.DateTime(["%Y-%m-%d"])


@auditor.command("grant")
@click.argument("codes", nargs=-1, required=True)
@click.option("--name", required=True, help="Who the account is for.")
@click.option("--until", type=DAY, required=True, help="Its last day.")
@click.option("--reason", required=True, help="Why; the cities' administrators are told.")
@by_whom
def grant_command(codes: Sequence[str], name: str, until: datetime, reason: str, by: str) -> None:
    """Ask for an auditor's account in the cities CODES; another operator approves it."""
    _asked(services.ask(Asked("auditor", codes, name, reason, until.date()), by=by))


@click.command("break-glass")
@click.argument("code")
@click.option("--name", required=True, help="Who is going to look.")
@click.option("--reason", required=True, help="Why; the city's administrators are told.")
@by_whom
def break_glass(code: str, name: str, reason: str, by: str) -> None:
    """Ask to look into the city CODE for an hour; another operator approves it."""
    _asked(services.ask(Asked("break_glass", (code,), name, reason), by=by))


@auditor.command("approve")
@click.argument("grant", type=click.UUID)
@by_whom
def approve_command(grant: UUID, by: str) -> None:
    """Open the accounts of GRANT; the passwords are shown once."""
    for opened in services.approve(grant, by=by):
        click.echo(f"{opened.code}  {opened.username}  {opened.password}")


@auditor.command("end")
@click.argument("grant", type=click.UUID)
@by_whom
def end_command(grant: UUID, by: str) -> None:
    """End the accounts of GRANT at once."""
    click.echo(f"{services.end(grant, by=by)} cities")


@auditor.command("list")
def list_command() -> None:
    """Say what was asked for, approved and ended."""
    for grant in services.list_grants():
        state = "ended" if grant.ended_at else "approved" if grant.approved_by else "asked"
        click.echo(f"{grant.id}  {grant.kind}  {state}  {grant.name}  {len(grant.cities)} cities  {grant.asked_by}")


def _asked(grant: UUID) -> None:
    click.echo(f"{grant}\nAnother operator: flask auditor approve {grant} --by NAME")
