"""Work that waits elsewhere than in a queue: what stands above adds it, and every worker does it beside its jobs."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from flask import Flask

from saas.jobs import rounds

EXTENSION = "fengqiao.beside"
ASK_EVERY = 1.0  # seconds
AFTER_FAULT = 10.0  # seconds
FAREWELL = 5.0  # seconds that pieces and rounds may still take when the process is told to end

Work = Callable[[Flask], bool]
"""Does one piece of work if there is one, and says whether there was."""

log = logging.getLogger(__name__)


def add(app: Flask, work: Work) -> None:
    """Have every worker of the application do this too."""
    app.extensions[EXTENSION] = (*app.extensions.get(EXTENSION, ()), work)


def drain(app: Flask) -> None:
    """Do every piece that is ready, then return."""
    while _do_one_of_each(app):
        continue


@contextmanager
def working(app: Flask) -> Iterator[None]:
    """Do pieces as they come and go the declared rounds, each in a thread, for as long as the block runs.

    What takes longer than the farewell is broken off with the process; whoever added the work sees to it that
    another process takes it again.
    """
    told = threading.Event()
    loops = {one.name: partial(rounds.go, app, one) for one in rounds.declared(app)} | {"beside": partial(_work, app)}
    threads = [threading.Thread(target=go, args=(told,), name=name, daemon=True) for name, go in loops.items()]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        told.set()
        end = time.monotonic() + FAREWELL
        for thread in threads:
            thread.join(max(0.0, end - time.monotonic()))


def _work(app: Flask, told: threading.Event) -> None:
    pause = 0.0
    while not told.wait(pause):
        try:
            pause = 0.0 if _do_one_of_each(app) else ASK_EVERY
        except Exception as error:  # noqa: BLE001 - a database that is away comes back, and the work goes on
            log.warning("work beside the queue failed: %s", type(error).__name__)
            pause = AFTER_FAULT


def _do_one_of_each(app: Flask) -> bool:
    works: tuple[Work, ...] = app.extensions.get(EXTENSION, ())
    done = [work(app) for work in works]
    return any(done)
