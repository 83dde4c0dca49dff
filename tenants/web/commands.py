"""The command that makes operators."""

import sys
from getpass import getpass

import click
from flask.cli import AppGroup

from saas.config import current_config
from saas.errors import ConflictError
from tenants.guests.commands import break_glass
from tenants.web import operators

operator = AppGroup("operator", help="Who runs the deployment.")
operator.add_command(break_glass)


@operator.command("create")
@click.argument("username")
@click.option("--name", help="The person's name; the user name without one.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--demo", is_flag=True, help="With the password of demonstrations; one that is there already stays.")
def create_command(username: str, name: str | None, *, password_stdin: bool, demo: bool) -> None:
    """Make the operator USERNAME, who signs in at the platform's own host."""
    try:
        operators.create(username, name or username, _password(password_stdin=password_stdin, demo=demo))
    except ConflictError:
        if not demo:
            raise
    click.echo(username)


def _password(*, password_stdin: bool, demo: bool) -> str:
    if demo:
        return current_config().demo_password
    if password_stdin or not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass("密码：")
    if getpass("再输入一次：") != password:
        raise click.ClickException("两次输入的密码不一样。")
    return password
