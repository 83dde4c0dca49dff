"""Which city, where its data is, that nothing crosses over: read models, registry, connections, resolution, context."""

from flask import Flask

from tenants import commands, connections, context, registry, resolution, web

__all__ = ["commands", "connections", "context", "init_app", "registry", "resolution", "web"]


def init_app(app: Flask) -> None:
    """Let the application know its cities; must come before everything that asks which city a request is for."""
    registry.init_app(app)
    connections.init_app(app)
    context.init_app(app)
    resolution.init_app(app)
    commands.init_app(app)
    web.init_app(app)
