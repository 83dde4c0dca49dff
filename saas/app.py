"""The application, put together in the order in which a request meets its parts."""

from collections.abc import Callable, Sequence

from flask import Flask
from jinja2 import StrictUndefined
from sqlalchemy import event

from saas import cli, own_lines
from saas.cases.context import calendar
from saas.config import Config
from saas.db import patient
from saas.db.logins import login_url, platform_login
from saas.db.session import db
from saas.domain import ENTRIES, EXTENSION, OWN, Domain, RegisterNames
from saas.embedded import ROOT
from saas.identity.permissions import check_routes
from saas.inspections import sources
from saas.registers import choices, drawables
from saas.settings.services import DECLARED
from saas.workflow.inspecting import CALENDAR

Installer = Callable[[Flask], None]


def create_app(config: Config, domains: Sequence[Domain], installers: Sequence[Installer]) -> Flask:
    """Make the application.

    Args:
        config: The deployment's settings.
        domains: The lines of work, in the order they are shown.
        installers: What each part above the platform adds, the one that finds the city first.

    Raises:
        UndeclaredRouteError: A route says nothing about who may use it.
    """
    app = Flask(
        "fengqiao",
        root_path=str(ROOT),
        static_folder="saas/static/dist",
        static_url_path="/static",
        template_folder="templates",
    )
    app.config.from_mapping(
        SECRET_KEY=config.secret_key,
        TESTING=config.testing,
        SQLALCHEMY_DATABASE_URI=login_url(config, platform_login(config)),
    )
    app.jinja_env.undefined = StrictUndefined
    app.extensions["fengqiao.config"] = config
    app.extensions[EXTENSION] = tuple(domains)
    app.extensions[OWN] = own_lines.read
    app.extensions[ENTRIES] = RegisterNames(choices.options, choices.name)
    app.extensions[CALENDAR] = calendar
    app.extensions[DECLARED] = tuple(setting for domain in domains for setting in domain.settings)
    sources.declare(app, "cases", sources.closed_cases)
    sources.declare(app, "register", drawables.active_entries)
    db.init_app(app)
    with app.app_context():
        event.listen(db.engine, "do_connect", patient.connect)
    for install in installers:
        install(app)
    for domain in domains:
        for views in domain.views:
            app.register_blueprint(views)
    cli.init_app(app)
    check_routes(app)
    return app
