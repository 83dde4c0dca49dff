"""A database that takes what it is asked and never answers costs a request ten seconds at most, then almost nothing."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

import blueprints
import tenants
from saas import web
from saas.app import create_app
from saas.config import Config
from saas.db import patient
from saas.db.patient import Breaker, SilentServerError
from saas.db.session import TenantRef, db
from saas.outside import DATABASE, REQUEST_SECONDS
from tenants import connections, context
from tests.blackhole import BlackHole
from tests.browsers import Browser


@pytest.fixture
def hole(config: Config, app: Flask) -> Iterator[tuple[BlackHole, Config]]:
    """A way to the database of these tests that can fall silent, and the settings that lead through it."""
    folder, url = Path(tempfile.mkdtemp(prefix="fqh")), make_url(config.database_url)
    host = url.query.get("host")
    assert isinstance(host, str), "these tests reach PostgreSQL by its socket"
    made = BlackHole(folder, Path(host) / ".s.PGSQL.5432")
    there = url.update_query_dict({"host": str(folder)})
    yield made, replace(config, database_url=there.render_as_string(hide_password=False))
    made.close()
    shutil.rmtree(folder)
    patient.BREAKER.note(f"{folder}:", answered=True)


@pytest.fixture
def behind(hole: tuple[BlackHole, Config]) -> Iterator[Flask]:
    """An application that reaches its database through there only."""
    made = create_app(hole[1], blueprints.discover(), (tenants.init_app, web.init_app, blueprints.init_app))
    yield made
    with made.app_context():
        connections.dispose()
        db.engine.dispose()


def _timed(browser: Browser, path: str = "/staff") -> tuple[int, float, str]:
    started = time.monotonic()
    answer = browser.get(path)
    return answer.status_code, time.monotonic() - started, answer.get_data(as_text=True)


@pytest.mark.slow
def test_a_silent_database_holds_nobody_longer_than_the_deadline_and_later_nobody_at_all(
    behind: Flask, hole: tuple[BlackHole, Config], config: Config, beijing: TenantRef
) -> None:
    browser = Browser(behind, beijing)
    browser.sign_in("sunli", config.demo_password)
    hole[0].silent.set()

    asked = [_timed(browser) for _ in range(5)]
    assert {status for status, _, _ in asked} == {503}
    assert max(seconds for _, seconds, _ in asked) < REQUEST_SECONDS + 1
    assert DATABASE.told in asked[0][2]
    assert asked[-1][1] < 1

    hole[0].silent.clear()
    time.sleep(DATABASE.rest_seconds)
    assert _timed(browser)[0] == 200


def test_what_is_not_a_request_waits_for_each_answer_only(
    behind: Flask, hole: tuple[BlackHole, Config], beijing: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patient, "DATABASE", replace(DATABASE, answer_seconds=1))
    with context.entered(behind, beijing):
        db.session.execute(text("SELECT 1"))
        hole[0].silent.set()
        started = time.monotonic()
        with pytest.raises(DBAPIError, match="does not answer"):
            db.session.execute(text("SELECT 1"))
        db.session.rollback()
    assert time.monotonic() - started < 5


def test_work_that_waited_long_enough_opens_no_connection(app: Flask, beijing: TenantRef) -> None:
    with context.entered(app, beijing), patient.allowed(0):
        connections.engine_of(beijing).pool.dispose()
        with pytest.raises(DBAPIError, match="long enough"):
            db.session.execute(text("SELECT 1"))


def test_a_server_that_failed_often_rests_and_one_tries_it_again() -> None:
    breaker = Breaker(failures=2, rest_seconds=0.2)
    for _ in range(2):
        breaker.check("one")
        breaker.note("one", answered=False)
    with pytest.raises(SilentServerError):
        breaker.check("one")
    breaker.check("another")

    time.sleep(0.25)
    breaker.check("one")
    with pytest.raises(SilentServerError):
        breaker.check("one")
    breaker.note("one", answered=True)
    breaker.check("one")
