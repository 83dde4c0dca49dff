"""Working on a city outside a request: jobs, commands and tests."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from flask import Flask, current_app, g
from psycopg import sql
from sqlalchemy import Connection

from saas.db.session import TenantRef, bind_tenant, db
from saas.errors import NotFoundError, UnavailableError
from saas.identity.commands import CITY
from saas.jobs.perform import ENTER
from tenants import connections, registry
from tenants.histories import TENANT
from tenants.statements import run


@contextmanager
def entered(app: Flask, tenant: TenantRef) -> Iterator[None]:
    """An application context whose session serves the city; what is not committed inside is undone."""
    with app.app_context():
        bind_tenant(tenant, connections.engine_of(tenant))
        g.tenant = tenant
        yield


@contextmanager
def transaction(app: Flask, tenant: TenantRef) -> Iterator[None]:
    """As :func:`entered`, and committed at the end unless something is raised."""
    with entered(app, tenant):
        yield
        db.session.commit()


@contextmanager
def lent(connection: Connection, tenant: TenantRef) -> Iterator[None]:
    """An application context whose session works for a city on the administrator's connection, in its transaction."""
    run(connection, "SET LOCAL search_path = {schema}, queue", schema=sql.Identifier(tenant.schema))
    with current_app.app_context():
        bind_tenant(tenant, connection)
        yield
        db.session.flush()


def serving(app: Flask) -> list[TenantRef]:
    """The cities that take entries and whose tables this release knows."""
    with app.app_context():
        return [city for city in registry.list_tenants() if is_serving(city)]


def is_serving(city: TenantRef) -> bool:
    """Whether jobs may write into a city as it is now."""
    return city.takes_entries and city.version in TENANT.accepted


def init_app(app: Flask) -> None:
    """Let what stands below find its way into a city: jobs by its schema, commands by its code."""

    def enter(schema: str) -> AbstractContextManager[None]:
        with app.app_context():
            tenant = registry.find_by_schema(schema)
        if tenant is None:
            raise NotFoundError("这项后台任务所属的城市已不存在。")
        if not is_serving(tenant):
            raise UnavailableError("这项后台任务所属的城市暂停受理或正在升级，恢复后再做。")
        return transaction(app, tenant)

    def enter_city(code: str) -> AbstractContextManager[None]:
        with app.app_context():
            tenant = registry.get_tenant(code)
        return transaction(app, tenant)

    app.extensions[ENTER] = enter
    app.extensions[CITY] = enter_city
