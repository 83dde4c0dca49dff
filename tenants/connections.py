"""One engine per city, each with the city's own database login; and the administrator's engine for building."""

import threading
from collections import OrderedDict

from flask import Flask, current_app
from sqlalchemy import Engine, NullPool, create_engine

from saas.config import Config
from saas.db.extended import ExtendedCursor
from saas.db.logins import login_url
from saas.db.session import TenantRef
from tenants import placement

MOST_ENGINES = 64  # cities a process keeps connections to; the longest unused is let go


class Engines:
    """The engines of the cities served lately."""

    def __init__(self, config: Config) -> None:
        """Start with none."""
        self._config = config
        self._engines: OrderedDict[str, Engine] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, tenant: TenantRef) -> Engine:
        """The city's engine, made when it is first asked for."""
        address = placement.address_of(tenant.server)
        key = f"{tenant.schema} {tenant.server}"
        with self._lock:
            engine = self._engines.pop(key, None) or self._make(tenant, address)
            self._engines[key] = engine
            spare = self._engines.popitem(last=False)[1] if len(self._engines) > MOST_ENGINES else None
        if spare is not None:
            spare.dispose()
        return engine

    def dispose(self) -> None:
        """Close every connection that is not in use."""
        with self._lock:
            engines = list(self._engines.values())
            self._engines.clear()
        for engine in engines:
            engine.dispose()

    def _make(self, tenant: TenantRef, address: str) -> Engine:
        return create_engine(
            login_url(self._config, tenant.schema, address),
            pool_size=self._config.pool_cap,
            max_overflow=self._config.pool_cap,
            pool_timeout=3,
            pool_recycle=600,
            pool_pre_ping=True,
            connect_args={"cursor_factory": ExtendedCursor, "prepare_threshold": None},
        )


def init_app(app: Flask) -> None:
    """Give the application its engines."""
    app.extensions["fengqiao.engines"] = Engines(app.extensions["fengqiao.config"])


def engine_of(tenant: TenantRef) -> Engine:
    """The engine that reaches a city's rows and no other's."""
    engines: Engines = current_app.extensions["fengqiao.engines"]
    return engines.get(tenant)


def admin_engine(server: str = placement.MAIN) -> Engine:
    """The administrator's engine on a server, for building and migrating only; keeps no connection."""
    return create_engine(placement.address_of(server), poolclass=NullPool)


def dispose() -> None:
    """Close this process's idle connections to every city."""
    engines: Engines = current_app.extensions["fengqiao.engines"]
    engines.dispose()
