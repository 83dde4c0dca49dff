"""Commands that check and publish processes."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from saas.identity.actor import SYSTEM
from saas.identity.commands import CITY
from saas.workflow import checks, definition, services
from saas.workflow.checks import Problem
from saas.workflow.examples import problems_of_scenarios
from saas.workflow.queries import list_versions

# Lines of work stand above this package, so they are only known by what the application holds.
DOMAINS = "fengqiao.domains"
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
        around = _surroundings(body)
        definition.parse(body)
    except (definition.DefinitionError, definition.OverlayError) as error:
        raise click.ClickException(str(error)) from error
    with _entered(code):
        version = services.publish(body, **around, by=SYSTEM)
        click.echo(f"{version.key} {version.version}")


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
    for line in current_app.extensions[DOMAINS]:
        for pack in line.processes:
            if pack.key == key:
                return definition.merge(definition.load(pack.national), body)
    message = f"{file.name}: no process {key} to change"
    raise definition.DefinitionError(message)


def problems_of_file(file: Path) -> list[Problem]:
    """Every problem of the process in a file; one that cannot be read is a problem too."""
    try:
        return list(_problems(read(file)))
    except (definition.DefinitionError, definition.OverlayError) as error:
        return [Problem("WF000", "error", file.name, str(error))]


def problems_of_city(code: str) -> list[Problem]:
    """Every problem of the versions a city's new cases run on, each place with its process."""
    with _entered(code):
        return [
            Problem(problem.code, problem.severity, f"{version.key}.{problem.place}", problem.message)
            for version in list_versions()
            if version.status == "published"
            for problem in _problems(version.body)
        ]


def _problems(body: dict[str, Any]) -> Iterator[Problem]:
    around, parsed = _surroundings(body), definition.parse(body)
    found = checks.check(parsed, around["fields"], around["form_codes"], around["rules"])
    yield from found
    if not any(problem.severity == "error" for problem in found):
        yield from problems_of_scenarios(parsed, body)


def _surroundings(body: dict[str, Any]) -> dict[str, Any]:
    """What a definition may refer to: forms, documents and rules of its line of work.

    Raises:
        DefinitionError: No line of work has that name.
    """
    for line in current_app.extensions[DOMAINS]:
        if line.name == body.get("domain"):
            codes = {form.code for form in line.forms}
            return {"fields": line.fields, "form_codes": codes, "rules": set(line.rules)}
    message = f"{body.get('key')}: no line of work {body.get('domain')}"
    raise definition.DefinitionError(message)


def _entered(code: str) -> AbstractContextManager[None]:
    """A context in which the session serves the city with this code, committed at the end."""
    enter: Callable[[str], AbstractContextManager[None]] = current_app.extensions[CITY]
    return enter(code)
