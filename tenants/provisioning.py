"""Opening a city: one transaction makes all of it, or none."""

import re
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from saas.config import current_config
from saas.crypto import rings
from saas.db.ids import new_id
from saas.db.session import TenantRef
from saas.errors import ConflictError, InvalidInputError
from saas.identity.actor import SYSTEM
from saas.organisation.divisions import UnknownDivisionError
from saas.signing import services as signing
from tenants import connections, migrator, placement, registry, roles, starter
from tenants.context import lent
from tenants.models import PlatformEvent, Tenant, TenantHost
from tenants.starter import Starter

RESERVED = frozenset({"new"})
"""Codes that mean something else in the addresses of the operators' pages."""
LABEL = re.compile(r"[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?")


@dataclass(frozen=True)
class FirstAdmin:
    """Who is to administer a new city, and begins with a link instead of a password."""

    username: str
    name: str


@dataclass(frozen=True)
class NewCity:
    """What is known of a city before it exists; ``server`` is where its tables are to be."""

    code: str
    name: str
    starter: Starter
    hosts: Sequence[str] = ()
    demo: bool = False
    admin: FirstAdmin | None = None
    server: str = placement.MAIN


@dataclass(frozen=True)
class Opened:
    """A city that was made, and the token of its first administrator's link, kept nowhere else."""

    tenant: TenantRef
    token: str | None


def create(new: NewCity, *, by: str = "system") -> TenantRef:
    """As :func:`open_city`; the city alone."""
    return open_city(new, by=by).tenant


def open_city(new: NewCity, *, by: str = "system") -> Opened:
    """Open a city: schema, login, rights, tables, unit tree, bodies, roles, processes, and its first administrator.

    Args:
        new: What is known of it.
        by: The operator, as the platform's record names them.

    Raises:
        InvalidInputError: The code cannot be part of a host name, the division is unknown, or the
            administrator's account name is malformed or taken by an invented person.
        ConflictError: The code or a host belongs to another city.
        NotFoundError: There is no such server.
    """
    check_code(new.code)
    try:
        with ExitStack() as stack:
            main = stack.enter_context(connections.admin_engine().begin())
            tenant = _register(main, new, by)
            is_here = new.server == placement.MAIN
            there = main if is_here else stack.enter_context(connections.admin_engine(new.server).begin())
            token = _build(there, main, tenant, new)
    except IntegrityError as error:
        raise ConflictError(f"城市代码“{new.code}”或者它的网址已经使用，请换一个。") from error
    except UnknownDivisionError as error:
        raise InvalidInputError({"division": f"没有代码为“{error}”的行政区划。"}) from error
    registry.forget()
    return Opened(tenant, token)


def check_code(code: str) -> None:
    """Refuse a code that cannot be part of a host name.

    Raises:
        InvalidInputError: It cannot.
    """
    if code in RESERVED:
        raise InvalidInputError({"code": f"城市代码不能用 {code}，请换一个。"})
    if not LABEL.fullmatch(code):
        raise InvalidInputError({"code": "城市代码只能用小写字母、数字和短横线，并以字母开头。"})


def _register(connection: Connection, new: NewCity, by: str) -> TenantRef:
    id_ = new_id()
    tenant = Tenant(
        id=id_,
        code=new.code,
        name=new.name,
        division=new.starter.division,
        schema=f"t_{id_.hex[-10:]}",
        state="active",
        demo=new.demo,
        server=new.server,
        origin_id=id_,
    )
    first = f"{new.code}.{current_config().host_suffix}"
    tenant.hosts = [TenantHost(host=first, is_primary=True)]
    tenant.hosts += [TenantHost(host=host) for host in dict.fromkeys((*new.starter.hosts, *new.hosts)) if host != first]
    with Session(connection) as session:
        session.add(tenant)
        session.add(PlatformEvent(action="tenant.created", tenant_id=id_, actor_name=by, detail={"code": new.code}))
        session.flush()
        return registry.reference(tenant)


def _build(connection: Connection, registered: Connection, tenant: TenantRef, new: NewCity) -> str | None:
    config = current_config()
    roles.create_city(connection, config, tenant.schema)
    migrator.lay_tables(connection, registered, tenant.schema)
    with lent(connection, tenant):
        rings.ensure(connection, tenant.origin_id)
        starter.build(new.starter)
        if new.demo:
            starter.employ(new.starter, config.demo_password)
            signing.make_test_key(by=SYSTEM)
        return starter.admit(new.starter, new.admin.username, new.admin.name) if new.admin else None
