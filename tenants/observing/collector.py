"""The readings as Prometheus wants them, kept for half a minute so that asking often costs nothing."""

import threading
import time
from collections.abc import Iterator, Sequence

from flask import Flask
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import QueuePool

from saas.db.session import db
from tenants import connections
from tenants.observing import readings
from tenants.observing.readings import CityReading, Reading
from tenants.observing.requests import EXTENSION, Requests

READINGS = "fengqiao.readings"
KNOWN_FOR = 30.0  # seconds


class Readings(Collector):
    """What is read when somebody asks; gauges of cities carry the label ``tenant``, the city's code."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._lock = threading.Lock()
        self._until = 0.0
        self._reading = Reading((), None)

    def forget(self) -> None:
        """Read anew when asked next."""
        self._until = 0.0

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing: what there is depends on the cities."""
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Every gauge; one process at a time reads, others wait for what it finds."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._reading, self._until = readings.read(), time.monotonic() + KNOWN_FOR
            reading = self._reading
        yield from _of_cities(reading.cities)
        yield from _of_the_queue(reading)
        yield from _of_pools()


def init_app(app: Flask) -> None:
    """Add the readings to what the application counts."""
    counted: Requests = app.extensions[EXTENSION]
    app.extensions[READINGS] = Readings()
    counted.registry.register(app.extensions[READINGS])


def register_of(app: Flask) -> CollectorRegistry:
    """Everything there is to tell of an application."""
    counted: Requests = app.extensions[EXTENSION]
    return counted.registry


def _of_cities(cities: Sequence[CityReading]) -> Iterator[GaugeMetricFamily]:
    answering = _gauge("fengqiao_tenant_up", "Whether the city could be counted.", ["tenant"])
    users = _gauge("fengqiao_users", "Active accounts.", ["tenant"])
    cases = _gauge("fengqiao_cases", "Cases.", ["tenant"])
    stored = _gauge("fengqiao_storage_bytes", "Bytes of files, found out every ten minutes.", ["tenant"])
    waiting = _gauge("fengqiao_jobs_waiting", "Jobs that wait or are being done.", ["tenant"])
    failed = _gauge("fengqiao_jobs_failed", "Jobs that were given up.", ["tenant"])
    age = _gauge("fengqiao_backup_age_seconds", "Seconds since the newest backup; absent without one.", ["tenant"])
    behind = _gauge("fengqiao_schema_behind", "Whether the tables are at an older version.", ["tenant"])
    for city in cities:
        label = [city.code]
        answering.add_metric(label, float(city.counts is not None))
        if city.counts is not None:
            users.add_metric(label, city.counts.users)
            cases.add_metric(label, city.counts.cases)
        stored.add_metric(label, city.stored)
        waiting.add_metric(label, city.waiting)
        failed.add_metric(label, city.failed)
        behind.add_metric(label, float(city.is_behind))
        if city.backup_age is not None:
            age.add_metric(label, city.backup_age)
    yield from (answering, users, cases, stored, waiting, failed, age, behind)


def _of_the_queue(reading: Reading) -> Iterator[GaugeMetricFamily]:
    tasks = _gauge("fengqiao_tasks", "Operators' tasks by state.", ["state"])
    for state, count in sorted(reading.tasks.items()):
        tasks.add_metric([state], count)
    yield tasks
    if reading.queue is not None:
        oldest = _gauge("fengqiao_oldest_job_seconds", "For how long the oldest job that is due has waited.", [])
        oldest.add_metric([], reading.queue.oldest_seconds)
        yield oldest


def _of_pools() -> Iterator[GaugeMetricFamily]:
    """Of this process alone: every process has its own pools."""
    use, pool = connections.usage(), db.engine.pool
    assert isinstance(pool, QueuePool)
    used = _gauge("fengqiao_connections_in_use", "Connections of this process that are in use.", ["pool"])
    open_ = _gauge("fengqiao_connections_open", "Connections of this process, idle ones included.", ["pool"])
    most = _gauge("fengqiao_connections_cap", "Connections this process may open.", ["pool"])
    kept, busy = pool.checkedin(), pool.checkedout()
    for name, numbers in (("cities", (use.in_use, use.open, use.cap)), ("platform", (busy, kept + busy, pool.size()))):
        for gauge, number in zip((used, open_, most), numbers, strict=True):
            gauge.add_metric([name], number)
    yield from (used, open_, most)


def _gauge(name: str, meaning: str, labels: list[str]) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, labels=labels)
