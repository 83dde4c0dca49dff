"""How long the one command takes in a fresh clone, and when it is given again."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from saas.embedded import ROOT
from tests.benchmarks.measures import Row

TARGETS = {"make_run_first": "<= 90 s", "make_run_second": "<= 5 s"}
PATIENCE = 900  # seconds
OWN = ("DATABASE_URL", "VIRTUAL_ENV", "FLASK_APP")


def measure() -> list[Row]:
    """Seconds from ``make run`` to the first answer, in a clone of what is committed; once each."""
    with tempfile.TemporaryDirectory(prefix="fengqiao-bench-") as folder:
        # The account PostgreSQL runs as has to reach its files in here.
        Path(folder).chmod(0o755)
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        try:
            return [_row(name, _start(clone)) for name in TARGETS]
        finally:
            subprocess.run(["make", "stop"], cwd=clone, env=_environment(), check=False, capture_output=True)


def _row(name: str, seconds: float) -> Row:
    return Row(name, round(seconds, 1), "s", None, None, 1, target=TARGETS[name])


def _start(clone: Path) -> float:
    port = _free_port()
    command = [shutil.which("make") or "make", "run", f"PORT={port}"]
    start = time.monotonic()
    with subprocess.Popen(
        command, cwd=clone, env=_environment(), stdout=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            _wait(process, port)
            return time.monotonic() - start
        finally:
            os.killpg(process.pid, signal.SIGINT)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    message = f"'make run' answered nothing; it ended with {process.poll()}."
    raise RuntimeError(message)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in OWN and not name.startswith("FENGQIAO_")}
