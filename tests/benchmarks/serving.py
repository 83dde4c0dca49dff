"""Two web processes of the product, as a deployment runs them, and two of the floor in their place.

``python -m tests.benchmarks.serving PORT`` is one of the product's.
"""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from saas.bootstrap import serve
from saas.embedded import ROOT
from tests.benchmarks.deployment import Deployment
from tests.benchmarks.lean import Lean
from tests.benchmarks.traffic import HOST

WORKERS = 2
PATIENCE = 120  # seconds until a process listens
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Workers:
    """Web processes: where they listen and which they are."""

    ports: Sequence[int]
    pids: Sequence[int]

    def memory(self) -> float:
        """Megabytes of memory in use, the mean of the processes."""
        pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self.pids]
        return sum(pages) * PAGE / len(pages) / 2**20


@contextmanager
def product(deployed: Deployment) -> Iterator[Workers]:
    """The product's web processes, each its own interpreter."""
    with ExitStack() as stack:
        ports = [_free_port() for _ in range(WORKERS)]
        started = [stack.enter_context(_started(deployed, port)) for port in ports]
        _wait(ports, lambda: all(process.poll() is None for process in started))
        yield Workers(ports, [process.pid for process in started])


@contextmanager
def floor(lean: Lean) -> Iterator[Workers]:
    """The floor's web processes, forked from this one, whose recording they replay."""
    ports = [_free_port() for _ in range(WORKERS)]
    fork = multiprocessing.get_context("fork")
    started = [fork.Process(target=_serve_lean, args=(lean, port), daemon=True) for port in ports]
    for process in started:
        process.start()
    try:
        _wait(ports, lambda: all(process.is_alive() for process in started))
        yield Workers(ports, [process.pid or 0 for process in started])
    finally:
        for process in started:
            process.terminate()
            process.join()


@contextmanager
def _started(deployed: Deployment, port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.benchmarks.serving", str(port)]
    environment = os.environ | deployed.environment()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()


def _serve_lean(lean: Lean, port: int) -> None:
    # What was inherited of the parent's connections is the parent's to close.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    serve._server(lean, port).run()  # type: ignore[arg-type]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(ports: Sequence[int], are_alive: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    for port in ports:
        while not _listens(port):
            if not are_alive() or time.monotonic() > end:
                message = "a web process did not begin to listen"
                raise RuntimeError(message)
            time.sleep(0.05)


def _listens(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), 1).close()
    except OSError:
        return False
    return True


def main(port: int) -> None:
    """Serve the application until the end."""
    serve._server(serve._application(), port).run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
