"""A city's connection can be used in one way only: by the session, in its transaction, on its path, as its login."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from saas.db.fenced import LEAVING, RAW_USERS, FenceError
from saas.db.session import TenantRef, db
from saas.embedded import ROOT
from saas.jobs import queue
from tenants import connections, context
from tenants.connections import AutocommitError
from tests.contracts.test_every_connection import REASONS

LEAVES = (
    "SET search_path = platform",
    "set local search_path to public",
    "/* a word first */ SET search_path = public",
    "-- a line first\n SET statement_timeout = 0",
    "RESET ALL",
    "DISCARD ALL",
    "COMMIT",
    "ROLLBACK",
    "BEGIN",
)
STAYS = ("SELECT 1", "SAVEPOINT a", "RELEASE SAVEPOINT a", "ROLLBACK TO SAVEPOINT a", "UPDATE unit SET name = 'SET x'")
RAW: dict[str, Callable[[Any], object]] = {
    "the driver's connection": lambda found: found.driver_connection.execute("SELECT 1"),
    "a cursor of the driver's connection": lambda found: found.driver_connection.cursor(),
    "a cursor through the pool's cover": lambda found: found.cursor(),
}


@pytest.mark.parametrize("statement", LEAVES)
def test_a_statement_that_changes_the_session_is_refused(app: Flask, beijing: TenantRef, statement: str) -> None:
    with context.entered(app, beijing), pytest.raises(FenceError):
        db.session.execute(text(statement))


@pytest.mark.parametrize("statement", STAYS)
def test_a_statement_of_daily_work_is_not(statement: str) -> None:
    assert LEAVING.match(statement.encode()) is None


@pytest.mark.parametrize("way", sorted(RAW))
def test_the_drivers_connection_refuses_who_is_not_named(app: Flask, beijing: TenantRef, way: str) -> None:
    with context.entered(app, beijing), pytest.raises(FenceError, match="must ask the session"):
        RAW[way](db.session.connection().connection)


def test_the_session_refuses_to_work_outside_a_transaction(app: Flask, beijing: TenantRef) -> None:
    options = {"isolation_level": "AUTOCOMMIT"}
    with context.entered(app, beijing):
        with pytest.raises(AutocommitError):
            db.session.connection(execution_options=options)
        db.session.rollback()
        with pytest.raises(AutocommitError):
            db.session.connection().execution_options(**options)
        with pytest.raises(AutocommitError):
            connections.engine_of(beijing).execution_options(**options)


def test_the_session_and_the_queue_go_on_as_ever(app: Flask, beijing: TenantRef) -> None:
    with context.entered(app, beijing):
        with db.session.begin_nested():
            assert db.session.scalar(text("SELECT session_user")) == beijing.schema
        queue.enqueue("test.fenced", {}, key="one")
        db.session.rollback()


def test_who_is_named_is_ours_and_in_the_contract() -> None:
    paths = {f"{name.replace('.', '/')}.py" for name in RAW_USERS}

    assert paths <= REASONS.keys()
    assert all((ROOT / path).exists() for path in paths)
