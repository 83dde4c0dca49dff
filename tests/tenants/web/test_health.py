import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from ipaddress import ip_network

import psycopg
import pytest
from flask import Flask
from sqlalchemy import Engine

from saas.config import Config
from saas.db.counting import Counted
from saas.db.session import TenantRef
from saas.jobs import status
from saas.jobs.status import Status
from tenants import connections
from tenants.observing import collector, probes, queues, readings
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation.factory import mediating

LINE = re.compile(r"^(fengqiao_\w+)(?:\{(.*)\})? ([\d.e+]+)$", re.MULTILINE)


@pytest.fixture
def monitor(app: Flask, beijing: TenantRef, zunyi: TenantRef) -> Iterator[Browser]:
    """What asks for the numbers, with nothing remembered from before."""
    app.extensions[collector.READINGS].forget()
    yield Browser(app, None)
    app.extensions[collector.READINGS].forget()


def numbers(page: str) -> dict[tuple[str, str], float]:
    return {(name, labels): float(value) for name, labels, value in LINE.findall(page)}


def test_a_process_says_that_it_lives_and_asks_nobody(
    monitor: Browser, count_queries: Callable[[], AbstractContextManager[Counted]]
) -> None:
    with count_queries() as counted:
        answer = monitor.get("/livez")

    assert (answer.status_code, answer.json) == (200, {"ok": True})
    assert counted.statements == []


def test_a_process_is_ready_when_database_tables_and_queue_are(monitor: Browser) -> None:
    answer = monitor.get("/readyz")

    assert (answer.status_code, answer.json) == (200, {"ok": True, "database": True, "migrations": True, "queue": True})


def test_a_queue_nobody_works_on_is_told(monitor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "queue", lambda: Status(1, 0, 0, probes.STUCK))

    answer = monitor.get("/readyz")

    assert answer.status_code == 503
    assert answer.json == {"ok": False, "database": True, "migrations": True, "queue": False}


def test_every_city_is_in_the_numbers_by_its_code(monitor: Browser, beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        mediating()
    Browser(monitor.application, beijing).get("/")

    found = numbers(monitor.get("/metrics").text)

    for name in ("users", "cases", "storage_bytes", "jobs_waiting", "jobs_failed", "schema_behind", "tenant_up"):
        assert (f"fengqiao_{name}", 'tenant="beijing"') in found, name
        assert (f"fengqiao_{name}", 'tenant="zunyi"') in found, name
    assert found["fengqiao_cases", 'tenant="beijing"'] >= 1
    assert found["fengqiao_requests_total", 'status="2xx",tenant="beijing"'] >= 1
    assert found["fengqiao_request_seconds_count", 'tenant="beijing"'] >= 1
    assert found["fengqiao_connections_cap", 'pool="cities"'] == 40
    assert ("fengqiao_oldest_job_seconds", "") in found


def test_no_label_names_a_person_an_address_or_a_page(monitor: Browser) -> None:
    page = monitor.get("/metrics").text

    assert set(re.findall(r'[{,](\w+)="', page)) <= {"tenant", "status", "le", "pool", "state"}


def test_asking_again_soon_asks_no_city(
    monitor: Browser, count_queries: Callable[[], AbstractContextManager[Counted]]
) -> None:
    monitor.get("/metrics")
    with count_queries() as counted:
        monitor.get("/metrics")

    assert counted.statements == []


def test_all_cities_of_a_server_are_counted_over_one_connection(
    app: Flask, beijing: TenantRef, zunyi: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    real = connections.admin_engine

    def noted(server: str) -> Engine:
        opened.append(server)
        return real(server)

    monkeypatch.setattr(connections, "admin_engine", noted)

    with app.app_context():
        found = readings.count([beijing, zunyi])

    assert opened == ["main"]
    assert set(found) == {beijing.schema, zunyi.schema}


def test_a_city_that_is_not_there_hides_no_other(app: Flask, beijing: TenantRef) -> None:
    with app.app_context():
        found = readings.count([beijing, replace(beijing, schema="t_0123456789")])

    assert set(found) == {beijing.schema}


def test_from_elsewhere_there_are_no_numbers(app: Flask, monitor: Browser, config: Config) -> None:
    outside = {"REMOTE_ADDR": "203.0.113.9"}

    assert monitor.get("/metrics", environ_overrides=outside).status_code == 404
    claim = {"X-Forwarded-For": "127.0.0.1"}
    assert monitor.get("/metrics", environ_overrides=outside, headers=claim).status_code == 404
    before = app.extensions["fengqiao.config"]
    app.extensions["fengqiao.config"] = replace(before, metrics_networks=(ip_network("203.0.113.0/24"),))
    assert monitor.get("/metrics", environ_overrides=outside).status_code == 200
    app.extensions["fengqiao.config"] = before


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics", "/ops/health"])
def test_no_city_serves_them(app: Flask, beijing: TenantRef, path: str) -> None:
    assert Browser(app, beijing).get(path).status_code == 404


def test_the_page_says_what_has_to_be_looked_at(
    operator: Browser, beijing: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = operator.get("/ops/health").text
    assert "全部城市都能读取" in page
    assert "PostgreSQL" in page

    def away() -> None:
        raise psycopg.OperationalError("away")

    monkeypatch.setattr(queues, "waiting", lambda _config: away())
    monkeypatch.setattr(status, "read", lambda *_addresses: away())

    assert "任务队列" in operator.get("/ops/health").text
    assert "读取不到" in operator.get("/ops/health").text
