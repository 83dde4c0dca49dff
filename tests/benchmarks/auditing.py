"""The record under load: events a second while it is sealed, events a second while it is verified, who saw a person."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from statistics import median

import psycopg
from sqlalchemy import func, select, text

from saas.audit import seals, services
from saas.audit.canonical import TEXT_OF_EVENT
from saas.audit.models import AuditEvent
from saas.audit.verification import verify
from saas.cases.models import Party
from saas.config import current_config
from saas.db.logins import conninfo, login_url
from saas.db.session import db
from saas.identity.actor import SYSTEM
from saas.oversight import seeing
from saas.oversight import services as oversight
from tenants import connections, context
from tests.benchmarks.city import Bench
from tests.benchmarks.measures import MILLISECONDS, Row

BARE = (
    "INSERT INTO audit_event (id, action, subject_type, subject_id, actor_name, detail, happened_at)"
    " VALUES (gen_random_uuid(), 'bench.done', 'thing', '1', '系统', '{}', now())"
)
MANY = text(
    "INSERT INTO audit_event"
    " (id, action, subject_type, subject_id, case_id, actor_name, unit_path, detail, happened_at)"
    " SELECT gen_random_uuid(), 'case.read', 'case_file', c.id::text, c.id, '某人', c.unit_path, '{}', now()"
    " FROM generate_series(1, :each) CROSS JOIN (SELECT id, unit_path FROM case_file LIMIT 1000) c"
)
TARGETS = {
    "audit_insert": ">= 1,000 events/s, newest seal <= 30 s old",
    "audit_verify": ">= 10,000 events/s",
    "audit_who_saw": "<= 1,000 ms",
}
SEAL_EVERY = 10.0  # seconds; the shortest interval a city may choose


@dataclass(frozen=True)
class Size:
    """How much is measured: seconds of writing, threads that write, events in the record, turns of the question."""

    seconds: float = 30.0
    threads: int = 4
    events: int = 1_000_000
    turns: int = 10


def measure(bench: Bench, size: Size | None = None) -> list[Row]:
    """The three lines."""
    given = size or Size()
    return [*_inserting(bench, given), *_verifying(bench, given), _asking(bench, given)]


def _inserting(bench: Bench, size: Size) -> list[Row]:
    floor = _rate(size, lambda: _bare(bench))
    with context.transaction(bench.app, bench.city):
        oversight.seal_all(seals.GRACE * 0)
    ages: list[float] = []
    done = threading.Event()
    sealer = threading.Thread(target=_seal, args=(bench, done, ages))
    sealer.start()
    rate = _rate(size, lambda: _recorder(bench))
    done.set()
    sealer.join()
    oldest = max(ages, default=0.0)
    count = int(rate * size.seconds)
    ratio, target = round(floor / rate, 2), TARGETS["audit_insert"]
    return [
        Row("audit_insert", round(rate, 1), "events/s", round(floor, 1), ratio, count, target=target),
        Row("audit_seal_age", round(oldest, 1), "s", None, None, len(ages), target=target),
    ]


def _rate(size: Size, make: Callable[[], AbstractContextManager[Callable[[], None]]]) -> float:
    """How often a second several threads get something done."""

    def work() -> int:
        number = 0
        with make() as once:
            until = time.monotonic() + size.seconds
            while time.monotonic() < until:
                once()
                number += 1
        return number

    with ThreadPoolExecutor(size.threads) as threads:
        numbers = [future.result() for future in [threads.submit(work) for _ in range(size.threads)]]
    return sum(numbers) / size.seconds


@contextmanager
def _bare(bench: Bench) -> Iterator[Callable[[], None]]:
    with bench.app.app_context():
        address = conninfo(login_url(current_config(), bench.city.schema))
    with psycopg.connect(address) as connection:

        def once() -> None:
            connection.execute(BARE)
            connection.commit()

        yield once


@contextmanager
def _recorder(bench: Bench) -> Iterator[Callable[[], None]]:
    def once() -> None:
        with context.transaction(bench.app, bench.city):
            services.record("bench.done", ("thing", 1), by=SYSTEM)

    yield once


def _seal(bench: Bench, done: threading.Event, ages: list[float]) -> None:
    """Seal as a worker does, and note how old the oldest event without a seal was each time."""
    while not done.wait(SEAL_EVERY):
        with context.transaction(bench.app, bench.city):
            oldest = select(func.extract("epoch", func.clock_timestamp() - func.min(AuditEvent.recorded_at)))
            ages.append(float(db.session.scalar(oldest.where(~seals.is_sealed())) or 0))
            oversight.seal_all()


def _verifying(bench: Bench, size: Size) -> list[Row]:
    _fill(bench, size.events)
    started = time.perf_counter()
    with context.entered(bench.app, bench.city):
        lines = db.session.scalars(select(TEXT_OF_EVENT).select_from(AuditEvent)).all()
    hashed = len([sha256(line.encode()).digest() for line in lines])
    floor = hashed / (time.perf_counter() - started)
    with context.entered(bench.app, bench.city):
        report = verify()
    rate = report.events / report.seconds
    same = report.ok and report.events + report.waiting == hashed
    ratio, target = round(floor / rate, 2), TARGETS["audit_verify"]
    return [
        Row("audit_verify", round(rate), "events/s", round(floor), ratio, report.events, equal=same, target=target),
    ]


def _fill(bench: Bench, events: int) -> None:
    with bench.app.app_context(), connections.admin_engine().begin() as connection:
        connection.execute(text(f"SET LOCAL search_path = {bench.city.schema}"))
        for _ in range(max(1, events // 100_000)):
            connection.execute(MANY, {"each": max(1, min(events, 100_000) // min(bench.cases, 1000))})
    with context.transaction(bench.app, bench.city):
        oversight.seal_all()
    with bench.app.app_context(), connections.admin_engine().begin() as connection:
        connection.execute(text("ANALYZE"))


def _asking(bench: Bench, size: Size) -> Row:
    times = []
    with context.transaction(bench.app, bench.city):
        phone = db.session.scalars(select(Party).where(Party.phone_sealed.is_not(None)).limit(1)).one().phone
        count = db.session.scalar(select(func.count()).select_from(AuditEvent)) or 0
        for _ in range(size.turns):
            started = time.perf_counter()
            seeing.who_saw(seeing.Question(phone=phone), by=SYSTEM)
            times.append((time.perf_counter() - started) * MILLISECONDS)
    return Row("audit_who_saw", round(median(times), 1), "ms", None, None, count, target=TARGETS["audit_who_saw"])
