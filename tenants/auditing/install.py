"""Giving workers their rounds over the records of cities, and operators their commands."""

from flask import Flask

from saas import cli
from saas.jobs import rounds
from tenants.auditing import reporting, sealing
from tenants.auditing.commands import audit


def init_app(app: Flask) -> None:
    """Declare the rounds and add the commands."""
    app.extensions[sealing.EXTENSION] = sealing.Sealer()
    app.extensions[reporting.EXTENSION] = {}
    rounds.declare(
        app,
        rounds.Round("audit.seal", sealing.EVERY, sealing.go_round),
        rounds.Round("audit.report", reporting.EVERY, reporting.go_round),
    )
    cli.add(app, audit)
