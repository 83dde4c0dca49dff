"""Commands of whoever runs the deployment."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

import click
from alembic.util import CommandError
from flask import Flask, current_app
from flask.cli import AppGroup

from saas import cli
from saas.config import current_config
from saas.db.session import TenantRef
from saas.web import transport
from tenants import (
    connections,
    demonstration,
    histories,
    migrator,
    people,
    provisioning,
    registry,
    rights,
    starter,
)
from tenants.guests.commands import auditor
from tenants.histories import HISTORIES
from tenants.isolation.commands import verify_isolation
from tenants.key_commands import key
from tenants.lifecycle.commands import COMMANDS as LIFE
from tenants.signing_commands import signing_key

platform = AppGroup("platform", help="The platform's own tables.")
tenant = AppGroup("tenant", help="The cities of this deployment.")
demo = AppGroup("demo", help="Invented people and cases.")
as_json = click.option("--json", "as_json", is_flag=True, help="One JSON document.")


def init_app(app: Flask) -> None:
    """Add the commands to ``flask``."""
    for command in (verify_isolation, signing_key, *LIFE):
        tenant.add_command(command)
    for group in (platform, tenant, demo, key, auditor):
        cli.add(app, group)


@platform.command("migrate")
def migrate_platform() -> None:
    """Make or bring up to date the platform's tables, the logins and the queue."""
    try:
        migrator.migrate_platform()
    except CommandError as error:
        raise click.ClickException(str(error)) from error


@platform.command("check")
@as_json
def check_rights(*, as_json: bool) -> None:
    """Say what DATABASE_URL lacks for building and migrating; exit 1 when it lacks something."""
    with connections.admin_engine().connect() as connection:
        sentences = rights.missing(connection)
    if as_json:
        click.echo(json.dumps({"ok": not sentences, "missing": sentences}))
    else:
        for sentence in sentences:
            click.echo(sentence, err=True)
    sys.exit(bool(sentences))


@platform.command("revision")
@click.option("--scope", type=click.Choice(sorted(HISTORIES)), default="tenant")
@click.option("-m", "message", required=True)
def draft_revision(scope: str, message: str) -> None:
    """Write the next migration from what the models have and the newest one has not."""
    migrator.draft(scope, message)


@platform.command("base")
def write_base() -> None:
    """Write down the SQL that makes a new city's tables, after a revision was added or changed."""
    histories.write_base()


@tenant.command("create")
@click.argument("code")
@click.option("--name", required=True, help="The city's name, such as 廊坊市.")
@click.option("--pack", help="A prepared starter; without one, the starter named CODE, else an empty city.")
@click.option("--division", help="The city's division code, needed where there is no starter.")
@click.option("--host", "hosts", multiple=True, help="A further host name of the city.")
@click.option("--demo", "is_demo", is_flag=True, help="With invented people.")
@click.option("--admin", "admin", help="The account name of the first administrator; prints a link good for 72 hours.")
@click.option("--admin-name", help="The first administrator's name.")
def create_tenant(  # noqa: PLR0913 - the options of a command
    code: str,
    name: str,
    pack: str | None,
    division: str | None,
    hosts: Sequence[str],
    admin: str | None,
    admin_name: str | None,
    *,
    is_demo: bool,
) -> None:
    """Open the city CODE."""
    chosen = _starter(code, name, pack, division)
    first = provisioning.FirstAdmin(admin, admin_name or admin) if admin else None
    made = provisioning.open_city(provisioning.NewCity(code, name, chosen, hosts, is_demo, first))
    host = registry.list_hosts()[code]
    plain = current_config().plain_http and transport.is_local(host)
    address = f"{'http' if plain else 'https'}://{host}"
    click.echo(f"{code} {made.tenant.name}: {address}")
    if made.token:
        click.echo(f"{address}{people.FIRST_PAGE.format(token=made.token)}")


@tenant.command("list")
@as_json
def list_tenants(*, as_json: bool) -> None:
    """Say which cities there are."""
    hosts, versions = registry.list_hosts(), registry.list_versions()
    rows = [_row(city, hosts.get(city.code), versions.get(city.code)) for city in registry.list_tenants()]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo("  ".join(str(value) for value in row.values()))


@tenant.command("migrate")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, help="How many cities at a time.")
@as_json
def migrate_tenants(jobs: int, *, as_json: bool) -> None:
    """Bring every city's tables up to date; exit 1 when a city could not be."""
    done = migrator.migrate_tenants(jobs)
    if as_json:
        click.echo(json.dumps([asdict(city) for city in done], ensure_ascii=False))
    for city in done:
        if city.problem:
            click.echo(f"{city.code}: {city.problem}", err=True)
    sys.exit(any(city.problem for city in done))


@demo.command("load")
@click.option("--cases", default=300, show_default=True, help="How many cases in all cities together.")
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same cases.")
def load_demo(cases: int, seed: int) -> None:
    """Load invented cases into the demo cities through the services that people use."""
    demonstration.load(current_app._get_current_object(), cases, seed, click.echo)  # type: ignore[attr-defined]  # noqa: SLF001 - contexts are pushed for each city.


@demo.command("users")
@as_json
def list_users(*, as_json: bool) -> None:
    """Say who can sign in to the demo cities."""
    found = [person for city in registry.list_tenants() if city.demo for person in people.list_people(city)]
    if as_json:
        click.echo(json.dumps([asdict(person) for person in found], ensure_ascii=False))
        return
    click.echo(f"Password of everybody below: {current_config().demo_password}")
    for person in found:
        click.echo(f"  {person.city}  {person.username}  {person.name}  {person.role}  {person.unit}")
    for operator in registry.list_operators():
        click.echo(f"  platform  {operator}")


def _starter(code: str, name: str, pack: str | None, division: str | None) -> starter.Starter:
    if pack or (division is None and (starter.STARTERS / f"{code}.yaml").exists()):
        return starter.load(pack or code)
    if division is None:
        raise click.UsageError("Say which division the city is: --division 1310, or a prepared one: --pack NAME.")
    return starter.plain(name, division)


def _row(city: TenantRef, host: str | None, version: str | None) -> dict[str, object]:
    return {
        "code": city.code,
        "name": city.name,
        "host": host,
        "state": city.state,
        "version": version,
        "division": city.division,
        "demo": city.demo,
        "copy_of": str(city.origin_id) if city.origin_id != city.id else None,
    }
