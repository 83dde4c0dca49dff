"""A city gets a new key while it is worked in; a broken-off change goes on, and nothing becomes unreadable."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from textwrap import dedent

import pytest
from flask import Flask
from sqlalchemy import column, select, table, text

from saas.cases.models import Case
from saas.config import Config
from saas.crypto import blind, renewing, rings, sealing
from saas.crypto.suites import SealBrokenError
from saas.db.ids import new_id
from saas.db.session import TenantRef, db
from saas.embedded import ROOT
from saas.files import store
from saas.organisation.models import Person
from saas.signing import queries, signer
from tenants import connections, context, keys, provisioning, starter
from tests.mediation import factory

PEOPLE = 1200
BROKEN_OFF = """
    import blueprints, tenants
    from saas import web
    from saas.app import create_app
    from saas.config import Config
    from tenants import keys

    app = create_app(Config.from_env(), blueprints.discover(), (tenants.init_app, web.init_app, blueprints.init_app))
    with app.app_context():
        print("begin", flush=True)
        keys.rotate("schluessel")
"""


@pytest.fixture(scope="module")
def city(app: Flask) -> TenantRef:
    """A city with a case, a file and many people with telephones."""
    with app.app_context():
        made = provisioning.create(provisioning.NewCity("schluessel", "钥市", starter.load("beijing"), demo=True))
    with context.transaction(app, made):
        factory.agreed()
        store.put(b"paper", tenant=made)
        db.session.add_all([Person(name=f"人{n}", phone=f"139{n:08}") for n in range(PEOPLE)])
    return made


@pytest.fixture
def writing(app: Flask, city: TenantRef) -> Iterator[list[str]]:
    """Somebody who goes on adding people; their telephones."""
    done, stop = threading.Event(), threading.Event()
    written: list[str] = []

    def write() -> None:
        while not stop.is_set():
            phone = f"137{len(written):08}"
            with context.transaction(app, city):
                db.session.add(Person(name="同时", phone=phone))
            written.append(phone)
            time.sleep(0.02)
        done.set()

    threading.Thread(target=write, daemon=True).start()
    yield written
    stop.set()
    assert done.wait(20)


def readable(app: Flask, city: TenantRef) -> set[str]:
    """Every telephone there is, after everything sealed was opened once."""
    with app.app_context(), connections.admin_engine(city.server).begin() as connection:
        keys._enter(connection, city)
        ring = rings.read(connection, city.origin_id)
        for place in renewing.list_places():
            known = table(place.table, column("id"), column(place.column))
            rows = connection.execute(
                select(known.c.id, known.c[place.column]).where(known.c[place.column].is_not(None))
            )
            for row, blob in rows:
                sealing.unseal_under(ring, place.name, row, blob)
    with context.entered(app, city):
        return {str(person.phone) for person in db.session.scalars(select(Person)) if person.phone}


def test_the_key_a_city_signs_with_is_sealed_anew_too(
    app: Flask, city: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rings, "FRESH", 0.1)
    with context.entered(app, city):
        (before,) = queries.list_keys()
        secret, sealed = before.secret, before.secret_sealed

    with app.app_context():
        done = keys.rotate("schluessel")

    with context.entered(app, city):
        (after,) = queries.list_keys()
        assert after.secret_sealed != sealed
        assert sealing.version_of(after.secret_sealed or b"") == done.version
        assert after.secret == secret
        assert signer.current() is not None


def versions(app: Flask, city: TenantRef) -> list[tuple[int, bool]]:
    with context.entered(app, city):
        rows = db.session.execute(text("SELECT version, retired_at IS NOT NULL FROM data_key ORDER BY 1"))
        return [(version, retired) for version, retired in rows]


def test_a_new_key_is_taken_into_use_while_people_write(
    app: Flask, city: TenantRef, writing: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rings, "FRESH", 0.5)
    before = readable(app, city)
    with context.entered(app, city):
        index = blind.index_of("party.phone", "13800000000")

    with app.app_context():
        done = keys.rotate("schluessel")

    assert done.values >= PEOPLE
    assert before | set(writing[:-1]) <= readable(app, city)
    assert versions(app, city)[-2:] == [(done.version - 1, True), (done.version, False)]
    with context.entered(app, city):
        assert blind.index_of("party.phone", "13800000000") == index
        assert sealing.version_of(sealing.seal("a.b", new_id(), "x")) == done.version
        assert store.get(store.key_of(city.id, store.digest_of(b"paper"))) == b"paper"
        case = db.session.scalars(select(Case)).first()
        assert case is not None
        assert case.steps[0].input["applicant_name"]


@pytest.mark.slow
def test_killed_midway_it_goes_on_and_nothing_is_lost(app: Flask, city: TenantRef, config: Config) -> None:
    before, newest = readable(app, city), versions(app, city)[-1][0]
    environ = os.environ | {
        "DATABASE_URL": config.database_url,
        "FENGQIAO_SECRET_KEY": config.secret_key,
        "FENGQIAO_DATABASE_SECRET": config.database_secret,
        "FENGQIAO_MASTER_KEY": config.master_key,
        "FENGQIAO_STORAGE_DIR": str(config.storage_dir),
    }
    command = [sys.executable, "-c", dedent(BROKEN_OFF)]
    with subprocess.Popen(command, env=environ, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        while versions(app, city)[-1][0] == newest:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)

    assert readable(app, city) == before
    with app.app_context():
        done = keys.rotate("schluessel", wait=lambda _seconds: None)

    assert done.version == newest + 1
    assert readable(app, city) == before
    assert versions(app, city)[-2:] == [(newest, True), (newest + 1, False)]


def test_a_new_master_key_opens_everything_and_the_old_one_nothing(
    app: Flask, city: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, config = readable(app, city), app.extensions["fengqiao.config"]
    changed = replace(config, master_key="n" * 32, master_key_previous=config.master_key)
    with app.app_context():
        monkeypatch.setitem(app.extensions, "fengqiao.config", changed)
        assert "schluessel" in keys.rewrap()
        assert keys.rewrap() == []
        monkeypatch.setitem(app.extensions, "fengqiao.config", replace(changed, master_key_previous=""))
        rings.forget()
    assert readable(app, city) == before

    with app.app_context():
        monkeypatch.setitem(app.extensions, "fengqiao.config", config)
        rings.forget()
    with pytest.raises(SealBrokenError, match="FENGQIAO_MASTER_KEY"):
        readable(app, city)
    with app.app_context():
        back = replace(config, master_key_previous="n" * 32)
        monkeypatch.setitem(app.extensions, "fengqiao.config", back)
        keys.rewrap()
        monkeypatch.setitem(app.extensions, "fengqiao.config", config)
        rings.forget()
    assert readable(app, city) == before
