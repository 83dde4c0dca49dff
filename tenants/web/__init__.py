"""The platform's own host: choice of city, verification, operators; read blueprint, operators, overview."""

from flask import Flask

from saas import cli
from tenants.web import blueprint, choice, commands, console, door, passkeys, verification

# The modules hang their routes on the blueprint when they are imported.
ROUTES = (choice, console, door, passkeys, verification)


def init_app(app: Flask) -> None:
    """Register the pages and the command."""
    app.register_blueprint(blueprint.platform)
    app.url_value_preprocessor(choice.lead_to_first_page)
    cli.add(app, commands.operator)
