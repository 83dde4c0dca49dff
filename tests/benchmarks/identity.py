"""Signing in under a storm: eight at once through the whole application, against the bare digests."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles
from time import perf_counter

from argon2 import PasswordHasher
from sqlalchemy import select

from saas.config import current_config
from saas.db.session import db
from saas.identity.models import User
from tenants import context
from tests.benchmarks.city import Bench
from tests.benchmarks.measures import MILLISECONDS, Client, Row
from tests.browsers import Browser, hidden_fields

THREADS = 8
DIGESTS_AT_ONCE = 2  # as many as the application makes at the same time
TWENTIETHS = 20


def measure(bench: Bench, each: int = 10) -> list[Row]:
    """Sign-ins of eight people at once, each so often; and the digests they cannot do without.

    Returns:
        ``sign_in_storm``: sign-ins per second, the floor in digests per second; ``sign_in_storm_p95``: the time
        that nineteen of twenty take at most, against the same of the digests.
    """
    with context.transaction(bench.app, bench.city):
        config, people = current_config(), _people()
        stored = db.session.scalars(select(User.password_hash).where(User.username == people[0])).one()
    password = config.demo_password
    places, hasher = (
        threading.BoundedSemaphore(DIGESTS_AT_ONCE),
        PasswordHasher(
            time_cost=config.argon2.passes, memory_cost=config.argon2.memory, parallelism=config.argon2.lanes
        ),
    )

    def bare() -> None:
        with places:
            hasher.verify(stored, password)

    ours = [_sign_in(bench, people[turn % len(people)], password, turn) for turn in range(THREADS)]
    rate, p95 = _storm(ours, each)
    floor_rate, floor_p95 = _storm([bare] * THREADS, each)
    n = THREADS * each
    return [
        Row("sign_in_storm", round(rate, 2), "1/s", round(floor_rate, 2), round(floor_rate / rate, 2), n),
        Row("sign_in_storm_p95", round(p95, 2), "ms", round(floor_p95, 2), round(p95 / floor_p95, 2), n),
    ]


def _people() -> list[str]:
    """The people the city began with: all of them have the password of demonstrations."""
    return list(db.session.scalars(select(User.username).where(User.active).order_by(User.id).limit(THREADS)))


def _sign_in(bench: Bench, username: str, password: str, turn: int) -> Callable[[], None]:
    """A person at a network of their own who sends the form of the door."""
    browser = Browser(bench.app, bench.city)
    browser.environ_base["REMOTE_ADDR"] = f"10.0.{turn}.1"
    form = hidden_fields(browser.get("/sign-in").get_data(as_text=True)) | {"username": username, "password": password}

    def once() -> None:
        client = Client(browser)
        client.environ_base["REMOTE_ADDR"] = browser.environ_base["REMOTE_ADDR"]
        client._cookies = dict(browser._cookies or {})
        answer = client.post("/sign-in", data=form)
        assert answer.status_code == 303, answer.get_data(as_text=True)

    return once


def _storm(acts: list[Callable[[], None]], each: int) -> tuple[float, float]:
    """All at once, each so often: how many per second, and the 95th percentile of one in milliseconds."""

    def repeat(act: Callable[[], None]) -> list[float]:
        return [_seconds(act) for _ in range(each)]

    began = perf_counter()
    with ThreadPoolExecutor(len(acts)) as pool:
        took = [seconds for part in pool.map(repeat, acts) for seconds in part]
    return len(took) / (perf_counter() - began), quantiles(took, n=TWENTIETHS)[-1] * MILLISECONDS


def _seconds(act: Callable[[], None]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began
