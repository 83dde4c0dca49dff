"""A job commits with the act that asks for it, belongs to its city, and has its effect once."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from saas import clock
from saas.config import Config
from saas.db.logins import conninfo, login_url, worker_login
from saas.db.session import TenantRef, current_tenant, db
from saas.jobs import queue, registry, status, worker
from saas.jobs.models import JobRun
from saas.jobs.perform import perform
from saas.jobs.registry import Job
from saas.settings.models import SettingValue
from tests.conftest import InTenant

Drain = Callable[[], None]


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What the job ``test.note`` was done with, and in which city."""
    found: list[tuple[str, Any]] = []

    def note(payload: dict[str, Any]) -> None:
        found.append((current_tenant().code, payload))

    monkeypatch.setitem(registry._jobs, "test.note", Job("test.note", note))
    return found


def test_a_job_is_done_in_its_own_city(
    in_tenant: InTenant, zunyi: TenantRef, drain_jobs: Drain, notes: list[tuple[str, Any]]
) -> None:
    with in_tenant(zunyi):
        queue.enqueue("test.note", {"n": 1})

    drain_jobs()

    assert notes == [("zunyi", {"n": 1})]


def test_an_act_that_is_undone_asks_for_no_job(
    in_tenant: InTenant, zunyi: TenantRef, drain_jobs: Drain, notes: list[tuple[str, Any]]
) -> None:
    with in_tenant(zunyi):
        queue.enqueue("test.note", {})
        db.session.rollback()

    drain_jobs()

    assert notes == []


def test_while_a_keyed_job_waits_it_is_not_added_again(
    in_tenant: InTenant, zunyi: TenantRef, drain_jobs: Drain, notes: list[tuple[str, Any]]
) -> None:
    for n in (1, 2):
        with in_tenant(zunyi):
            queue.enqueue("test.note", {"n": n}, key="same")

    drain_jobs()

    assert notes == [("zunyi", {"n": 1})]


def test_a_city_cannot_ask_for_another_citys_job(in_tenant: InTenant, beijing: TenantRef, zunyi: TenantRef) -> None:
    forged = text(
        "SELECT queue.procrastinate_defer_jobs_v1(ARRAY[ROW('default', 'test.note', 0, null, null,"
        " jsonb_build_object('tenant', cast(:schema AS text)), null)::queue.procrastinate_job_to_defer_v1])"
    )

    with pytest.raises(DBAPIError, match="a job belongs to the city that asks for it"), in_tenant(beijing):
        db.session.execute(forged, {"schema": zunyi.schema})


def test_a_job_run_twice_has_its_effect_once(app: Flask, in_tenant: InTenant, zunyi: TenantRef) -> None:
    key, run = f"test.{uuid4()}", str(uuid4())

    def write(payload: dict[str, Any]) -> None:
        db.session.add(SettingValue(key=payload["key"], value={"value": 1}, changed_at=clock.now(), changed_by="test"))

    job = Job("test.write", write)
    for _ in range(2):
        perform(app, job, None, tenant=zunyi.schema, run=run, payload={"key": key})  # type: ignore[arg-type]

    with in_tenant(zunyi):
        assert db.session.scalar(select(func.count()).where(SettingValue.key == key)) == 1
        assert db.session.scalar(select(JobRun.name).where(JobRun.job_key == run)) == "test.write"


def test_a_job_that_fails_leaves_nothing_and_is_tried_three_times(
    app: Flask,
    config: Config,
    in_tenant: InTenant,
    zunyi: TenantRef,
    drain_jobs: Drain,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key, told = f"test.{uuid4()}", []
    drain_jobs()  # what other tests left waiting may fail too

    def fail(_payload: dict[str, Any]) -> None:
        db.session.add(SettingValue(key=key, value={"value": 1}, changed_at=clock.now(), changed_by="test"))
        db.session.flush()
        raise RuntimeError("no paper")

    def tell(_payload: dict[str, Any], problem: str) -> None:
        told.append(problem)

    monkeypatch.setitem(registry._jobs, "test.fail", Job("test.fail", fail, tell))
    failed = status.read(config).failed
    with in_tenant(zunyi):
        queue.enqueue("test.fail", {})

    for _ in range(3):
        assert told == []
        drain_jobs()
        _make_due(config)

    assert told == ["no paper"]
    assert status.read(config).failed == failed + 1
    with in_tenant(zunyi):
        assert db.session.scalar(select(func.count()).where(SettingValue.key == key)) == 0


def test_status_counts_what_waits(config: Config, in_tenant: InTenant, zunyi: TenantRef, drain_jobs: Drain) -> None:
    drain_jobs()
    before = status.read(config)
    with in_tenant(zunyi):
        queue.enqueue("test.nobody_declares_this", {})

    assert status.read(config).queued == before.queued + 1

    drain_jobs()
    assert status.read(config).queued == before.queued


def _make_due(config: Config) -> None:
    """Let the back-off of every waiting job be over."""
    with psycopg.connect(conninfo(login_url(config, worker_login(config)))) as connection:
        connection.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


def test_a_message_of_a_city_on_the_queues_channel_stops_no_worker(
    app: Flask,
    config: Config,
    in_tenant: InTenant,
    zunyi: TenantRef,
    notes: list[tuple[str, Any]],
    drain_jobs: Drain,
) -> None:
    drain_jobs()  # what other tests left waiting would come first

    async def disturbed() -> None:
        working = asyncio.create_task(
            worker._work(worker._queue(app, conninfo(login_url(config, worker_login(config)))), asyncio.Event())
        )
        await asyncio.sleep(1)
        with in_tenant(zunyi):
            db.session.execute(text("NOTIFY procrastinate_any_queue_v1, 'no json'"))
            queue.enqueue("test.note", {"n": 2})
        for _ in range(100):
            await asyncio.sleep(0.1)
            if notes or working.done():
                break
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)

    # In a thread: a browser test leaves its event loop in this one.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(lambda: asyncio.run(disturbed())).result()

    assert notes == [("zunyi", {"n": 2})]
