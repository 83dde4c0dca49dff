"""Once a day, whoever signs in first has the city's unused accounts switched off."""

import contextlib
from datetime import timedelta
from typing import Any

from saas.db.session import db
from saas.errors import UnavailableError
from saas.identity import dormancy, limits
from saas.identity.actor import SYSTEM
from saas.jobs import queue
from saas.jobs.registry import job

SLEEP = "identity.sleep"
DAY = timedelta(days=1)


@job(SLEEP)
def put_to_sleep(_payload: dict[str, Any]) -> None:
    """Switch off the accounts nobody came in with for too long."""
    dormancy.disable_dormant(by=SYSTEM)


def ask_daily() -> None:
    """Have it done unless it was asked for within a day; nobody is kept out because the queue is full."""
    # On the request's own connection: a second one would wait for the first where there are few.
    if limits.count(db.session.connection(), limits.key_of(SLEEP), DAY) == 1:
        with contextlib.suppress(UnavailableError):
            queue.enqueue(SLEEP, {}, key="day")
