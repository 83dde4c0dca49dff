"""Whole deployments of a test's own: PostgreSQL servers in a folder, the application on them, cities in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import make_url

import blueprints
import tenants
from saas import embedded, web
from saas.app import create_app
from saas.config import Config
from saas.db.session import TenantRef, db
from saas.embedded import Server
from saas.identity import passwords
from tenants import connections, provisioning, registry, starter

_digest = cache(passwords.digest)


@dataclass(frozen=True)
class TunedServer(Server):
    """A server with settings of the test's."""

    more: tuple[tuple[str, str], ...] = ()

    @property
    def settings(self) -> Mapping[str, str]:
        """The embedded server's, and these."""
        return {**super().settings, **dict(self.more)}


def start(folder: Path, **more: str) -> TunedServer:
    """Start a server whose files lie in a folder; the account it runs as has to reach them."""
    folder.mkdir(mode=0o755, exist_ok=True)
    server = TunedServer(folder, more=tuple(more.items()))
    server.ensure_running()
    return server


def settings(server: Server, storage: Path) -> Config:
    """The settings of a deployment on a server."""
    return Config(
        database_url=server.url,
        secret_key="s" * 32,
        database_secret="e" * 32,
        backup_key="b" * 32,
        master_key="m" * 32,
        storage_dir=storage,
        fonts_dir=embedded.ROOT / "var" / "fonts",
        plain_http=True,
        testing=True,
    )


def application(config: Config) -> Flask:
    """The whole application."""
    return create_app(config, blueprints.discover(), (tenants.init_app, web.init_app, blueprints.init_app))


def close(app: Flask) -> None:
    """Close its connections."""
    with app.app_context():
        connections.dispose()
        db.engine.dispose()


def open_city(app: Flask, code: str, pack: str) -> TenantRef:
    """A city with invented people; all have one password, whose slow digest is made once."""
    with app.app_context(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "digest", _digest)
        given = replace(starter.load(pack), hosts=[])
        return provisioning.create(provisioning.NewCity(code, f"{code}市", given, demo=True))


def known(app: Flask, code: str) -> TenantRef:
    """A city as the registry has it now."""
    with app.app_context():
        registry.forget()
        return registry.get_tenant(code)


def without_login(address: str) -> str:
    """The address of a database as processes that only serve are given it."""
    return make_url(address)._replace(username=None, password=None).render_as_string()
