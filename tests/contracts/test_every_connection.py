"""There is one way to a city's rows; whatever goes around SQLAlchemy is named here, with its reason."""

import re
from pathlib import Path

import pytest

from saas.embedded import ROOT

AROUND = re.compile(
    r"raw_connection|driver_connection|AUTOCOMMIT|autocommit|psycopg\.connect|create_engine\(|AsyncConnection"
)
REASONS = {
    "saas/db/patient.py": "the drivers' connections that give up a silent server",
    "saas/jobs/worker.py": "the worker's login takes jobs from the queue",
    "saas/jobs/queue.py": "a job is put down on the session's own connection",
    "saas/jobs/schema.py": "the administrator makes the queue",
    "saas/jobs/status.py": "the worker's login counts jobs",
    "saas/organisation/services.py": "the unit tree is copied in on the session's own connection",
    "tenants/auditing/sealing.py": "the worker's login asks where the record grew",
    "tenants/connections.py": "here a city's engine is made, and AUTOCOMMIT refused",
    "tenants/data/archive.py": "the administrator copies whole tables",
    "tenants/data/ground.py": "the administrator ends a city's connections",
    "tenants/data/tables.py": "the administrator copies whole tables",
    "tenants/data/transfer.py": "the administrator copies from one server to another",
    "tenants/isolation/attempt.py": "an attacker connects as he likes",
    "tenants/migrator.py": "the administrator migrates",
    "tenants/placement.py": "the administrator registers a server",
    "tenants/pools.py": "the pool looks whether a connection has ended",
    "tenants/statements.py": "the administrator sends statements about schemas and logins",
    "tenants/observing/queues.py": "the worker's login counts jobs",
}
SOURCES = sorted(path for folder in ("saas", "tenants", "blueprints") for path in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_goes_around_the_session_but_what_is_named(path: Path) -> None:
    found = AROUND.findall(path.read_text("utf-8"))

    assert not found or str(path.relative_to(ROOT)) in REASONS, found
