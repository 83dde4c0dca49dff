"""Opening a city: one transaction makes all of it, or none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app
from psycopg import sql
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from saas.config import current_config
from saas.crypto import rings
from saas.db.ids import new_id
from saas.db.session import TenantRef, bind_tenant, db
from saas.errors import ConflictError, InvalidInputError
from saas.organisation.divisions import UnknownDivisionError
from tenants import connections, migrator, registry, roles, starter
from tenants.models import PlatformEvent, Tenant, TenantHost
from tenants.starter import Starter
from tenants.statements import run

LABEL = re.compile(r"[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?")


@dataclass(frozen=True)
class NewCity:
    """What is known of a city before it exists."""

    code: str
    name: str
    starter: Starter
    hosts: Sequence[str] = ()
    demo: bool = False


def create(new: NewCity) -> TenantRef:
    """Open a city: schema, login, rights, tables, unit tree, bodies, roles and processes.

    Raises:
        InvalidInputError: The code cannot be part of a host name, or the division is unknown.
        ConflictError: The code or a host belongs to another city.
    """
    if not LABEL.fullmatch(new.code):
        raise InvalidInputError({"code": "城市代码只能用小写字母、数字和短横线，并以字母开头。"})
    try:
        with connections.admin_engine().begin() as connection:
            tenant = _register(connection, new)
            _build(connection, tenant, new)
    except IntegrityError as error:
        raise ConflictError(f"城市代码“{new.code}”或者它的网址已经使用，请换一个。") from error
    except UnknownDivisionError as error:
        raise InvalidInputError({"division": f"没有代码为“{error}”的行政区划。"}) from error
    registry.forget()
    return tenant


def _register(connection: Connection, new: NewCity) -> TenantRef:
    id_ = new_id()
    tenant = Tenant(
        id=id_,
        code=new.code,
        name=new.name,
        division=new.starter.division,
        schema=f"t_{id_.hex[-10:]}",
        state="active",
        demo=new.demo,
        origin_id=id_,
    )
    first = f"{new.code}.{current_config().host_suffix}"
    tenant.hosts = [TenantHost(host=first, is_primary=True)]
    tenant.hosts += [TenantHost(host=host) for host in dict.fromkeys((*new.starter.hosts, *new.hosts)) if host != first]
    with Session(connection) as session:
        session.add(tenant)
        event = PlatformEvent(action="tenant.created", tenant_id=id_, actor_name="system", detail={"code": new.code})
        session.add(event)
        session.flush()
        return registry.reference(tenant)


def _build(connection: Connection, tenant: TenantRef, new: NewCity) -> None:
    config = current_config()
    roles.create_city(connection, config, tenant.schema)
    migrator.lay_tables(connection, tenant.schema)
    run(connection, "SET LOCAL search_path = {schema}, queue", schema=sql.Identifier(tenant.schema))
    rings.ensure(connection, tenant.origin_id)
    with current_app.app_context():
        bind_tenant(tenant, connection)
        starter.build(new.starter)
        if new.demo:
            starter.employ(new.starter, config.demo_password)
        db.session.flush()
