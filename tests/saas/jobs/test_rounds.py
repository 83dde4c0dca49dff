"""Rounds are gone again and again, one that fails too, until the worker is told to end."""

import asyncio
import contextlib
import os
import signal
import time

import pytest
from flask import Flask

from saas.jobs import rounds, worker
from tenants.auditing import reporting, sealing


def test_a_round_that_fails_is_gone_again(app: Flask) -> None:
    gone: list[int] = []

    def work(_app: Flask) -> None:
        gone.append(1)
        raise ValueError

    async def go_for_a_while() -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(rounds.go(app, rounds.Round("test", 0.01, work)), 1.0)

    asyncio.run(go_for_a_while())

    assert len(gone) >= 3


def test_workers_seal_and_report(app: Flask) -> None:
    declared = {one.name: one for one in rounds.declared(app)}

    assert declared["audit.seal"].work is sealing.go_round
    assert declared["audit.report"].work is reporting.go_round
    assert declared["audit.seal"].seconds <= 10


def test_a_worker_goes_its_rounds_until_it_is_told_to_end(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[float] = []

    def work(_app: Flask) -> None:
        gone.append(time.monotonic())
        # Once: a worker that is told in its first moments, or twice, may leave tasks of its library behind.
        if gone[0] < gone[-1] - 3 and len(gone) < 1000:
            gone.extend([gone[-1]] * 1000)
            os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setitem(app.extensions, rounds.EXTENSION, (rounds.Round("test", 0.1, work),))

    worker.work(app)

    assert len(gone) > 1000
