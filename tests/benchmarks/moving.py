"""Running cases moved to another version by a worker, and what the work list costs its reader meanwhile."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import func, select

from saas.audit.models import AuditEvent
from saas.cases.models import Case, Step
from saas.db.session import db
from saas.embedded import ROOT
from saas.jobs import worker
from saas.moving import queries, services
from saas.moving.actions import MoveAction
from saas.moving.judging import MOVED
from saas.moving.models import MovedCase
from saas.web.requests import COOKIE
from saas.workflow.queries import current_version
from saas.workflow.verdicts import Names
from tenants import context
from tests import queues, shaping
from tests.benchmarks import city, serving
from tests.benchmarks.city import DIRECTOR, Bench
from tests.benchmarks.deployment import Deployment
from tests.benchmarks.floor import Floor
from tests.benchmarks.measures import MILLISECONDS, Row
from tests.benchmarks.traffic import HOST, SECONDS, Visit
from tests.browsers import Browser
from tests.mediation import factory

REAL = 20  # cases made by services
PATH = "/staff/work"
REST = 0.02  # seconds a reader looks at a page
READ = 3.0  # seconds the list is read before anything moves
TARGET = "<= 60 s for 2000 cases"
WHILE = "ratio <= 1.5"


def measure(here: Deployment, cases: int, report: Callable[[str], None]) -> list[Row]:
    """Move the cases of a city of its own; the time beside that of bare writes, the work list's p95 beside before."""
    bench = city.fill(here.app, "shift", cases, REAL, cases, report)
    # Nobody looks at the documents of these cities, and a thousand prints more would be copied with every backup.
    queues.forget(here.app)
    move_id, given = _judged(bench), _written(bench)
    with serving.product(here) as product:
        reader = _Reader(here, bench, product.ports[0])
        before = reader.p95(_for(READ))
        _start(bench, move_id)
        with _worker(here) as process:
            during = reader.p95(lambda: process.poll() is not None)
        assert process.returncode == 0, "the worker ended early"
    count, seconds = _settled(bench, move_id)
    moved = _written(bench)
    floor = _floor(here, bench, count)
    equal = _more(given, moved) == _more(moved, _written(bench)) == (count, count, count)
    ratio, slower = round(seconds / floor, 2), round(during / before, 2)
    return [
        Row("move_cases", round(seconds, 2), "s", round(floor, 2), ratio, 1, None, count, equal, TARGET),
        Row("work_list_moving_p95", round(during, 1), "ms", round(before, 1), slower, reader.pages, target=WHILE),
    ]


def _judged(bench: Bench) -> UUID:
    """A plan to the next version, whose limits are shorter, tried on every case."""
    with context.transaction(bench.app, bench.city):
        old, body = current_version(factory.PROCESS), shaping.body_with()
        body["clocks"]["mediation"]["n"] = 10
        new = shaping.publish(body)
        move_id = services.plan(old, new, Names(), "缩短调解期限", by=factory.actor("wanghy")).id
    worker.drain(bench.app)
    return move_id


def _start(bench: Bench, move_id: UUID) -> None:
    with context.transaction(bench.app, bench.city):
        services.start(queries.get_move(move_id, for_update=True), by=factory.actor("wanghy"))


def _worker(here: Deployment) -> "subprocess.Popen[bytes]":
    """A worker of its own, as a deployment runs it, that ends when nothing is left to do."""
    environment = os.environ | here.environment() | {"FENGQIAO_MASTER_KEY": here.config.master_key or ""}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "work", "--once"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)


def _settled(bench: Bench, move_id: UUID) -> tuple[int, float]:
    """How many cases were moved, and the seconds from the first to the end."""
    with context.entered(bench.app, bench.city):
        move = queries.get_move(move_id)
        counts = queries.count_settled(move)
        assert move.state == "done", f"the plan is {move.state}"
        assert set(counts) == {"moved"}, counts
        there = db.session.scalar(select(func.count()).select_from(Case).where(Case.process_id == move.to_id))
        assert there == counts["moved"]
        first = db.session.scalar(select(func.min(MovedCase.settled_at)).where(MovedCase.move_id == move_id))
        assert first is not None
        assert move.finished_at is not None
        return counts["moved"], (move.finished_at - first).total_seconds()


def _written(bench: Bench) -> tuple[int, int, int]:
    """Entries in the logs of cases about a move, events about one, and revisions of all cases."""
    steps = select(func.count()).select_from(Step).where(Step.action == MOVED)
    events = select(func.count()).select_from(AuditEvent).where(AuditEvent.action == MoveAction.MOVED)
    with context.entered(bench.app, bench.city):
        counts = [db.session.scalar(query) for query in (steps, events, select(func.sum(Case.revision)))]
    return counts[0] or 0, counts[1] or 0, counts[2] or 0


def _more(before: tuple[int, int, int], after: tuple[int, int, int]) -> tuple[int, ...]:
    return tuple(now - then for then, now in zip(before, after, strict=True))


class _Reader:
    """Somebody who looks at the work list again and again."""

    def __init__(self, here: Deployment, bench: Bench, port: int) -> None:
        """Sign in, and look once."""
        browser = Browser(bench.app, bench.city)
        browser.sign_in(DIRECTOR, here.config.demo_password)
        cookie = browser.get_cookie(COOKIE, browser.host)
        assert cookie is not None
        self._visit, self._host = Visit(PATH, cookie.value), f"{bench.city.code}.{here.config.host_suffix}"
        self._connection = HTTPConnection(HOST, port, timeout=SECONDS)
        self.pages = 0
        for _ in range(3):
            self._visit.ask(self._connection, self._host)

    def p95(self, ended: Callable[[], bool]) -> float:
        """Milliseconds within which nineteen of twenty pages came."""
        taken = []
        while not ended():
            start = time.perf_counter()
            self._visit.ask(self._connection, self._host)
            taken.append((time.perf_counter() - start) * MILLISECONDS)
            time.sleep(REST)
        self.pages = len(taken)
        return sorted(taken)[int(len(taken) * 0.95)]


def _for(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def _floor(here: Deployment, bench: Bench, count: int) -> float:
    """Seconds in which a bare driver locks so many cases and writes a log entry and an event for each, one by one."""
    floor = Floor.open(here.config, bench.city)
    try:
        ids = [row[0] for row in floor.connection.execute("SELECT id FROM case_file LIMIT %s", [count])]
        floor.connection.commit()
        start = time.perf_counter()
        for id_ in ids:
            _write(floor.connection, id_)
        return time.perf_counter() - start
    finally:
        floor.connection.close()


def _write(connection: "psycopg.Connection[Any]", id_: UUID) -> None:
    with connection.transaction():
        connection.execute("SELECT * FROM case_file WHERE id = %s FOR UPDATE", [id_]).fetchall()
        connection.execute("SELECT * FROM step_taken WHERE case_id = %s ORDER BY seq", [id_]).fetchall()
        connection.execute("SELECT * FROM case_clock WHERE case_id = %s", [id_]).fetchall()
        connection.execute("UPDATE case_file SET revision = revision + 1 WHERE id = %s", [id_])
        connection.execute("UPDATE case_clock SET due_on = due_on WHERE case_id = %s", [id_])
        connection.execute(
            "INSERT INTO step_taken (id, case_id, seq, action, title, to_state, actor_name, actor_role, happened_at)"
            " SELECT %s, case_id, max(seq) + 1, '@moved', 'x', max(to_state), 'x', '', now() FROM step_taken"
            " WHERE case_id = %s GROUP BY case_id",
            [uuid4(), id_],
        )
        connection.execute(
            "INSERT INTO audit_event (id, action, outcome, high, subject_type, subject_id, case_id, actor_name, detail,"
            " persons, happened_at) VALUES (%s, 'case.moved', 'done', false, 'case_file', %s, %s, 'x', '{}', '{}',"
            " now())",
            [uuid4(), str(id_), id_],
        )
