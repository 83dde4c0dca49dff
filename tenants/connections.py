"""One engine per city, each with the city's own database login; and the administrator's engine for building."""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Engine, NullPool, create_engine, event

from saas.config import Config
from saas.db.fenced import FencedConnection, FencedCursor
from saas.db.logins import login_url
from saas.db.patient import CONNECTING
from saas.db.session import TenantRef, db
from saas.outside import DATABASE
from tenants import placement
from tenants.pools import CityPool, Reservoir

MOST_ENGINES = 512  # cities a process remembers the way to; the longest unused is forgotten
ADMINISTRATORS = "fengqiao.administrators"
RECYCLED = 600  # seconds after which a connection is renewed: its process remembers every table it ever met


@dataclass(frozen=True)
class Usage:
    """Connections of this process to all cities together: in use, open (idle ones included), and the most."""

    in_use: int
    open: int
    cap: int


class AutocommitError(RuntimeError):
    """Something asked for a city's connection without a transaction."""


class Engines:
    """The engines of the cities served lately."""

    def __init__(self, config: Config) -> None:
        """Start with none."""
        self._config = config
        self._reservoir = Reservoir(config.connections_cap, config.pool_cap, DATABASE.room_seconds)
        self._engines: OrderedDict[str, Engine] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, tenant: TenantRef) -> Engine:
        """The city's engine, made when it is first asked for."""
        address = placement.front_of(tenant.server)
        key = f"{tenant.schema} {tenant.server}"
        with self._lock:
            engine = self._engines.pop(key, None) or self._make(tenant, address)
            self._engines[key] = engine
            spare = self._engines.popitem(last=False)[1] if len(self._engines) > MOST_ENGINES else None
        if spare is not None:
            spare.dispose()
        return engine

    @property
    def usage(self) -> Usage:
        """How many connections there are now."""
        open_ = sum(self._reservoir.open.values())
        return Usage(open_ - self._reservoir.idle, open_, self._config.connections_cap)

    def dispose(self) -> None:
        """Close every connection that is not in use."""
        with self._lock:
            engines = list(self._engines.values())
            self._engines.clear()
        for engine in engines:
            engine.dispose()

    def _make(self, tenant: TenantRef, address: str) -> Engine:
        engine = create_engine(
            login_url(self._config, tenant.schema, address),
            poolclass=CityPool,
            reservoir=self._reservoir,
            city=f"{tenant.schema} {tenant.server}",
            pool_recycle=RECYCLED,
            connect_args={"cursor_factory": FencedCursor, "prepare_threshold": None, **CONNECTING},
        )
        event.listen(engine, "do_connect", _connect)
        _share_compiled(engine)
        event.listen(engine, "set_connection_execution_options", _refuse_autocommit)
        event.listen(engine, "set_engine_execution_options", _refuse_autocommit)
        return engine


def _connect(_dialect: object, _record: object, arguments: Sequence[str], options: dict[str, Any]) -> FencedConnection:
    return FencedConnection.connect(*arguments, **options)


def _share_compiled(engine: Engine) -> None:
    """Let a city's engine use the statements that were compiled for any other: they carry no schema."""
    shared = db.engine
    if getattr(shared.dialect, "server_version_info", None) is None:
        # A dialect learns about the server by the first connection.
        shared.connect().close()
    # Rows of one table go in one statement, also where nothing of them is asked back.
    shared.dialect.use_insertmanyvalues_wo_returning = True
    engine.dialect = shared.dialect
    engine._compiled_cache = shared._compiled_cache  # noqa: SLF001 - there is no public way; a test holds it


def _refuse_autocommit(_bound: object, options: Mapping[str, object]) -> None:
    """Refuse to work outside a transaction: what a request does is kept, or undone, as one.

    Raises:
        AutocommitError: That was asked for.
    """
    if options.get("isolation_level") == "AUTOCOMMIT":
        raise AutocommitError("A city's connection always is in a transaction.")


def init_app(app: Flask) -> None:
    """Give the application its engines."""
    app.extensions["fengqiao.engines"] = Engines(app.extensions["fengqiao.config"])
    app.extensions[ADMINISTRATORS] = {}


def engine_of(tenant: TenantRef) -> Engine:
    """The engine that reaches a city's rows and no other's."""
    engines: Engines = current_app.extensions["fengqiao.engines"]
    return engines.get(tenant)


def usage() -> Usage:
    """How many connections this process has to cities."""
    engines: Engines = current_app.extensions["fengqiao.engines"]
    return engines.usage


def admin_engine(server: str = placement.MAIN) -> Engine:
    """The administrator's engine on a server, for building and migrating only; keeps no connection.

    It is made once for each server: a new one would compile every statement anew.
    """
    known: dict[str, Engine] = current_app.extensions[ADMINISTRATORS]
    address = placement.address_of(server)
    if address not in known:
        known[address] = create_engine(address, poolclass=NullPool)
    return known[address]


def dispose() -> None:
    """Close this process's idle connections to every city."""
    engines: Engines = current_app.extensions["fengqiao.engines"]
    engines.dispose()
