"""What the table of outside parts says is what is really in force."""

import configparser

import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError

from saas import buckets
from saas.config import Config
from saas.config_parts import BucketConfig
from saas.db.fenced import FencedConnection
from saas.db.patient import BREAKER, CONNECTING, PatientAsyncConnection, PatientConnection, SilentServerError
from saas.db.session import TenantRef, db
from saas.embedded import ROOT
from saas.files import bucket
from saas.jobs import perform, worker
from saas.outside import DATABASE, PARTS, POOLER, QUEUE, REQUEST_SECONDS, STORAGE, Outside
from saas.web import errors
from saas.web.deadline import WAITING_SECONDS
from tenants import connections
from tenants.pools import CityPool


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.code)
def test_a_part_has_a_limit_to_everything(part: Outside) -> None:
    assert part.connections
    assert 0 < part.room_seconds <= 30
    assert 0 < part.connect_seconds < REQUEST_SECONDS
    assert 0 < part.answer_seconds <= 20
    assert 1 <= part.tries <= 3
    assert part.told.endswith("。")


def test_a_request_may_wait_and_connect_within_its_deadline() -> None:
    assert WAITING_SECONDS > 0
    assert WAITING_SECONDS + DATABASE.connect_seconds <= REQUEST_SECONDS


@pytest.mark.parametrize("whose", ["platform", "city"])
def test_an_engine_opens_what_the_table_says(app: Flask, beijing: TenantRef, whose: str) -> None:
    with app.app_context():
        engine = db.engine if whose == "platform" else connections.engine_of(beijing)
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
    assert isinstance(raw, FencedConnection if whose == "city" else PatientConnection)
    given = raw.info.get_parameters()
    assert {name: given[name] for name in CONNECTING} == {name: str(value) for name, value in CONNECTING.items()}
    assert CONNECTING["connect_timeout"] == DATABASE.connect_seconds
    # A city's connections are looked at when they are taken, which costs no message.
    assert engine.pool._pre_ping or isinstance(engine.pool, CityPool)


def test_the_pools_hold_what_the_table_and_the_settings_say(app: Flask, config: Config) -> None:
    engines: connections.Engines = app.extensions["fengqiao.engines"]

    assert (engines._reservoir._most, engines._reservoir._most_each, engines._reservoir._patience) == (
        config.connections_cap,
        config.pool_cap,
        DATABASE.room_seconds,
    )
    with app.app_context():
        assert db.engine.pool._timeout == DATABASE.room_seconds  # type: ignore[attr-defined]
    assert (BREAKER.failures, BREAKER.rest_seconds) == (DATABASE.failures, DATABASE.rest_seconds)


def test_a_silent_database_is_told_in_the_words_of_the_table() -> None:
    from_driver = errors.as_known(DBAPIError(None, None, SilentServerError()))

    assert from_driver is not None
    assert getattr(from_driver, "message", None) == DATABASE.told


def test_the_worker_opens_what_the_table_says(app: Flask) -> None:
    connector = worker._connector("postgresql://nobody@localhost/none")

    given = connector._pool_args
    assert (given["max_size"], given["timeout"]) == (QUEUE.connections, QUEUE.room_seconds)
    assert given["connection_class"] is PatientAsyncConnection
    assert given["kwargs"]["connect_timeout"] == QUEUE.connect_seconds
    assert int(QUEUE.connections) >= worker.CONCURRENCY + 2
    assert (QUEUE.tries, QUEUE.rest_seconds) == (perform.TRIES, worker.LONGEST_PAUSE)


def test_the_client_of_the_storage_is_made_as_the_table_says() -> None:
    made = buckets.client(BucketConfig("files", "http://127.0.0.1:1", "key", "secret")).meta.config

    assert (made.connect_timeout, made.read_timeout) == (STORAGE.connect_seconds, STORAGE.answer_seconds)
    assert (made.max_pool_connections, made.retries["total_max_attempts"]) == (STORAGE.connections, STORAGE.tries)
    assert bucket._failed().message == STORAGE.told


def test_pgbouncer_is_set_up_as_the_table_says() -> None:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "saas" / "deploy" / "pgbouncer.ini", "utf-8")
    given = parser["pgbouncer"]

    assert given["pool_mode"] == "transaction"
    assert given["default_pool_size"] == str(POOLER.connections)
    assert float(given["query_wait_timeout"]) == POOLER.room_seconds
    assert int(given["server_connect_timeout"]) == POOLER.connect_seconds
    assert int(given["query_timeout"]) == POOLER.answer_seconds
    assert float(given["server_login_retry"]) == POOLER.rest_seconds
