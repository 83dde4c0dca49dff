"""Hanging the administrators' console on the application."""

from flask import Flask

from saas.web import menu
from saas.web.admin import (
    accounts,
    calendar,
    changes,
    configuration,
    lists,
    proposals,
    rights,
    roles,
    start,
    viewing,
    work,
)
from saas.web.admin.beginning import views as beginning
from saas.web.admin.board import MENU, admin
from saas.web.admin.forms.routes import FORMS
from saas.web.admin.processes import acts, listing, offers, showing
from saas.web.admin.rehearsal import backtests, play, scenarios
from saas.web.admin.settings import changing, signing
from saas.web.admin.settings import listing as settings
from saas.web.admin.versions import comparing, deciding, moves, planning, review

# The modules hang their routes on the blueprint when they are imported.
DESIGN = (beginning, lists, *FORMS, listing, offers, showing, acts, play, scenarios, backtests)
VERSIONS = (review, deciding, comparing, planning, moves)
CONFIGURATION = (calendar, settings, changing, signing, configuration)
ROUTES = (start, accounts, changes, viewing, work, roles, proposals, rights, *CONFIGURATION, *DESIGN, *VERSIONS)


def init_app(app: Flask) -> None:
    """Register the console and its menu."""
    app.register_blueprint(admin)
    menu.declare(app, *MENU)
