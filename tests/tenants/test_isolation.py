"""A city's login reaches its own rows and nothing else, even with a whole statement in an attacker's hands."""

from collections.abc import Iterator

import psycopg
import pytest
from flask import Flask
from psycopg import sql
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from saas.config import Config
from saas.db.ids import new_id
from saas.db.logins import conninfo, login_url, platform_login
from saas.db.session import NoTenantError, RebindingError, TenantRef, bind_tenant, db
from saas.organisation.models import Unit
from tenants import connections
from tests.conftest import InTenant

CROSSINGS = (
    "SELECT count(*) FROM {other}.unit",
    "SELECT count(*) FROM platform.tenant",
    "SELECT count(*) FROM queue.procrastinate_jobs",
    "SET ROLE {other}",
    "SET SESSION AUTHORIZATION {other}",
    "SELECT set_config('role', '{other}', false)",
    "SELECT set_config('search_path', '{other}', true), count(*) FROM unit",
    "SELECT ts_stat('select to_tsvector(name) from {other}.unit')",
    "SELECT query_to_xml('select * from {other}.unit', true, true, '')",
    "SELECT 1; SELECT count(*) FROM unit",
    "COMMIT; DROP TABLE unit",
    "CREATE TABLE mine (id int)",
    "CREATE TEMPORARY TABLE unit (id int)",
    "CREATE SCHEMA mine",
    "DROP TABLE unit",
    "TRUNCATE unit CASCADE",
    "ALTER ROLE {own} SUPERUSER",
    "COPY unit TO PROGRAM 'cat'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT lo_create(1)",
)


@pytest.fixture
def connection(app: Flask, beijing: TenantRef) -> Iterator[Connection]:
    """A connection as 北京市's own login."""
    with app.app_context(), connections.engine_of(beijing).connect() as made:
        yield made


@pytest.mark.parametrize("crossing", CROSSINGS)
def test_a_crossing_is_refused(connection: Connection, beijing: TenantRef, zunyi: TenantRef, crossing: str) -> None:
    statement = crossing.format(other=zunyi.schema, own=beijing.schema)

    with pytest.raises(DBAPIError) as refused:
        connection.exec_driver_sql(statement)

    expected = (psycopg.errors.InsufficientPrivilege, psycopg.errors.SyntaxError)
    assert isinstance(refused.value.orig, expected), refused.value.orig


def test_the_other_schema_in_the_search_path_shows_nothing(
    config: Config, beijing: TenantRef, zunyi: TenantRef
) -> None:
    # With a connection of its own: the application's refuses to leave its path.
    with psycopg.connect(conninfo(login_url(config, beijing.schema))) as raw:
        raw.execute(sql.SQL("SET LOCAL search_path = {}").format(sql.Identifier(zunyi.schema)))
        with pytest.raises(psycopg.errors.UndefinedTable):
            raw.execute("SELECT count(*) FROM unit")


def test_a_login_reads_its_own_rows(connection: Connection) -> None:
    names = connection.execute(text("SELECT name FROM unit WHERE code IN ('11', '5203')")).scalars().all()

    assert names == ["北京市"]


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET actor_name = 'x'", "DELETE FROM audit_event"])
def test_nobody_changes_the_audit(connection: Connection, statement: str) -> None:
    with pytest.raises(DBAPIError, match="permission denied for table audit_event"):
        connection.exec_driver_sql(statement)


def test_nobody_says_when_an_event_was_recorded(connection: Connection) -> None:
    insert = text(
        "INSERT INTO audit_event (id, action, subject_type, subject_id, actor_name, detail, happened_at, recorded_at)"
        " VALUES (:id, 'x', 'x', 'x', 'x', '{}', now(), now() - interval '1 day')"
    )

    with pytest.raises(DBAPIError, match="permission denied for table audit_event"):
        connection.execute(insert, {"id": new_id()})


def test_the_platform_login_reads_no_city(config: Config, beijing: TenantRef) -> None:
    url = login_url(config, platform_login(config)).set(drivername="postgresql")

    with (
        psycopg.connect(url.render_as_string(hide_password=False)) as raw,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        raw.execute(sql.SQL("SELECT 1 FROM {}.unit").format(sql.Identifier(beijing.schema)))


def test_a_session_that_was_told_no_city_asks_nothing(app: Flask) -> None:
    with app.app_context(), pytest.raises(NoTenantError):
        db.session.scalar(select(Unit))


def test_a_session_serves_one_city(app: Flask, in_tenant: InTenant, beijing: TenantRef, zunyi: TenantRef) -> None:
    with in_tenant(beijing), pytest.raises(RebindingError):
        bind_tenant(zunyi, connections.engine_of(zunyi))


def test_what_one_city_commits_the_other_does_not_see(
    in_tenant: InTenant, beijing: TenantRef, zunyi: TenantRef
) -> None:
    with in_tenant(beijing):
        seen = db.session.scalar(select(Unit.name).where(Unit.code == "110115"))
    with in_tenant(zunyi):
        unseen = db.session.scalar(select(Unit.name).where(Unit.code == "110115"))

    assert (seen, unseen) == ("大兴区", None)
