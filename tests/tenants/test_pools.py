"""All cities together keep within one cap, and none starves for another."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from saas.config import Config
from saas.db.session import TenantRef
from tenants import connections
from tenants.connections import AutocommitError, Engines
from tenants.pools import Reservoir


@pytest.fixture
def engines(app: Flask, config: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engines]:
    """Engines that may have three connections together, two of a city."""
    made = Engines(config)
    monkeypatch.setattr(made, "_reservoir", Reservoir(3, 2, 0.3))
    with app.app_context():
        yield made
        made.dispose()


def count(engines: Engines) -> list[int]:
    return sorted(engines._reservoir.open.values())


def use(engine: Engine, times: int = 1) -> None:
    """Hold so many connections at once, then give them back."""
    with ExitStack() as stack:
        for _ in range(times):
            stack.enter_context(engine.connect())


def test_a_connection_is_used_again(engines: Engines, beijing: TenantRef) -> None:
    engine = engines.get(beijing)
    pids = set()
    for _ in range(3):
        with engine.connect() as connection:
            pids.add(connection.scalar(text("SELECT pg_backend_pid()")))

    assert len(pids) == 1


def test_an_idle_connection_of_one_city_makes_room_for_another(
    engines: Engines, beijing: TenantRef, zunyi: TenantRef
) -> None:
    use(engines.get(beijing), 2)
    use(engines.get(zunyi), 2)

    assert count(engines) == [1, 2]


def test_a_city_has_no_more_than_its_own_share(engines: Engines, beijing: TenantRef) -> None:
    with pytest.raises(PoolTimeoutError):
        use(engines.get(beijing), 3)


def test_who_waits_with_none_gets_what_comes_back_from_who_has_more(
    engines: Engines, beijing: TenantRef, zunyi: TenantRef
) -> None:
    monkey = Reservoir(2, 2, 5)
    engines._reservoir = monkey
    with ExitStack() as stack:
        held = [stack.enter_context(engines.get(beijing).connect()) for _ in range(2)]
        waiting = threading.Thread(target=use, args=(engines.get(zunyi),))
        waiting.start()
        while not monkey._waiting.total():
            pass
        held[0].close()
        waiting.join(5)

        assert not waiting.is_alive()
        assert count(engines) == [1, 1]


def test_a_connection_that_could_not_be_opened_takes_no_place(
    engines: Engines, beijing: TenantRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = engines.get(beijing)

    def fail(*_arguments: object) -> None:
        raise RuntimeError("no server")

    with monkeypatch.context() as broken:
        broken.setattr(engine.pool, "_create_connection", fail)
        for _ in range(4):
            with pytest.raises(RuntimeError, match="no server"):
                engine.connect()

    use(engine, 2)


def test_a_connection_that_died_is_replaced(app: Flask, engines: Engines, beijing: TenantRef) -> None:
    engine = engines.get(beijing)
    with engine.connect() as connection:
        pid = connection.scalar(text("SELECT pg_backend_pid()"))
    with connections.admin_engine().connect() as admin:
        admin.execute(text("SELECT pg_terminate_backend(:pid, 3000)"), {"pid": pid})

    with engine.connect() as connection:
        assert connection.scalar(text("SELECT pg_backend_pid()")) != pid
    assert count(engines) == [1]


def test_compiled_statements_are_shared(engines: Engines, beijing: TenantRef, zunyi: TenantRef) -> None:
    first, second = engines.get(beijing), engines.get(zunyi)

    assert first is not second
    assert first._compiled_cache is second._compiled_cache
    assert first.dialect is second.dialect


def test_many_threads_over_many_turns_stay_within_the_cap(
    engines: Engines, beijing: TenantRef, zunyi: TenantRef
) -> None:
    wrong: list[object] = []

    def work(city: TenantRef, engine: Engine) -> None:
        for _ in range(40):
            with engine.connect() as connection:
                who = connection.scalar(text("SELECT session_user"))
                if who != city.schema or sum(engines._reservoir.open.values()) > 3:
                    wrong.append(who)

    engines._reservoir._patience = 20
    threads = [threading.Thread(target=work, args=(city, engines.get(city))) for city in (beijing, zunyi) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


def test_a_citys_connection_is_always_in_a_transaction(engines: Engines, beijing: TenantRef) -> None:
    engine = engines.get(beijing)

    with pytest.raises(AutocommitError):
        engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection, pytest.raises(AutocommitError):
        connection.execution_options(isolation_level="AUTOCOMMIT")
