"""Workers seal only the cities whose record grew, anchors wait for their place, and commands say how it stands."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine, delete, func, select, text
from sqlalchemy.orm import Session

from saas.audit import services
from saas.audit.models import AuditAnchored, AuditSeal
from saas.config import Config
from saas.db.session import TenantRef, db
from saas.identity.actor import SYSTEM
from saas.oversight import queries
from tenants import connections, context, provisioning, starter
from tenants.auditing import sealing
from tenants.data import deletion
from tenants.models import Server


@pytest.fixture
def city(app: Flask) -> Iterator[TenantRef]:
    """A small city."""
    with app.app_context():
        new = provisioning.NewCity(f"s{uuid4().hex[:8]}", "封印市", starter.plain("封印市", "1310"))
        made = provisioning.create(new)
    yield made
    with app.app_context():
        deletion.erase(made)


def do_something(app: Flask, city: TenantRef, number: int = 1) -> None:
    with context.transaction(app, city):
        for one in range(number):
            services.record("test.done", ("thing", one), by=SYSTEM)
        # Statistics are told at the end of a transaction, at most once a second, unless one asks for it.
        db.session.flush()


def settle(app: Flask, city: TenantRef) -> None:
    """Wait until the server has counted what was written, and nothing is open that keeps it waiting."""
    sealer: sealing.Sealer = app.extensions[sealing.EXTENSION]
    for _ in range(60):
        sealer.visits.setdefault(city.schema, sealing.Visit()).interval = 0.0
        sealing.go_round(app)
        with context.entered(app, city):
            if not queries.is_anything_waiting():
                return
        time.sleep(0.5)
    pytest.fail("the record was not sealed")


def test_a_city_whose_record_grew_is_sealed_and_anchored(app: Flask, city: TenantRef) -> None:
    do_something(app, city, 3)

    settle(app, city)

    with context.entered(app, city):
        newest = db.session.scalar(select(func.max(AuditSeal.n)))
        assert newest
        assert db.session.scalar(select(func.max(AuditAnchored.seal_n))) == newest


def test_a_city_where_nothing_happened_is_asked_nothing(app: Flask, city: TenantRef) -> None:
    settle(app, city)
    sealer: sealing.Sealer = app.extensions[sealing.EXTENSION]
    for _ in range(60):  # until the counts of what the tests before wrote have come in
        visit = sealer.visits[city.schema]
        if not visit.owing and visit.at < time.monotonic() - 12:
            break
        time.sleep(0.5)
        sealing.go_round(app)
    at = sealer.visits[city.schema].at

    sealing.go_round(app)

    assert sealer.visits[city.schema].at == at


def test_an_interval_is_the_citys_own(app: Flask, city: TenantRef) -> None:
    settle(app, city)
    sealer: sealing.Sealer = app.extensions[sealing.EXTENSION]

    assert sealer.visits[city.schema].interval == 30.0


def test_anchors_wait_while_their_place_is_down(app: Flask, city: TenantRef, config: Config, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    broken = replace(app.extensions["fengqiao.config"].audit, anchor_dir=tmp_path / "file")
    before = app.extensions["fengqiao.config"]
    app.extensions["fengqiao.config"] = replace(before, audit=broken)
    sealer: sealing.Sealer = app.extensions[sealing.EXTENSION]
    do_something(app, city)
    sealer.visits[city.schema] = sealing.Visit(owing=True)
    for _ in range(20):  # the newest events may wait for others' transactions
        sealer.visits[city.schema].interval = 0.0
        sealing.go_round(app)
        with context.entered(app, city):
            if queries.standing().seal:
                break
        time.sleep(0.5)
    with context.entered(app, city):
        standing = queries.standing()
    app.extensions["fengqiao.config"] = before

    assert standing.unanchored == standing.seal > 0
    assert sealer.visits[city.schema].owing

    settle(app, city)
    with context.entered(app, city):
        assert queries.standing().unanchored == 0


def test_a_server_that_is_away_keeps_no_city_of_another_waiting(app: Flask, city: TenantRef) -> None:
    address = "postgresql://127.0.0.1:9/none"
    # Nobody can open this row's administrator's address; a worker has no key for it and needs none.
    away = Server(name="away", sealed=b"nothing", place=address, front=address)
    with Session(engine_of_platform(app)) as session, session.begin():
        session.add(away)
    do_something(app, city)
    try:
        settle(app, city)
    finally:
        with Session(engine_of_platform(app)) as session, session.begin():
            session.execute(delete(Server).where(Server.name == "away"))

    with context.entered(app, city):
        assert queries.standing().seal > 0


def engine_of_platform(app: Flask) -> Engine:
    """The administrator's engine: servers are registered by commands."""
    with app.app_context():
        return connections.admin_engine()


def test_two_workers_make_each_seal_once(app: Flask, city: TenantRef) -> None:
    do_something(app, city)
    one, other = sealing.Sealer(), sealing.Sealer()
    for sealer in (one, other):
        app.extensions[sealing.EXTENSION] = sealer
        settle(app, city)

    with context.entered(app, city):
        numbers = db.session.scalars(select(AuditSeal.n).order_by(AuditSeal.n)).all()
    assert list(numbers) == list(range(1, len(numbers) + 1))


def test_an_event_that_waits_too_long_is_an_alarm(app: Flask, city: TenantRef) -> None:
    sealing.seal_city(app, city)
    do_something(app, city)
    run = app.test_cli_runner().invoke
    late = "UPDATE audit_event SET recorded_at = recorded_at - interval '3 minutes' WHERE action = 'test.done'"
    with app.app_context(), connections.admin_engine().begin() as connection:
        connection.execute(text(f"SET LOCAL search_path = {city.schema}"))
        connection.execute(text(late))

    result = run(args=["audit", "status", "--tenant", city.code, "--json"])

    (row,) = json.loads(result.stdout)
    assert (result.exit_code, row["alarm"], row["waiting"] > 0) == (1, True, True)

    run(args=["audit", "seal", "--tenant", city.code])
    assert run(args=["audit", "status", "--tenant", city.code]).exit_code == 0


def test_a_command_verifies_and_says_what_is_wrong(app: Flask, city: TenantRef) -> None:
    run = app.test_cli_runner().invoke
    assert run(args=["audit", "seal", "--tenant", city.code]).exit_code == 0
    whole = run(args=["audit", "verify", "--tenant", city.code, "--json"])
    with app.app_context(), connections.admin_engine().begin() as connection:
        connection.execute(text(f"UPDATE {city.schema}.audit_event SET actor_name = '别人'"))  # noqa: S608 - our schema

    broken = run(args=["audit", "verify", "--tenant", city.code])

    assert (whole.exit_code, json.loads(whole.stdout)[city.code]["ok"]) == (0, True)
    assert broken.exit_code == 1
    assert "第 1 号封印中的一条记录被改动过" in broken.stdout


def test_a_city_or_all_must_be_named(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["audit", "seal"]).exit_code == 2
