"""Clients of the staff's pages: a few at once, each asking a worker for the next city's page."""

import http.client
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from saas.web.requests import COOKIE

EACH = 2  # clients at once for a worker
HOST = "127.0.0.1"
SECONDS = 60


@dataclass(frozen=True)
class Visit:
    """What is asked for: a page, with the cookie of somebody who signed in."""

    path: str
    token: str

    def ask(self, connection: http.client.HTTPConnection, host: str) -> str:
        """The page of the city at a host."""
        connection.request("GET", self.path, headers={"Host": host, "Cookie": f"{COOKIE}={self.token}"})
        answer = connection.getresponse()
        page = answer.read().decode()
        assert answer.status == 200, page
        return page


def page_of(visit: Visit, port: int, host: str) -> str:
    """One page from one worker."""
    connection = http.client.HTTPConnection(HOST, port, timeout=SECONDS)
    try:
        return visit.ask(connection, host)
    finally:
        connection.close()


def rate(visit: Visit, ports: Sequence[int], hosts: Sequence[str]) -> float:
    """Pages a second when the hosts are asked for in this order, whichever client is free taking the next."""
    waiting, lock = iter(hosts), threading.Lock()
    clients = [port for port in ports for _ in range(EACH)]
    start = time.perf_counter()
    with ThreadPoolExecutor(len(clients)) as threads:
        done = list(threads.map(lambda port: _client(visit, port, waiting, lock), clients))
    taken = time.perf_counter() - start
    assert sum(done) == len(hosts)
    return len(hosts) / taken


def _client(visit: Visit, port: int, waiting: Iterator[str], lock: threading.Lock) -> int:
    connection, done = http.client.HTTPConnection(HOST, port, timeout=SECONDS), 0
    try:
        while True:
            with lock:
                host = next(waiting, None)
            if host is None:
                return done
            visit.ask(connection, host)
            done += 1
    finally:
        connection.close()
