"""Commands about background jobs."""

import json
from dataclasses import asdict

import click
from flask import current_app
from flask.cli import AppGroup

from saas.config import current_config
from saas.jobs import addresses, status, worker

jobs = AppGroup("jobs", help="Background jobs.")


@jobs.command("work")
@click.option("--once", is_flag=True, help="Do what is ready and return.")
def work_command(*, once: bool) -> None:
    """Do jobs until the process is told to end."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the worker outlives the context.
    if once:
        worker.drain(app)
    else:
        worker.work(app)


@jobs.command("status")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def status_command(*, as_json: bool) -> None:
    """Say how many jobs wait, run and have failed."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the queues are the application's.
    found = asdict(status.read(current_config(), addresses.every(app)[1:]))
    click.echo(json.dumps(found) if as_json else " · ".join(f"{name} {count}" for name, count in found.items()))
