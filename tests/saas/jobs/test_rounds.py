"""Rounds are gone again and again, one that fails too, until the worker is told to end."""

import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from saas.jobs import rounds
from tenants.auditing import reporting, sealing


def test_a_round_that_fails_is_gone_again(app: Flask) -> None:
    gone: list[int] = []

    def work(_app: Flask) -> None:
        gone.append(1)
        raise ValueError

    async def go_for_a_while() -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(rounds.go(app, rounds.Round("test", 0.01, work)), 1.0)

    # In a thread: a browser test leaves an event loop in this one.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, go_for_a_while()).result()

    assert len(gone) >= 3


def test_workers_seal_and_report(app: Flask) -> None:
    declared = {one.name: one for one in rounds.declared(app)}

    assert declared["audit.seal"].work is sealing.go_round
    assert declared["audit.report"].work is reporting.go_round
    assert declared["audit.seal"].seconds <= 10
