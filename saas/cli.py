"""The platform's own commands; whatever one refuses is said in one sentence."""

from typing import Any

import click
from flask import Flask, has_app_context
from flask.cli import AppGroup, ScriptInfo
from sqlalchemy.exc import DBAPIError

from saas.cases.commands import case, render_command
from saas.configuration.commands import config
from saas.credentials.commands import provider
from saas.documents.commands import document
from saas.dossier.commands import dossier
from saas.errors import AppError
from saas.identity.commands import user
from saas.indicators.commands import indicator
from saas.jobs.commands import jobs
from saas.organisation.commands import divisions
from saas.rehearsal.commands import simulate_command
from saas.security_commands import security
from saas.workflow.commands import process


class PlainGroup(AppGroup):
    """A group whose commands end with a sentence where the application or the database refuses."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - the base class's type
        """Run the command that was named, inside the application whoever calls it."""
        if not has_app_context():
            ctx.with_resource(ctx.ensure_object(ScriptInfo).load_app().app_context())
        try:
            return super().invoke(ctx)
        except AppError as error:
            fields: dict[str, str] = getattr(error, "fields", {})
            raise click.ClickException(" ".join(fields.values()) or error.message) from error
        except DBAPIError as error:
            raise click.ClickException(str(error.orig).splitlines()[0]) from error


def add(app: Flask, group: AppGroup) -> None:
    """Add a group of commands to ``flask``."""
    app.cli.add_command(PlainGroup(group.name, group.commands, help=group.help))


def init_app(app: Flask) -> None:
    """Add the platform's commands."""
    # Printing needs the case, listing does not: the group is the documents', one command the cases'.
    # So it is with trying a process on the cases there are.
    document.add_command(render_command)
    process.add_command(simulate_command)
    for group in (case, config, divisions, document, dossier, indicator, jobs, process, provider, security, user):
        add(app, group)
