"""Sealed records of a city of their own, and a superuser who can do to them what no login of the application can."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from saas.audit import seals, services
from saas.audit.findings import Report
from saas.audit.models import AuditEvent
from saas.audit.verification import verify
from saas.config import Config
from saas.config_parts import AuditConfig
from saas.db.session import TenantRef, db
from saas.identity.actor import SYSTEM
from saas.oversight import anchoring
from tenants import connections, context, provisioning, starter
from tenants.data import deletion

Tamper = Callable[..., None]


@pytest.fixture(scope="module")
def anchor_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this module's anchors."""
    return tmp_path_factory.mktemp("anchors")


@pytest.fixture(scope="module")
def city(app: Flask, config: Config, anchor_dir: Path) -> Iterator[TenantRef]:
    """A small city whose record may be broken."""
    code = f"seal{uuid4().hex[:6]}"
    app.extensions["fengqiao.config"] = replace(config, audit=AuditConfig(anchor_dir=anchor_dir))
    with app.app_context():
        plain = starter.plain("封印市", "1310")
        made = provisioning.create(provisioning.NewCity(code, "封印市", plain))
    yield made
    with app.app_context():
        deletion.erase(made)
    app.extensions["fengqiao.config"] = config


@pytest.fixture
def sealed(app: Flask, city: TenantRef) -> TenantRef:
    """The city with a few seals more, anchored, its record found to be whole."""
    for number in range(3):
        with context.transaction(app, city):
            for one in range(4):
                services.record("test.done", ("thing", one), by=SYSTEM, detail={"n": number}, high=one == 1)
        seal_now(app, city)
    assert examine(app, city).findings == []
    return city


@pytest.fixture
def tamper(app: Flask, sealed: TenantRef, anchor_dir: Path, tmp_path: Path) -> Iterator[Tamper]:
    """Run a statement as the superuser, triggers switched off; afterwards the city and its anchors are as they were."""
    shutil.copytree(anchor_dir, tmp_path / "anchors")
    tables = ("audit_event", "audit_seal", "audit_sealed", "audit_link", "audit_anchored")
    engine = connections_of(app, sealed)
    with engine.begin() as connection:
        for table in tables:
            connection.execute(text(f"CREATE TABLE {sealed.schema}.kept_{table} AS TABLE {sealed.schema}.{table}"))

    def run(statement: str, **values: object) -> None:
        with engine.begin() as connection:
            connection.execute(text(f"SET LOCAL search_path = {sealed.schema}"))
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(statement), values)

    yield run
    shutil.rmtree(anchor_dir)
    shutil.copytree(tmp_path / "anchors", anchor_dir)
    for table in tables:
        run(f"TRUNCATE {table}")  # the names are those above
        run(f"INSERT INTO {table} SELECT * FROM kept_{table}")  # noqa: S608 - as above
        run(f"DROP TABLE kept_{table}")


def connections_of(app: Flask, city: TenantRef) -> Engine:
    """The superuser's engine."""
    with app.app_context():
        return connections.admin_engine(city.server)


def seal_now(app: Flask, city: TenantRef) -> int:
    """Seal and anchor what is there; the number of the newest seal."""
    with context.transaction(app, city):
        seals.seal(grace=timedelta())
    with context.transaction(app, city):
        anchoring.anchor()
    with context.entered(app, city):
        last = seals.last_seal()
        return last.n if last else 0


def examine(app: Flask, city: TenantRef) -> Report:
    """Verify the city's record with the city's own login."""
    with context.entered(app, city):
        return verify()


def newest_event(app: Flask, city: TenantRef) -> AuditEvent:
    """The event recorded last."""
    with context.entered(app, city):
        event = db.session.query(AuditEvent).order_by(AuditEvent.recorded_at.desc()).first()
        assert event is not None
        db.session.expunge(event)
        return event
