"""What a worker does again and again besides jobs: rounds that nobody asks for, such as sealing the record."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask

EXTENSION = "fengqiao.rounds"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Round:
    """Something done again and again.

    Attributes:
        name: For the log.
        seconds: How long the worker rests between two of them.
        work: Does it once; several workers may do it at the same time, without harm.
    """

    name: str
    seconds: float
    work: Callable[[Flask], object]


def declare(app: Flask, *rounds: Round) -> None:
    """Have the application's workers go these rounds."""
    app.extensions[EXTENSION] = (*app.extensions.get(EXTENSION, ()), *rounds)


def declared(app: Flask) -> Sequence[Round]:
    """All rounds."""
    found: Sequence[Round] = app.extensions.get(EXTENSION, ())
    return found


def go(app: Flask, one: Round, told: threading.Event) -> None:
    """Go a round until told to end; one that fails is logged and gone again."""
    while not told.is_set():
        try:
            one.work(app)
        except Exception as error:  # noqa: BLE001 - whatever it was, the next round is due all the same
            log.warning("the round %s failed: %s", one.name, type(error).__name__)
        told.wait(one.seconds)
