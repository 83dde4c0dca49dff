"""A thread of its own for a library that begins an event loop: whoever calls may be inside of one already."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

Found = TypeVar("Found")


def apart(work: Callable[[], Found]) -> Found:
    """What the work gives, done in a thread that knows what the caller's knows."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(copy_context().run, work).result()
