"""PostgreSQL for as long as a command needs it: who starts it here stops it, unless others use it."""

import contextlib
import fcntl
import os
from collections.abc import Iterator

from saas import embedded
from saas.bootstrap.project import VAR, StepError, say

USERS = VAR / "lock" / "postgres.users"
MARK = VAR / "lock" / "postgres.started-by-make"


def start() -> None:
    """Start PostgreSQL unless it runs or DATABASE_URL names another.

    Raises:
        StepError: It could not be made or started.
    """
    if os.environ.get("DATABASE_URL"):
        return
    if not embedded.is_running():
        say("Starting PostgreSQL.")
    try:
        embedded.ensure_running()
    except embedded.EmbeddedError as error:
        raise StepError(str(error)) from error


def stop() -> None:
    """Stop PostgreSQL, whoever started it.

    Raises:
        StepError: It did not stop.
    """
    MARK.unlink(missing_ok=True)
    try:
        say("PostgreSQL has stopped." if embedded.stop() else "PostgreSQL was not running.")
    except embedded.EmbeddedError as error:
        raise StepError(str(error)) from error


@contextlib.contextmanager
def running() -> Iterator[None]:
    """PostgreSQL runs inside; the last one out stops it when a command like this had started it.

    Raises:
        StepError: It could not be made or started.
    """
    USERS.parent.mkdir(parents=True, exist_ok=True)
    with USERS.open("w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        if not os.environ.get("DATABASE_URL") and not embedded.is_running():
            MARK.touch()
        start()
        try:
            yield
        finally:
            _leave(users.fileno())


def _leave(users: int) -> None:
    fcntl.flock(users, fcntl.LOCK_UN)
    with contextlib.suppress(BlockingIOError):
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if MARK.exists():
            stop()
