"""A second PostgreSQL server, and cities that tests may fill, move and end."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from saas import clock
from saas.cases.models import Draft
from saas.config import Config
from saas.db.session import TenantRef, db
from saas.embedded import Server
from saas.files import services as files
from saas.files import store
from saas.identity import passwords
from saas.jobs import queue, worker
from tenants import context, placement, provisioning, starter
from tests.mediation import factory
from tests.portal.applying import PNG

_digest = cache(passwords.digest)


@pytest.fixture(scope="session")
def second_address() -> Iterator[str]:
    """The administrator's address of another PostgreSQL server, started for these tests."""
    folder = Path(tempfile.mkdtemp(prefix="fq"))
    # The account PostgreSQL runs as has to reach its files in here.
    folder.chmod(0o755)
    server = Server(folder)
    server.ensure_running()
    yield server.url
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def second(app: Flask, second_address: str) -> str:
    """The name under which the application knows the other server."""
    with app.app_context():
        placement.add_server("second", second_address)
    return "second"


@pytest.fixture(scope="session", autouse=True)
def backup_key(app: Flask, config: Config) -> str:
    """The key that backups of these tests are sealed under."""
    key = "b" * 32
    app.extensions["fengqiao.config"] = replace(config, backup_key=key)
    return key


@pytest.fixture(scope="session")
def original(app: Flask) -> TenantRef:
    """A city with cases, printed documents, an attachment of a draft and a job that waits."""
    city = open_city(app, "origin")
    with context.transaction(app, city):
        case = factory.agreed()
        factory.open_application()
        files.add(case, "identity", "身份证.png", PNG, by=factory.actor("sunli"))
        key = store.put(b"kept for later", tenant=city)
        now = clock.now()
        db.session.add(Draft(process_key="x", way="y", page="z", data={"key": key}, created_at=now, updated_at=now))
    worker.drain(app)
    with context.transaction(app, city):
        queue.enqueue("test.later", {"n": 1}, key="only")
    return city


def open_city(app: Flask, code: str) -> TenantRef:
    """A city with invented people; all have one password, whose slow digest is made once."""
    with app.app_context(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "digest", _digest)
        given = replace(starter.load("beijing"), hosts=[])
        return provisioning.create(provisioning.NewCity(code, "原市", given, demo=True))
