"""The platform's own host: choice of city, verification, operators; read blueprint, operators, frame, forms, city."""

from flask import Flask

from saas import cli
from tenants.web import (
    backups,
    blueprint,
    choice,
    city,
    commands,
    console,
    door,
    health,
    passkeys,
    performing,
    tasks,
    verification,
    wizard,
)

# The modules hang their routes on the blueprint when they are imported.
ROUTES = (backups, choice, city, console, door, health, passkeys, performing, tasks, verification, wizard)


def init_app(app: Flask) -> None:
    """Register the pages and the command."""
    app.register_blueprint(blueprint.platform)
    app.url_value_preprocessor(choice.lead_to_first_page)
    cli.add(app, commands.operator)
