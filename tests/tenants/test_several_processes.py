"""Three web processes, two workers and two servers are one deployment: whatever one begins another can go on with."""

import http.client
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import select, text

from saas.config import Config
from saas.db.session import TenantRef, db
from saas.embedded import ROOT
from saas.jobs.models import JobRun
from tenants import connections, context, migrator, placement
from tenants.data import moving
from tests import deployments, ports
from tests.browsers import hidden_fields
from tests.mediation import factory

BIN = ROOT / ".venv" / "bin"
STARTING = 120.0  # seconds for five processes to load everything on a busy machine
PATIENCE = 120.0  # seconds for jobs to be done


@dataclass
class Deployment:
    """What runs: the ports of the web processes, and the application in this process for looking at the rows."""

    app: Flask
    config: Config
    near: TenantRef
    far: TenantRef
    ports: list[int] = field(default_factory=list)


@dataclass
class Visitor:
    """A browser that asks whichever process it is sent to."""

    city: TenantRef
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, port: int, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Ask for a page, or send a form; the status and what came."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {"Host": f"{self.city.code}.localhost:{port}"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST" if form is not None else "GET", path, urlencode(form or {}), headers)
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        body = answer.read().decode()
        connection.close()
        return answer.status, body


@pytest.fixture(scope="module")
def deployment() -> Iterator[Deployment]:
    """Two servers, one city on each, three web processes and two workers."""
    folder = Path(tempfile.mkdtemp(prefix="fqs"))
    folder.chmod(0o755)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder)
        one, two = (deployments.start(folder / name) for name in ("one", "two"))
        stack.callback(one.stop)
        stack.callback(two.stop)
        config = deployments.settings(one, folder / "files")
        app = deployments.application(config)
        stack.callback(deployments.close, app)
        with app.app_context():
            migrator.migrate_platform()
            placement.add_server("two", two.url)
        near, _ = (deployments.open_city(app, name, "beijing") for name in ("near", "far"))
        with app.app_context():
            moving.move("far", "two")
        made = Deployment(app, config, near, deployments.known(app, "far"))
        for _ in range(3):
            made.ports.append(ports.find_free())
            _start(stack, config, "waitress-serve", f"--listen=127.0.0.1:{made.ports[-1]}", "wsgi:app")
        for _ in range(2):
            _start(stack, config, "flask", "jobs", "work")
        for port in made.ports:
            ports.wait_for(port, STARTING)
        yield made


def _start(stack: ExitStack, config: Config, program: str, *words: str) -> None:
    """Start a process of the deployment as a machine of its own would: without the administrator's login."""
    given = {
        "DATABASE_URL": deployments.without_login(config.database_url),
        "FENGQIAO_SECRET_KEY": config.secret_key,
        "FENGQIAO_DATABASE_SECRET": config.database_secret,
        "FENGQIAO_MASTER_KEY": config.master_key,
        "FENGQIAO_STORAGE_DIR": str(config.storage_dir),
        "FENGQIAO_FONTS_DIR": str(config.fonts_dir),
        "FENGQIAO_PLAIN_HTTP": "yes",
        "FLASK_APP": "wsgi",
    }
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        [str(BIN / program), *words], cwd=ROOT, env=os.environ | given, stdout=quiet, stderr=quiet, stdin=quiet
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)


@pytest.mark.slow
@pytest.mark.parametrize("city", ["near", "far"])
def test_a_session_begun_in_one_process_goes_on_in_the_others(deployment: Deployment, city: str) -> None:
    visitor = Visitor(getattr(deployment, city))
    first, *others = deployment.ports
    _, page = visitor.ask(first, "/sign-in")
    form = hidden_fields(page) | {"username": "sunli", "password": deployment.config.demo_password}

    # The form was drawn by one process and is taken by the next: both sign with the same key.
    assert visitor.ask(others[0], "/sign-in", form)[0] == 303
    assert [visitor.ask(port, "/staff")[0] for port in deployment.ports] == [200, 200, 200]
    _, page = visitor.ask(first, "/staff")
    ours = {name: value for name, value in hidden_fields(page).items() if name.startswith("_")}
    assert visitor.ask(others[1], "/sign-out", ours)[0] == 303
    assert [visitor.ask(port, "/staff")[0] for port in deployment.ports] == [303, 303, 303]


@pytest.mark.slow
@pytest.mark.parametrize("city", ["near", "far"])
def test_a_job_is_done_once_by_either_worker_on_either_server(deployment: Deployment, city: str) -> None:
    where: TenantRef = getattr(deployment, city)
    with context.transaction(deployment.app, where):
        factory.agreed()
    jobs = _until_done(deployment, where)
    with context.entered(deployment.app, where):
        runs = list(db.session.scalars(select(JobRun.job_key)))

    assert len(jobs) > 2
    assert {status for _, status, _ in jobs} == {"succeeded"}
    assert sorted(runs) == sorted(run for run, _, _ in jobs)
    assert {attempts for _, _, attempts in jobs} == {1}


def _until_done(deployment: Deployment, city: TenantRef) -> list[tuple[str, str, int]]:
    """The city's jobs with their state and number of tries, once none waits any more."""
    asked = text(
        "SELECT args ->> 'run', status::text, attempts FROM queue.procrastinate_jobs WHERE args ->> 'tenant' = :schema"
    )
    end = time.monotonic() + PATIENCE
    while True:
        with deployment.app.app_context(), connections.admin_engine(city.server).connect() as connection:
            rows = [(run, status, tries) for run, status, tries in connection.execute(asked, {"schema": city.schema})]
        if time.monotonic() > end or not {status for _, status, _ in rows} & {"todo", "doing"}:
            return rows
        time.sleep(0.25)
