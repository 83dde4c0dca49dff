"""A city full of cases, in a database of the benchmark's own."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from random import Random
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select, text

import blueprints
import tenants
from saas import web
from saas.app import create_app
from saas.cases.models import Case
from saas.config import Config
from saas.db.session import TenantRef, db
from tenants import connections, context, demonstration, migrator, provisioning, starter
from tests.benchmarks.copies import copy_cases
from tests.mediation import factory

SEED = 20
DIRECTOR = "zhaoxh"
MEDIATOR = "sunli"
TWINS = 1000  # copies from this number on are of one case, for the acts that are timed


@dataclass(frozen=True)
class Kept:
    """The case whose copies are acted on."""

    id: UUID
    number: str


@dataclass(frozen=True)
class Bench:
    """Where is measured: the application, a city, how many cases it has and which of them are acted on."""

    app: Flask
    city: TenantRef
    cases: int
    open_number: str
    pending: Kept


def make_app(config: Config) -> Flask:
    """The whole application on a new database."""
    app = create_app(config, blueprints.discover(), (tenants.init_app, web.init_app, blueprints.init_app))
    with app.app_context():
        migrator.migrate_platform()
    return app


def fill(app: Flask, code: str, cases: int, real: int, twins: int, report: Callable[[str], None]) -> Bench:
    """Open a city and fill it.

    Args:
        app: The application.
        code: The city's code.
        cases: How many it has in the end, at least; those beyond ``real`` are copies.
        real: How many are made by the services that people use.
        twins: How many further copies of one waiting case there are to act on.
        report: Told about progress.
    """
    with app.app_context():
        city = provisioning.create(provisioning.NewCity(code, "基准市", starter.load("beijing"), demo=True))
    report(f"making {real} cases through the services")
    demonstrated = demonstration.load_city(app, city, real, Random(SEED)).cases
    with context.transaction(app, city):
        pending, opened = factory.open_application(), factory.mediating()
        number, kept, made = opened.number, Kept(pending.id, pending.number), demonstrated + 2
    report(f"copying them to {cases}")
    with app.app_context(), connections.admin_engine().begin() as connection:
        copy_cases(connection, city.schema, city.origin_id, range(1, ceil(cases / made)))
        copy_cases(connection, city.schema, city.origin_id, range(TWINS, TWINS + twins), kept.id)
        connection.execute(text("ANALYZE"))
    with context.transaction(app, city):
        count = db.session.scalar(select(func.count()).select_from(Case)) or 0
    return Bench(app, city, count, number, kept)
