"""Behind PgBouncer in transaction mode, few backends serve many cities and nothing crosses over."""

import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import rmtree, which

import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url, text

import blueprints
import tenants
from saas import web
from saas.app import create_app
from saas.config import Config
from saas.db.logins import conninfo
from saas.db.session import TenantRef, db
from saas.jobs import queue
from saas.unprivileged import account
from tenants import connections, context
from tenants.isolation.attempt import CROSSED
from tenants.isolation.verification import verify
from tests.browsers import Browser

PORT = 6432
PER_LOGIN = 2
SETTINGS = """
[databases]
* = host={host} port={port} auth_user={user}

[pgbouncer]
unix_socket_dir = {folder}
listen_port = {listen}
auth_type = scram-sha-256
auth_file = {folder}/userlist.txt
auth_query = SELECT rolname, rolpassword FROM pg_catalog.pg_authid WHERE rolname = $1
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 200
logfile = {folder}/pgbouncer.log
"""


@pytest.fixture(scope="module")
def bounced(config: Config, app: Flask) -> Iterator[Config]:
    """The settings of an application that reaches the same database through PgBouncer only."""
    program = which("pgbouncer", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    assert program, "PgBouncer is missing: apt-get install pgbouncer"
    folder, url, runs_as = Path(tempfile.mkdtemp(prefix="fqb")), make_url(config.database_url), account()
    host, port = url.query.get("host") or url.host, url.port or 5432
    values = {"host": host, "port": port, "user": url.username, "folder": folder, "listen": PORT, "size": PER_LOGIN}
    (folder / "pgbouncer.ini").write_text(SETTINGS.format_map(values))
    (folder / "userlist.txt").write_text(f'"{url.username}" "{url.password}"\n')
    for path in (folder, *folder.iterdir()):
        runs_as.own(path)
    process = subprocess.Popen([program, "-q", folder / "pgbouncer.ini"], user=runs_as.uid, group=runs_as.gid)
    while not (folder / f".s.PGSQL.{PORT}").exists() and process.poll() is None:
        time.sleep(0.05)
    bare = url.set(username=None, password=None, host=None, port=None, query={"host": str(folder), "port": str(PORT)})
    yield replace(config, database_url=bare.render_as_string())
    process.terminate()
    process.wait()
    rmtree(folder)


@pytest.fixture
def behind(bounced: Config) -> Iterator[Flask]:
    """An application behind PgBouncer."""
    app = create_app(bounced, blueprints.discover(), (tenants.init_app, web.init_app, blueprints.init_app))
    yield app
    with app.app_context():
        connections.dispose()
        db.engine.dispose()


def test_people_of_two_cities_work_at_the_same_time(
    behind: Flask, config: Config, beijing: TenantRef, zunyi: TenantRef
) -> None:
    wrong: list[str] = []

    def work(city: TenantRef, username: str, other: str) -> None:
        browser = Browser(behind, city)
        browser.sign_in(username, config.demo_password)
        for _ in range(5):
            answer = browser.get("/staff/cases")
            if answer.status_code != 200 or other in answer.get_data(as_text=True):
                wrong.append(f"{city.code} {answer.status_code}")

    people = [(beijing, "sunli", "遵义"), (zunyi, "shiqiang", "北京市"), (beijing, "zhaoxh", "遵义")]
    threads = [threading.Thread(target=work, args=person) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


def test_many_clients_share_few_backends_and_read_their_own(
    behind: Flask, bounced: Config, beijing: TenantRef, zunyi: TenantRef
) -> None:
    seen: set[tuple[str, str, int]] = set()

    def read(city: TenantRef) -> None:
        with behind.app_context():
            for _ in range(10):
                with connections.engine_of(city).connect() as connection:
                    row = connection.execute(text("SELECT session_user, current_schema(), pg_backend_pid()")).one()
                    seen.add((city.schema, f"{row[0]} {row[1]}", row[2]))

    threads = [threading.Thread(target=read, args=(city,)) for city in (beijing, zunyi) * 5]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {who for _, who, _ in seen} == {f"{city.schema} {city.schema}" for city in (beijing, zunyi)}
    assert all(who.split() == [schema, schema] for schema, who, _ in seen)
    assert len({pid for _, _, pid in seen}) <= 2 * PER_LOGIN


def test_an_act_and_its_job_are_one(app: Flask, behind: Flask, zunyi: TenantRef) -> None:
    with context.entered(behind, zunyi):
        queue.enqueue("test.bounced", {}, key="one")
        db.session.rollback()
    with context.transaction(behind, zunyi):
        queue.enqueue("test.bounced", {}, key="one")
        queue.enqueue("test.bounced", {}, key="one")
    with app.app_context(), connections.admin_engine().begin() as connection:
        connection.execute(text("SET LOCAL search_path = queue"))
        kept = text("DELETE FROM procrastinate_jobs WHERE task_name = 'test.bounced' RETURNING id")
        assert len(connection.scalars(kept).all()) == 1


def test_nothing_crosses_over(behind: Flask, bounced: Config, beijing: TenantRef, zunyi: TenantRef) -> None:
    with behind.app_context():
        found = verify(bounced, [beijing, zunyi])

    assert [(one.tenant, one.against, one.attack, one.said) for one in found if one.outcome == CROSSED] == []


def test_a_wrong_password_is_refused_by_pgbouncer(bounced: Config, beijing: TenantRef) -> None:
    url = make_url(bounced.database_url).set(username=beijing.schema, password="wrong")

    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        psycopg.connect(conninfo(url))
