"""Rounds are gone again and again, one that fails too, until the worker is told to end."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from flask import Flask

from saas.config import Config
from saas.embedded import ROOT
from saas.jobs import rounds
from tenants.auditing import reporting, sealing

IN_TIME = 10  # seconds a worker may take to end
WORKER = """
    import sys
    from pathlib import Path

    import blueprints, tenants
    from saas import web
    from saas.app import create_app
    from saas.config import Config
    from saas.jobs import addresses, rounds, worker

    def note(app):
        with Path(sys.argv[1]).open("a") as gone:
            gone.write("gone\\n")

    app = create_app(Config.from_env(), blueprints.discover(), (tenants.init_app, web.init_app, blueprints.init_app))
    app.extensions[addresses.ELSEWHERE] = lambda: sys.argv[2:]
    app.extensions[rounds.EXTENSION] = (rounds.Round("test", 0.1, note),)
    worker.work(app)
    print("ended")
"""


def test_a_round_that_fails_is_gone_again(app: Flask) -> None:
    gone, told = list[int](), threading.Event()

    def work(_app: Flask) -> None:
        gone.append(1)
        if len(gone) == 3:
            told.set()
        raise ValueError

    rounds.go(app, rounds.Round("test", 0.01, work), told)

    assert len(gone) == 3


def test_workers_seal_and_report(app: Flask) -> None:
    declared = {one.name: one for one in rounds.declared(app)}

    assert declared["audit.seal"].work is sealing.go_round
    assert declared["audit.report"].work is reporting.go_round
    assert declared["audit.seal"].seconds <= 10


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a server that takes connections and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"postgresql://nobody@127.0.0.1:{server.getsockname()[1]}/none"


@pytest.mark.parametrize("seconds", [0.0, 0.2, 3.0])
def test_a_worker_goes_its_rounds_until_it_is_told_to_end(
    app: Flask, config: Config, tmp_path: Path, seconds: float
) -> None:
    ended, said, rounds_gone = _told_after(config, tmp_path / "rounds", seconds)

    # In its very first moment a process has no ear for signals yet, and ends as any other does.
    assert (ended, said) in {(0, "ended\n")} | ({(-signal.SIGTERM, "")} if seconds == 0 else set())
    assert rounds_gone > seconds / 0.1 / 3


@pytest.mark.parametrize("seconds", [0.5, 2.0])
def test_a_worker_ends_while_it_waits_for_a_server_that_is_silent(
    app: Flask, config: Config, tmp_path: Path, silent: str, seconds: float
) -> None:
    assert _told_after(config, tmp_path / "rounds", seconds, silent)[:2] == (0, "ended\n")


def _told_after(config: Config, noted: Path, seconds: float, *elsewhere: str) -> tuple[int, str, int]:
    """Start a worker and tell it to end so long after its first round: its exit code, its last word, its rounds."""
    environment = os.environ | {
        "DATABASE_URL": config.database_url,
        "FENGQIAO_SECRET_KEY": config.secret_key,
        "FENGQIAO_DATABASE_SECRET": config.database_secret,
        "FENGQIAO_MASTER_KEY": config.master_key,
    }
    # A process of its own: an event loop that other tests left behind, and their signals, are not there.
    command = [sys.executable, "-c", dedent(WORKER), str(noted), *elsewhere]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as running:
        try:
            while running.poll() is None and not (noted.exists() and noted.stat().st_size):
                time.sleep(0.01)
            time.sleep(seconds)
            running.send_signal(signal.SIGTERM)
            said, _ = running.communicate(timeout=IN_TIME)
        finally:
            running.kill()
    return running.returncode, said, len(noted.read_text().splitlines())
