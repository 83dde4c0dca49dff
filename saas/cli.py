"""The platform's own commands."""

from flask import Flask

from saas.jobs.commands import jobs
from saas.organisation.commands import divisions


def init_app(app: Flask) -> None:
    """Add the commands to ``flask``."""
    for group in (jobs, divisions):
        app.cli.add_command(group)
