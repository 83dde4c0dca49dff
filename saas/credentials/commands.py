"""Commands about providers of identity."""

import sys
from getpass import getpass

import click
from flask.cli import AppGroup

from saas.credentials import providers
from saas.credentials.providers import AUDIENCES, Trusted
from saas.identity import queries
from saas.identity.actor import SYSTEM
from saas.identity.commands import entered

provider = AppGroup("provider", help="Providers of identity that a city trusts.")


@provider.command("trust")
@click.option("--tenant", "code", required=True, help="The city's code.")
@click.option("--for", "audience", required=True, type=click.Choice(AUDIENCES), help="Who signs in there.")
@click.option("--title", required=True, help="What people know it as.")
@click.option("--issuer", required=True, help="Its address, as its tokens say it.")
@click.option("--client-id", required=True, help="Who we are to it.")
@click.option("--number-claim", default="", help="The claim that holds the number of the identity card.")
def trust(code: str, audience: str, title: str, issuer: str, client_id: str, number_claim: str) -> None:
    """Trust a provider; its secret for us is asked for, or read from standard input."""
    given = Trusted(audience, title, issuer, client_id, _secret(), number_claim)
    with entered(code):
        providers.set_provider(given, by=SYSTEM)
    click.echo(f"{code}: {issuer}")


@provider.command("link")
@click.argument("username")
@click.option("--tenant", "code", required=True, help="The city's code.")
@click.option("--issuer", required=True, help="The provider's address.")
@click.option("--subject", required=True, help="The provider's own name for the person.")
def link(username: str, code: str, issuer: str, subject: str) -> None:
    """Let a provider's subject sign in as USERNAME."""
    with entered(code):
        user = queries.find_user(username)
        if user is None:
            raise click.ClickException(f"没有账号 {username}，请核对。")
        providers.link(user, issuer, subject, by=SYSTEM)
    click.echo(f"{username}: {issuer} {subject}")


def _secret() -> str:
    return getpass("client secret: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
