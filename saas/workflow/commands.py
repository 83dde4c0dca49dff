"""Commands that check and publish processes."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from saas.identity.actor import SYSTEM
from saas.identity.commands import entered
from saas.workflow import definition, inspecting, offers, services
from saas.workflow.examples import problems_of_scenarios
from saas.workflow.problem import Problem, error
from saas.workflow.process import OWN
from saas.workflow.queries import list_published
from saas.workflow.surroundings import DOMAINS, around, pack

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

process = AppGroup("process", help="Processes that cities run.")


@process.command("check")
@click.argument("file", type=FILE, required=False)
@click.option("--tenant", "code", help="Check what this city runs instead of a file.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def check_command(file: Path | None, code: str | None, *, as_json: bool) -> None:
    """Say what is wrong with a process, each fault with its place; ends with 1 if anything is."""
    if (file is None) == (code is None):
        raise click.UsageError("Name either a file or a city: process check FILE, or --tenant CODE.")
    problems = problems_of_file(file) if file else problems_of_city(str(code))
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(f"{problem.code} {problem.severity} {problem.place}: {problem.message}")
    if problems:
        raise click.exceptions.Exit(1)


@process.command("publish")
@click.argument("file", type=FILE)
@click.option("--tenant", "code", required=True, help="The city's code.")
def publish_command(file: Path, code: str) -> None:
    """Publish FILE, a process or a local change of one, as the city's next version of it."""
    try:
        body = read(file)
        parsed = definition.parse(body)
        _check_line(body)
    except (definition.DefinitionError, definition.OverlayError) as fault:
        raise click.ClickException(str(fault)) from fault
    known = around(parsed)
    with entered(code):
        version = services.publish(body, fields=known.fields, form_codes=known.form_codes, rules=known.rules, by=SYSTEM)
        click.echo(f"{version.key} {version.version}")


@process.command("offer")
@click.option("--tenant", "code", required=True, help="The city's code.")
def offer_command(code: str) -> None:
    """Say which new versions of statutory packs a city has still to take over; ends with 1 if there are any."""
    with entered(code):
        found = offers.list_offers()
        for offer in found:
            click.echo(f"{offer.key} {offer.since} -> {offer.version}{' (draft)' if offer.draft else ''}")
            for change in offer.news():
                click.echo(f"  {change.sentence}")
    if found:
        raise click.exceptions.Exit(1)


def read(file: Path) -> dict[str, Any]:
    """The body in a file; a local change is merged into the national process it names.

    Raises:
        DefinitionError: The file is no process.
        OverlayError: It changes what it must not.
    """
    body = definition.load(file)
    if "base" not in body:
        return body
    key = body["base"].get("key") if isinstance(body["base"], dict) else None
    if base := pack(str(key)):
        return definition.merge(base, body)
    message = f"没有法定流程“{key}”，这份改动无从套用，请改正 base"
    raise definition.DefinitionError(message, [error("WF019", "base", message)])


def problems_of_file(file: Path) -> list[Problem]:
    """Every problem of the process in a file; one that cannot be read is a problem too."""
    try:
        return _problems(read(file), city=False)
    except (definition.DefinitionError, definition.OverlayError) as fault:
        return fault.problems


def problems_of_city(code: str) -> list[Problem]:
    """Every problem of the versions a city's new cases run on, each place with its process."""
    with entered(code):
        return [
            Problem(problem.code, problem.severity, f"{version.key}.{problem.place}", problem.message)
            for version in list_published()
            for problem in _problems(version.body, city=True)
        ]


def _problems(body: dict[str, Any], *, city: bool) -> list[Problem]:
    parsed = definition.parse(body)
    _check_line(body)
    found = inspecting.problems_of(parsed, city=city)
    # Nothing can be played on what does not hold together.
    return found if any(one.severity == "error" for one in found) else [*found, *problems_of_scenarios(parsed, body)]


def _check_line(body: dict[str, Any]) -> None:
    """Refuse a process of a line of work there is none of.

    Raises:
        DefinitionError: No line of work has that name.
    """
    known = {line.name for line in current_app.extensions[DOMAINS]} | {OWN}
    if body.get("domain") not in known:
        message = f"没有业务“{body.get('domain')}”，请改正"
        raise definition.DefinitionError(message, [error("WF019", "domain", message)])
