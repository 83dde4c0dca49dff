"""Doing what waits in the queue, for as long as the process lives or until nothing is ready."""

import asyncio
import contextlib
import logging
import signal
import time
from functools import partial

import procrastinate
from flask import Flask
from procrastinate import PsycopgConnector, RetryStrategy
from procrastinate.exceptions import ConnectorException

from saas.config import Config
from saas.db.logins import conninfo, login_url, worker_login
from saas.jobs.perform import TRIES, perform
from saas.jobs.registry import jobs

CONCURRENCY = 2
LONGEST_PAUSE = 30.0  # seconds between two attempts to reach the database again
STALLED_AFTER = 60.0  # seconds without a sign of life before a worker's jobs are taken over

log = logging.getLogger(__name__)


def work(app: Flask) -> None:
    """Do jobs as they come until the process is told to end; the database may go away and come back."""
    pause = 1.0
    while True:
        started = time.monotonic()
        try:
            if asyncio.run(_work_until_told(_queue(app))):
                return
        except (ConnectorException, OSError) as error:
            log.warning("the queue cannot be reached: %s", type(error).__name__)
        # The worker also returns, without an error, when the database ends its connections.
        pause = 1.0 if time.monotonic() - started > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
        time.sleep(pause)


def drain(app: Flask) -> None:
    """Do every job that is ready, then return; jobs put off by their back-off stay."""
    asyncio.run(_drain(_queue(app)))


async def _drain(queue: procrastinate.App) -> None:
    async with queue.open_async():
        await queue.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)


async def _work_until_told(queue: procrastinate.App) -> bool:
    """Whether the process was told to end, as opposed to the database having gone away."""
    told = asyncio.Event()
    async with queue.open_async():
        worker = asyncio.create_task(queue.run_worker_async(concurrency=CONCURRENCY, install_signal_handlers=False))
        helper = asyncio.create_task(_take_over(queue))

        def end() -> None:
            told.set()
            worker.cancel()

        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, end)
        try:
            with contextlib.suppress(asyncio.CancelledError):
                await worker
        finally:
            helper.cancel()
    return told.is_set()


async def _take_over(queue: procrastinate.App) -> None:
    """Put the jobs of workers that died back into the queue."""
    while True:
        for stalled in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
            await queue.job_manager.retry_job(stalled)
        await asyncio.sleep(STALLED_AFTER)


def _queue(app: Flask) -> procrastinate.App:
    """The queue with every declared job as a task."""
    config: Config = app.extensions["fengqiao.config"]
    address = conninfo(login_url(config, worker_login(config)))
    queue = procrastinate.App(connector=PsycopgConnector(conninfo=address, min_size=1, max_size=CONCURRENCY + 2))
    back_off = RetryStrategy(max_attempts=TRIES - 1, exponential_wait=5)
    for name, job in sorted(jobs().items()):
        queue.task(name=name, retry=back_off, pass_context=True)(partial(perform, app, job))
    return queue
