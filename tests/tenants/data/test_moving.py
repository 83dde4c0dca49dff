"""A city moves between two servers under load: what was acknowledged is there, once; errors stay within the hold."""

import os
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from flask import Blueprint, Flask, g, redirect
from flask.typing import ResponseReturnValue
from sqlalchemy import select, text

import tenants
from saas import clock, web
from saas.app import create_app
from saas.audit import services as audit
from saas.audit.models import AuditEvent
from saas.audit.verification import verify
from saas.cases.models import Draft
from saas.config import Config
from saas.db.session import TenantRef, db
from saas.embedded import ROOT
from saas.errors import ConflictError, NotFoundError
from saas.identity.permissions import public
from saas.jobs import queue, worker
from saas.jobs import registry as jobs
from saas.jobs.models import JobRun
from tenants import connections, context, placement, registry
from tenants.auditing import sealing
from tenants.data import deletion, moving, tables, transfer
from tenants.data.transfer import HoldExceededError
from tenants.lifecycle import services as lifecycle
from tests.browsers import Browser, hidden_fields
from tests.tenants.data.conftest import open_city
from tests.tenants.data.snapshots import contents, pages

PER_SECOND = 20
HOLD = 40
WRITERS = 4

probe = Blueprint("probe", __name__, url_prefix="/probe")
vars(probe)["host_kind"] = "city"


@probe.post("/write/<mark>")
@public
def write(mark: str) -> ResponseReturnValue:
    """One act: a row, an event in the record and a job, in one transaction."""
    now = clock.now()
    db.session.add(Draft(process_key="probe", way="x", page=mark, data={}, created_at=now, updated_at=now))
    audit.record("probe.written", ("probe", mark), by=g.actor)
    queue.enqueue("test.mark", {"mark": mark})
    return redirect("/probe/done", 303)


@probe.get("/look/<mark>")
@public
def look(mark: str) -> ResponseReturnValue:
    """A look that is written down."""
    audit.record("probe.looked", ("probe", mark), by=g.actor)
    return str(db.session.scalar(select(Draft.page).limit(1)))


@dataclass
class Load:
    """What clients were answered."""

    acknowledged: list[str] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)
    refused: list[tuple[datetime, int, str | None]] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)

    def note(self, mark: str, kind: str, status: int, retry_after: str | None) -> None:
        """Remember one answer."""
        if status in {200, 303}:
            (self.acknowledged if kind == "write" else self.looked).append(mark)
        else:
            self.refused.append((datetime.now(UTC), status, retry_after))


@pytest.fixture
def small(app: Flask, config: Config) -> Iterator[Flask]:
    """A web process of its own, which hears of a move only when its memory runs out."""
    made = create_app(config, (), (tenants.init_app, web.init_app, lambda made: made.register_blueprint(probe)))
    yield made
    with made.app_context():
        connections.dispose()
        db.engine.dispose()


@pytest.fixture
def city(app: Flask, second: str) -> Iterator[TenantRef]:
    """A city to be moved."""

    made = open_city(app, "mover")
    yield made
    with app.app_context():
        registry.forget()
        deletion.erase(registry.get_tenant("mover"))


def _client(app: Flask, city: TenantRef, load: Load, number: int) -> None:
    browser = Browser(app, city)
    form = {name: value for name, value in hidden_fields(browser.get("/sign-in").text).items() if name.startswith("_")}
    turn = 0
    while not load.enough.is_set():
        started = time.monotonic()
        mark, kind = f"{number}-{turn}", "look" if turn % 4 == 3 else "write"
        data = form | {"_key": str(uuid4())}
        answer = (
            browser.get(f"/probe/look/{mark}") if kind == "look" else browser.post(f"/probe/write/{mark}", data=data)
        )
        load.note(mark, kind, answer.status_code, answer.headers.get("Retry-After"))
        turn += 1
        time.sleep(max(0.0, WRITERS / PER_SECOND - (time.monotonic() - started)))


def _flask(config: Config, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of the deployment, in a process of its own."""
    settings = {
        "DATABASE_URL": config.database_url,
        "FENGQIAO_SECRET_KEY": config.secret_key,
        "FENGQIAO_DATABASE_SECRET": config.database_secret,
        "FENGQIAO_MASTER_KEY": config.master_key,
        "FENGQIAO_STORAGE_DIR": str(config.storage_dir),
        "FENGQIAO_BACKUP_KEY": "b" * 32,
        "FLASK_APP": "wsgi",
    }
    command = [str(ROOT / ".venv" / "bin" / "flask"), *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_move_under_load_loses_nothing(
    app: Flask, small: Flask, config: Config, city: TenantRef, second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    load, done = Load(), list[str]()
    monkeypatch.setitem(jobs._jobs, "test.mark", jobs.Job("test.mark", lambda payload: done.append(payload["mark"])))
    threads = [threading.Thread(target=_client, args=(small, city, load, number)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    time.sleep(2)
    began = datetime.now(UTC)
    moved = _flask(config, "tenant", "move", "mover", "--to", second, "--hold", str(HOLD))
    time.sleep(3)
    load.enough.set()
    for thread in threads:
        thread.join()
    assert moved.returncode == 0, moved.stderr

    with app.app_context():
        registry.forget()
        there = registry.get_tenant("mover")
    assert (there.server, there.state) == (second, "active")
    with context.entered(app, there):
        written = Counter(db.session.scalars(select(Draft.page).where(Draft.process_key == "probe")))
        noted = Counter(db.session.scalars(select(AuditEvent.subject_id).where(AuditEvent.action.like("probe.%"))))
    assert set(written) >= set(load.acknowledged)
    assert set(written.values()) == {1}
    assert set(noted) >= {*load.acknowledged, *load.looked}
    assert set(noted.values()) == {1}
    assert len(load.acknowledged) > PER_SECOND * 2

    assert {status for _, status, _ in load.refused} == {503}
    assert {0 < int(after or 0) <= HOLD for _, _, after in load.refused} == {True}
    assert all(0 <= (moment - began).total_seconds() <= HOLD for moment, _, _ in load.refused)

    worker.drain(app)
    with context.entered(app, there):
        runs = db.session.scalars(select(JobRun.job_key).where(JobRun.name == "test.mark")).all()
    assert Counter(done) == Counter(written.keys())
    assert len(runs) == len(written)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other process has to hear of it."""
    monkeypatch.setattr(registry, "REMEMBERED", -1.0)


def test_a_city_that_moved_is_the_same_and_can_move_back(app: Flask, city: TenantRef, second: str, quick: None) -> None:
    before, shown = (
        contents(app, city, frozenset({"app_user", "audit_event", "audit_link", "web_session"})),
        pages(app, city),
    )
    with app.app_context():
        moving.move("mover", second)
        there = registry.get_tenant("mover")
    changing = frozenset({"app_user", "audit_event", "audit_link", "web_session", "rate_count"})
    after = contents(app, there, changing)
    assert {name for name, rows in after.items() if rows != before[name]} == set()
    assert pages(app, there) == shown
    assert sealing.seal_city(app, there) > 0
    with context.entered(app, there):
        assert verify().ok
    with app.app_context():
        moving.move("mover", placement.MAIN)
        assert registry.get_tenant("mover").server == placement.MAIN
        assert moving.forget("mover") == ["main", "second"]
        assert moving.forget("mover") == []
    assert pages(app, city) == shown


def test_what_stays_behind_is_out_of_reach(app: Flask, city: TenantRef, second: str, quick: None) -> None:
    with app.app_context():
        moving.move("mover", second)
        with connections.admin_engine().connect() as connection:
            schemas = connection.scalars(text("SELECT nspname FROM pg_namespace")).all()
            may = connection.scalar(text("SELECT rolcanlogin FROM pg_roles WHERE rolname = :n"), {"n": city.schema})
        assert (city.schema in schemas, f"{city.schema}_old" in schemas, may) == (False, True, False)
        assert moving.forget("mover") == ["main"]


@pytest.mark.parametrize("step", ["carry", "follow", "restore_shape", "switch"])
def test_a_move_that_fails_leaves_everything_as_it_was(
    app: Flask, city: TenantRef, second: str, quick: None, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("cut")

    place = {"carry": transfer, "follow": transfer, "restore_shape": tables, "switch": moving}[step]
    monkeypatch.setattr(place, "_switch" if step == "switch" else step, fail)
    before = pages(app, city)
    with app.app_context():
        with pytest.raises(RuntimeError, match="cut"):
            moving.move("mover", second)
        here = registry.get_tenant("mover")
        assert (here.server, here.state, here.held_until) == ("main", "active", None)
    assert pages(app, here) == before


def test_a_move_that_was_killed_begins_anew(app: Flask, city: TenantRef, second: str, quick: None) -> None:
    with app.app_context():
        moving._announce("mover", second, 60)
        answer = Browser(app, city).post("/sign-in")
        assert answer.status_code == 503
        assert 0 < int(answer.headers["Retry-After"]) <= 60
        moving.move("mover", second)
        assert registry.get_tenant("mover").state == "active"


def test_a_hold_that_is_too_short_is_kept_all_the_same(app: Flask, city: TenantRef, second: str, quick: None) -> None:
    with app.app_context():
        with pytest.raises(HoldExceededError, match="--hold"):
            moving.move("mover", second, hold=0)
        here = registry.get_tenant("mover")
        assert (here.server, here.state) == ("main", "active")


def test_a_writer_that_does_not_end_is_not_waited_for_longer_than_announced(
    app: Flask, city: TenantRef, second: str, quick: None
) -> None:
    with app.app_context(), connections.admin_engine().connect() as writer:
        writer.execute(text(f"LOCK TABLE {city.schema}.draft IN ROW EXCLUSIVE MODE"))
        with pytest.raises(HoldExceededError):
            moving.move("mover", second, hold=2)
        assert registry.get_tenant("mover").state == "active"


def test_a_city_held_for_reading_stays_so_where_it_goes(app: Flask, city: TenantRef, second: str, quick: None) -> None:
    with app.app_context():
        lifecycle.suspend("mover")
        moving.move("mover", second)
        there = registry.get_tenant("mover")
        with connections.admin_engine(second).connect() as connection:
            may = connection.scalar(
                text("SELECT has_table_privilege(:s, :t, 'insert')"), {"s": there.schema, "t": f"{there.schema}.draft"}
            )
    assert (there.state, may) == ("read_only", False)


@pytest.mark.parametrize(("to", "error"), [("main", ConflictError), ("nowhere", NotFoundError)])
def test_a_place_it_cannot_go_to_is_refused(app: Flask, city: TenantRef, to: str, error: type[Exception]) -> None:
    with app.app_context(), pytest.raises(error):
        moving.move("mover", to)


def test_two_do_not_move_a_city_at_once(app: Flask, city: TenantRef, second: str) -> None:
    with app.app_context(), moving._alone("mover"), pytest.raises(ConflictError, match="正在迁移"):
        moving.move("mover", second)
