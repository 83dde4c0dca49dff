"""Work that waits elsewhere than in a queue: what stands above adds it, and every worker does it beside its jobs."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask

EXTENSION = "fengqiao.beside"
ASK_EVERY = 1.0  # seconds
AFTER_FAULT = 10.0  # seconds
FAREWELL = 5.0  # seconds a piece may still take when the process is told to end

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
    """Do pieces as they come, in a thread, for as long as the block runs.

    A piece that takes longer than the farewell is broken off with the process; whoever added the work sees to it
    that another process takes it again.
    """
    told = threading.Event()
    thread = threading.Thread(target=_work, args=(app, told), name="beside", daemon=True)
    thread.start()
    try:
        yield
    finally:
        told.set()
        thread.join(FAREWELL)


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
