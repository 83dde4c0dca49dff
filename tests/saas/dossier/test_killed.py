"""A worker that is killed while it makes a dossier: another one ends the export, once and whole."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from textwrap import dedent
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from saas.audit.models import AuditEvent
from saas.config import Config
from saas.db.session import TenantRef, db
from saas.documents.queries import list_documents
from saas.dossier import queries, services
from saas.dossier.models import DossierExport
from saas.dossier.verify import verify
from saas.embedded import ROOT
from saas.files import store
from saas.jobs import addresses, worker
from saas.signing.apart import apart
from tests.mediation import factory
from tests.saas.dossier import large

InTenant = Callable[[TenantRef], AbstractContextManager[None]]
PATIENCE = 120  # seconds
SMALLER = large.Size(documents=10, pictures=60, prints=3, pages=3)
WORKER = """
    import blueprints, tenants
    from saas import web
    from saas.app import create_app
    from saas.config import Config
    from saas.jobs import worker

    app = create_app(Config.from_env(), blueprints.discover(), (tenants.init_app, web.init_app, blueprints.init_app))
    worker.work(app)
"""


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_is_followed_by_one_that_ends_the_export_once(
    app: Flask,
    beijing: TenantRef,
    in_tenant: InTenant,
    config: Config,
    drain_jobs: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with in_tenant(beijing):
        case = large.make(SMALLER)
        export_id = services.request_export(case, by=factory.actor("zhaoxh")).id
    with _worker(config) as process:
        _wait(lambda: _export(in_tenant, beijing, export_id).done >= 5)
        process.send_signal(signal.SIGKILL)
    broken_off = _export(in_tenant, beijing, export_id)
    assert (broken_off.state, broken_off.digest) == ("running", None)
    with in_tenant(beijing):
        assert {document.state for document in list_documents(broken_off.case_id)} == {"ready"}

    monkeypatch.setattr(worker, "STALLED_AFTER", 0.5)
    time.sleep(1)
    apart(lambda: asyncio.run(_taken_over(app)))  # a browser test before may have left a loop running
    drain_jobs()

    with in_tenant(beijing):
        export = queries.get_export(export_id)
        assert verify(store.get(str(export.storage_key)), queries.find_record)["ok"]
        done = db.session.scalars(select(AuditEvent.action).where(AuditEvent.subject_id == str(export_id))).all()
        assert done.count("dossier.exported") == 1


async def _taken_over(app: Flask) -> None:
    """What a living worker does from time to time: put back the jobs of those that gave no sign of life."""
    queue = worker._queue(app, addresses.every(app)[0])
    async with queue.open_async():
        with suppress(TimeoutError):
            await asyncio.wait_for(worker._take_over(queue), 0.4)


@contextmanager
def _worker(config: Config) -> "Iterator[subprocess.Popen[bytes]]":
    environment = os.environ | {
        "DATABASE_URL": config.database_url,
        "FENGQIAO_SECRET_KEY": config.secret_key,
        "FENGQIAO_DATABASE_SECRET": config.database_secret,
        "FENGQIAO_MASTER_KEY": str(config.master_key),
        "FENGQIAO_STORAGE_DIR": str(config.storage_dir),
        "FENGQIAO_ANCHOR_DIR": str(config.audit.anchor_dir),
    }
    with subprocess.Popen([sys.executable, "-c", dedent(WORKER)], cwd=ROOT, env=environment) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _wait(reached: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.02)


def _export(in_tenant: InTenant, city: TenantRef, export_id: UUID) -> DossierExport:
    with in_tenant(city):
        export = queries.get_export(export_id)
        db.session.expunge_all()
    return export
