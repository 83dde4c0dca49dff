"""Hanging the administrators' console on the application."""

from flask import Flask

from saas.web import menu
from saas.web.admin import accounts, calendar, changes, proposals, rights, roles, start, viewing, work
from saas.web.admin.board import MENU, admin

# The modules hang their routes on the blueprint when they are imported.
ROUTES = (start, accounts, changes, viewing, work, roles, proposals, rights, calendar)


def init_app(app: Flask) -> None:
    """Register the console and its menu."""
    app.register_blueprint(admin)
    menu.declare(app, *MENU)
