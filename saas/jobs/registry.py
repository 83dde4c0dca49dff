"""The jobs there are: functions that do later, in a city's own transaction, what a request asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Work = Callable[[dict[str, Any]], None]
Failed = Callable[[dict[str, Any], str], None]


@dataclass(frozen=True)
class Job:
    """A kind of work.

    Attributes:
        name: As it stands in the queue; never reused for something else.
        work: Does it, given the payload; the session serves the city and is committed afterwards.
        failed: Told the payload and the problem when the last try has failed, in a transaction of its own.
    """

    name: str
    work: Work
    failed: Failed | None = None


_jobs: dict[str, Job] = {}


def job(name: str, *, failed: Failed | None = None) -> Callable[[Work], Work]:
    """Declare a function as the work of a job.

    Raises:
        ValueError: The name is taken.
    """

    def declare(work: Work) -> Work:
        if name in _jobs:
            message = f"job {name} is declared twice"
            raise ValueError(message)
        _jobs[name] = Job(name, work, failed)
        return work

    return declare


def jobs() -> Mapping[str, Job]:
    """Every declared job by name."""
    return _jobs
