"""Many cities: opened by the services, and those that are asked for pages filled with the rows of a model."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from flask import Flask, current_app
from sqlalchemy import Column, Connection, Table, Uuid, text

from saas.audit.models import AuditEvent
from saas.crypto.models import DataKey
from saas.db.session import TenantRef
from saas.identity import seals
from saas.identity.actor import SYSTEM
from saas.web.requests import COOKIE
from tenants import connections, context, demonstration, provisioning, starter
from tenants.histories import TENANT, load_models
from tenants.starter import Starter
from tests.benchmarks.city import DIRECTOR, MEDIATOR, SEED
from tests.browsers import Browser

OWN = frozenset({AuditEvent.__tablename__, DataKey.__tablename__})
NAME = "三沙市"
DIVISION = "4603"
BODY = "永兴人民调解委员会"
SMALL = Starter(
    division=DIVISION,
    bodies=[
        {"type": "bureau", "area": DIVISION, "name": f"{NAME}司法局"},
        {"type": "committee", "area": "460321451", "name": BODY, "short_name": "永兴"},
    ],
    people=[
        {"username": DIRECTOR, "name": "赵兴华", "role": "director", "unit": BODY, "title": "主任"},
        {"username": MEDIATOR, "name": "孙丽", "role": "mediator", "unit": BODY, "title": "专职人民调解员"},
    ],
)


@dataclass(frozen=True)
class Model:
    """A city whose rows others get, and the cookie of somebody who signed in there."""

    city: TenantRef
    token: str


def open_cities(numbers: Iterable[int]) -> list[TenantRef]:
    """Small cities by the services people use, all of one name; their codes carry the numbers."""
    plain = starter.plain(NAME, DIVISION)
    return [provisioning.create(provisioning.NewCity(f"n{number}", NAME, plain, demo=True)) for number in numbers]


def open_model(app: Flask, cases: int) -> Model:
    """The city whose rows the others get: small, with cases, its director signed in."""
    with app.app_context():
        city = provisioning.create(provisioning.NewCity("model", NAME, SMALL, demo=True))
        password = app.extensions["fengqiao.config"].demo_password
    demonstration.load_city(app, city, cases, Random(SEED))
    browser = Browser(app, city)
    browser.sign_in(DIRECTOR, password)
    cookie = browser.get_cookie(COOKIE, domain=browser.host)
    assert cookie is not None
    return Model(city, cookie.value)


def furnish(model: TenantRef, cities: Sequence[TenantRef]) -> None:
    """Give each city the model's rows in the place of its own, every id changed as its number in the row says.

    The number is the city's place in the sequence, see :func:`tests.benchmarks.copies.twin`.
    """
    load_models()
    for number, city in enumerate(cities):
        with connections.admin_engine().begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))  # the keys fit as they fit there
            for table in TENANT.metadata.sorted_tables:
                if table.name not in OWN:
                    _replace(connection, table, model.schema, city.schema, number)
    _make_own(cities)
    with connections.admin_engine().connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


def _make_own(cities: Sequence[TenantRef]) -> None:
    """Seal the rights each city was given; what the model's keys sealed opens nowhere else, and no list opens it."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with connections.admin_engine().begin() as connection:
        for city in cities:
            connection.execute(text(f"UPDATE {city.schema}.web_session SET data_sealed = NULL"))  # noqa: S608
    for city in cities:
        with context.transaction(app, city):
            seals.seal_all(by=SYSTEM)


def _replace(connection: Connection, table: Table, source: str, target: str, number: int) -> None:
    columns = [column for column in table.columns if column.computed is None]
    names = ", ".join(f'"{column.name}"' for column in columns)
    values = ", ".join(_value(column, number) for column in columns)
    connection.execute(text(f'DELETE FROM {target}."{table.name}"'))  # noqa: S608 - names of our own tables
    copied = f'INSERT INTO {target}."{table.name}" ({names}) SELECT {values} FROM {source}."{table.name}"'  # noqa: S608
    connection.execute(text(copied))


def _value(column: Column[object], number: int) -> str:
    name = f'"{column.name}"'
    return f"md5({name}::text || '\\:{number}')::uuid" if isinstance(column.type, Uuid) else name
