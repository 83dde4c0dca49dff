"""Servers are added by command, their addresses kept unreadable, their queues worked."""

import json
from dataclasses import replace

import psycopg
import pytest
from flask import Flask
from sqlalchemy import LargeBinary, column, make_url, select, table, text, update

import tenants
from saas import web
from saas.app import create_app
from saas.db.session import TenantRef, db
from saas.errors import ConflictError, InvalidInputError, NotFoundError
from saas.jobs import addresses
from tenants import connections, placement
from tenants.models import Server


def test_the_list_says_where_every_server_is_without_its_password(app: Flask, beijing: TenantRef, second: str) -> None:
    done = app.test_cli_runner().invoke(args=["server", "list", "--json"])

    rows = {row["name"]: row for row in json.loads(done.stdout)}
    assert list(rows) == ["main", second]
    assert rows["main"]["tenants"] >= 1
    assert rows[second]["tenants"] == 0
    assert ":***@" in rows[second]["address"]


def test_an_address_is_not_readable_in_the_database(app: Flask, second: str, second_address: str) -> None:
    with app.app_context(), connections.admin_engine().connect() as connection:
        sealed = connection.scalar(select(Server.sealed).where(Server.name == second))

        assert isinstance(sealed, bytes)
        assert second_address.encode()[-20:] not in sealed
        assert make_url(placement.list_servers()[second]) == make_url(second_address)


def test_a_process_without_the_key_of_backups_serves_a_city_there_and_cannot_build(
    app: Flask, beijing: TenantRef, second: str, second_address: str
) -> None:
    config = app.extensions["fengqiao.config"]
    bare = make_url(config.database_url)._replace(username=None, password=None).render_as_string()
    without = replace(config, backup_key="w" * 32, database_url=bare)
    process = create_app(without, (), (tenants.init_app, web.init_app))
    with process.app_context():
        assert make_url(placement.front_of(second)).password is None
        assert make_url(placement.front_of(second)).host == make_url(second_address).host
        assert connections.engine_of(replace(beijing, server=second)).url.username == beijing.schema
        assert len(addresses.every(process)) == 2
        with pytest.raises(placement.WrongKeyError, match="FENGQIAO_BACKUP_KEY"):
            connections.admin_engine(second)
        db.engine.dispose()


def test_a_server_can_be_written_down_again(app: Flask, second: str, second_address: str) -> None:
    front = "postgresql://someone:secret@127.0.0.1:6432/fengqiao"
    runner = app.test_cli_runner()
    done = runner.invoke(args=["server", "add", second, second_address, "--front", front, "--again"])
    assert done.exit_code == 0, done.output
    with app.app_context():
        assert placement.front_of(second) == "postgresql+psycopg://127.0.0.1:6432/fengqiao"
        placement.add_server(second, second_address, again=True)
        assert placement.front_of(second) == placement.list_places()[second]


def test_an_address_moved_to_another_name_does_not_open(app: Flask, second: str) -> None:
    rows = table("server", column("name"), column("sealed", LargeBinary), schema="platform")
    with app.app_context(), connections.admin_engine().begin() as connection:
        connection.execute(update(rows).where(rows.c.name == second).values(name="renamed"))
    try:
        with app.app_context(), pytest.raises(placement.WrongKeyError):
            placement.address_of("renamed")
    finally:
        with app.app_context(), connections.admin_engine().begin() as connection:
            connection.execute(update(rows).where(rows.c.name == "renamed").values(name=second))


def test_every_server_has_a_queue_that_workers_reach(app: Flask, second: str) -> None:
    queues = addresses.every(app)

    assert len(queues) == 2
    for address in queues:
        with psycopg.connect(address) as connection:
            assert connection.execute("SELECT count(*) FROM procrastinate_jobs").fetchone() is not None


def test_another_server_is_hardened_like_the_first(app: Flask, second: str) -> None:
    question = "SELECT has_function_privilege('public', 'pg_catalog.set_config(text,text,boolean)', 'execute')"
    with app.app_context(), connections.admin_engine(second).connect() as connection:
        assert connection.scalar(text(question)) is False


@pytest.mark.parametrize("name", ["main", "", "Two", "2", "a b", "x" * 40])
def test_a_name_that_is_none_is_refused(app: Flask, name: str) -> None:
    with app.app_context(), pytest.raises(InvalidInputError):
        placement.add_server(name, "postgresql://nobody@localhost/none")


@pytest.mark.parametrize("address", ["", "mysql://db/x", "postgresql://nobody:x@127.0.0.1:1/none"])
def test_an_address_nobody_answers_at_is_refused(app: Flask, address: str) -> None:
    with app.app_context(), pytest.raises(InvalidInputError):
        placement.add_server("third", address)


def test_a_name_is_given_once(app: Flask, second: str, second_address: str) -> None:
    with app.app_context(), pytest.raises(ConflictError):
        placement.add_server(second, second_address)


def test_a_server_nobody_added_is_unknown(app: Flask, beijing: TenantRef) -> None:
    with app.app_context(), pytest.raises(NotFoundError, match="flask server add"):
        connections.engine_of(replace(beijing, server="nowhere"))
