"""Which city, where its data is, that nothing crosses over: read models, registry, connections, resolution, context."""

from flask import Flask

from tenants import (
    commands,
    connections,
    context,
    limits,
    placement,
    register_ends,
    registry,
    reprints,
    resolution,
    web,
)
from tenants.auditing import install as auditing
from tenants.data import commands as data_commands
from tenants.observing import collector
from tenants.observing import requests as counting
from tenants.tasks import running

__all__ = ["commands", "connections", "context", "init_app", "limits", "placement", "registry", "resolution", "web"]


def init_app(app: Flask) -> None:
    """Let the application know its cities; must come before everything that asks which city a request is for."""
    counting.init_app(app)
    collector.init_app(app)
    registry.init_app(app)
    placement.init_app(app)
    connections.init_app(app)
    context.init_app(app)
    resolution.init_app(app)
    commands.init_app(app)
    data_commands.init_app(app)
    running.init_app(app)
    auditing.init_app(app)
    limits.init_app(app)
    register_ends.init_app(app)
    reprints.init_app(app)
    web.init_app(app)
