"""Doing what waits in the queue, for as long as the process lives or until nothing is ready."""

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import procrastinate
from flask import Flask
from procrastinate import BaseRetryStrategy, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from sqlalchemy.exc import SQLAlchemyError

from saas.db.patient import CONNECTING, PatientAsyncConnection
from saas.errors import UnavailableError
from saas.jobs import addresses, beside
from saas.jobs.perform import TRIES, perform
from saas.jobs.registry import jobs
from saas.outside import QUEUE

CONCURRENCY = 2
ASK_EVERY = 0.5  # seconds; the worker listens to no notification, since any city's login can send one
LOOK_EVERY = 30.0  # seconds between two looks for new servers
HELD_FOR = 15  # seconds until a job of a city that is held is tried again
BACK_OFF = 5  # seconds, to the power of the number of tries
LONGEST_PAUSE = QUEUE.rest_seconds  # seconds between two attempts to reach the database again
STALLED_AFTER = 60.0  # seconds without a sign of life before a worker's jobs are taken over

log = logging.getLogger(__name__)


class Patience(BaseRetryStrategy):
    """Try again a few times, ever later; what waits for a city that is held waits as long as it takes."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again; None when that is no use."""
        if isinstance(exception, UnavailableError):
            return RetryDecision(retry_in={"seconds": HELD_FOR})
        if job.attempts >= TRIES - 1:
            return None
        return RetryDecision(retry_in={"seconds": BACK_OFF ** (job.attempts + 1)})


def work(app: Flask) -> None:
    """Do jobs of every server's queue as they come and go the rounds, until the process is told to end."""
    with beside.working(app):
        asyncio.run(_work_until_told(app))


def drain(app: Flask) -> None:
    """Do every job that is ready, then return; jobs put off by their back-off stay."""
    beside.drain(app)
    for address in addresses.every(app):
        # In a thread of its own: the caller's may have an event loop already.
        with ThreadPoolExecutor(1) as apart:
            apart.submit(_drain_now, _queue(app, address)).result()


def _drain_now(queue: procrastinate.App) -> None:
    asyncio.run(_drain(queue))


async def _drain(queue: procrastinate.App) -> None:
    async with queue.open_async():
        await queue.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)


async def _work_until_told(app: Flask) -> None:
    """Serve every queue there is; a server that is added later is seen after a while."""
    told, serving = asyncio.Event(), dict[str, asyncio.Task[None]]()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    while not told.is_set():
        for address in _known(app, serving):
            serving[address] = asyncio.create_task(_serve(app, address, told))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), LOOK_EVERY)
    for task in serving.values():
        task.cancel()
    await asyncio.gather(*serving.values(), return_exceptions=True)


def _known(app: Flask, serving: Collection[str]) -> list[str]:
    """The addresses nobody serves yet; none when the registry of servers cannot be asked just now."""
    try:
        return [address for address in addresses.every(app) if address not in serving]
    except SQLAlchemyError as error:
        log.warning("the list of servers cannot be read: %s", type(error).__name__)
        return []


async def _serve(app: Flask, address: str, told: asyncio.Event) -> None:
    """Do the jobs of one queue until told and cancelled; its server may go away and come back."""
    pause = 1.0
    while not told.is_set():
        started = time.monotonic()
        try:
            await _work(_queue(app, address), told)
        except (ConnectorException, OSError) as error:
            log.warning("the queue cannot be reached: %s", type(error).__name__)
        # The worker also returns, without an error, when the database ends its connections.
        pause = 1.0 if time.monotonic() - started > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
        await asyncio.sleep(pause)


async def _work(queue: procrastinate.App, told: asyncio.Event) -> None:
    try:
        await queue.open_async()
        # Python 3.11 loses a cancellation that comes at the moment the queue is open.
        if not told.is_set():
            await _do_jobs(queue)
    finally:
        # Also where opening was broken off: the pool's own tasks swallow a cancellation while they connect, and would
        # keep the event loop from ending.
        await queue.close_async()


async def _do_jobs(queue: procrastinate.App) -> None:
    helper = asyncio.create_task(_take_over(queue))
    try:
        await queue.run_worker_async(
            concurrency=CONCURRENCY,
            install_signal_handlers=False,
            listen_notify=False,
            fetch_job_polling_interval=ASK_EVERY,
        )
    finally:
        helper.cancel()


async def _take_over(queue: procrastinate.App) -> None:
    """Put the jobs of workers that died back into the queue."""
    while True:
        for stalled in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
            await queue.job_manager.retry_job(stalled)
        await asyncio.sleep(STALLED_AFTER)


def _connector(address: str) -> PsycopgConnector:
    """The queue's own connections, opened directly: behind a pool its statements would lose what they prepared."""
    return PsycopgConnector(
        conninfo=address,
        connection_class=PatientAsyncConnection,
        kwargs=dict(CONNECTING),
        min_size=1,
        max_size=QUEUE.connections,
        timeout=QUEUE.room_seconds,
    )


def _queue(app: Flask, address: str) -> procrastinate.App:
    """The queue at an address with every declared job as a task."""
    queue = procrastinate.App(connector=_connector(address))
    back_off = Patience()
    for name, job in sorted(jobs().items()):
        queue.task(name=name, retry=back_off, pass_context=True)(partial(perform, app, job))
    return queue
