"""Keeping a job's transaction awake: the database ends one that is idle for seconds, and binding takes longer."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from sqlalchemy import select

from saas.db.session import db

EVERY = 3.0  # seconds; well below what a city's login may leave a transaction idle

Result = TypeVar("Result")


def touch() -> None:
    """Say something to the database."""
    db.session.execute(select(1))


def awake(work: Callable[[], Result]) -> Result:
    """Do work that uses no session in a thread of its own, and touch the transaction until it is done."""
    with ThreadPoolExecutor(1, "awake") as apart:
        done = apart.submit(copy_context().run, work)
        while True:
            try:
                return done.result(timeout=EVERY)
            except TimeoutError:
                if done.done():
                    return done.result()
                touch()
