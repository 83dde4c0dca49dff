"""Commands about accounts."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from getpass import getpass

import click
from flask import current_app
from flask.cli import AppGroup

from saas.errors import NotFoundError
from saas.identity import accounts, dormancy, queries, seals, services
from saas.identity.actor import SYSTEM

CITY = "fengqiao.city"
"""The app's way into a city by its code: a transaction, committed at the end of the block."""


def entered(code: str) -> AbstractContextManager[None]:
    """A context in which the session serves the city with this code, committed at the end."""
    enter: Callable[[str], AbstractContextManager[None]] = current_app.extensions[CITY]
    return enter(code)


user = AppGroup("user", help="Accounts of a city.")


@user.command("invite")
@click.argument("username")
@click.option("--tenant", "code", required=True, help="The city's code.")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", required=True, help="The code of a role.")
@click.option("--unit", required=True, help="The code of the unit where the role is held.")
@click.option("--phone", help="The person's telephone number.")
def invite(username: str, code: str, name: str, role: str, unit: str, phone: str | None) -> None:
    """Make the account USERNAME; the password is asked for, or read from standard input."""
    new = services.NewUser(username, name, _password(), ((role, unit),), phone)
    with entered(code):
        services.create_user(new, by=SYSTEM)
    click.echo(f"{username}: {name}")


@user.command("sleep")
@click.option("--tenant", "code", required=True, help="The city's code.")
def sleep(code: str) -> None:
    """Switch off the accounts nobody signed in with for as long as the city allows; says how many."""
    with entered(code):
        asleep = dormancy.disable_dormant(by=SYSTEM)
    click.echo(str(asleep))


@user.command("register")
@click.argument("username")
@click.option("--tenant", "code", required=True, help="The city's code.")
@click.option("--kind", required=True, help="The register, such as lawyer, expert.")
@click.option("--licence", required=True, help="The number of the licence.")
@click.option("--body", required=True, help="Where the person practises.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The last day it is valid.")
def register(username: str, code: str, kind: str, licence: str, body: str, until: datetime) -> None:
    """Tie the account USERNAME to an entry of a professional register; after its last day nobody signs in with it."""
    with entered(code):
        found = queries.find_user(username)
        if found is None:
            raise NotFoundError(f"没有名为“{username}”的账号。")
        accounts.register(found, accounts.Entry(kind, licence, body, until.date()), by=SYSTEM)
    click.echo(f"{username}: {kind} {licence} {until:%Y-%m-%d}")


@user.command("seal")
@click.option("--tenant", "code", required=True, help="The city's code.")
def seal(code: str) -> None:
    """Seal every right as it stands, after FENGQIAO_SECRET_KEY was changed; look at all of them first."""
    with entered(code):
        sealed = seals.seal_all(by=SYSTEM)
    click.echo(str(sealed))


def _password() -> str:
    """Typed twice at a terminal, else one line of standard input; there is no default."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass("密码：")
    if getpass("再输入一次：") != password:
        raise click.ClickException("两次输入的密码不一样。")
    return password
