"""How the queue is doing."""

from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
from psycopg.rows import class_row

from saas.config import Config
from saas.jobs import addresses

QUERY = """
SELECT count(*) FILTER (WHERE status = 'todo') AS queued,
       count(*) FILTER (WHERE status = 'doing') AS running,
       count(*) FILTER (WHERE status = 'failed') AS failed,
       coalesce(floor(extract(epoch FROM now() - min(coalesce(job.scheduled_at, event.at))
           FILTER (WHERE status = 'todo' AND coalesce(job.scheduled_at, event.at) <= now()))), 0)::int AS oldest_seconds
FROM queue.procrastinate_jobs AS job
JOIN queue.procrastinate_events AS event ON event.job_id = job.id AND event.type = 'deferred'
"""


@dataclass(frozen=True)
class Status:
    """Numbers of jobs, and for how many seconds the oldest one that is due has been waiting."""

    queued: int
    running: int
    failed: int
    oldest_seconds: int


def read(config: Config, elsewhere: Sequence[str] = ()) -> Status:
    """The queues as they are now: the main one, and those at further addresses."""
    found = [_read(address) for address in (addresses.main(config), *elsewhere)]
    return Status(
        queued=sum(each.queued for each in found),
        running=sum(each.running for each in found),
        failed=sum(each.failed for each in found),
        oldest_seconds=max(each.oldest_seconds for each in found),
    )


def _read(address: str) -> Status:
    with psycopg.connect(address) as connection, connection.cursor(row_factory=class_row(Status)) as cursor:
        status = cursor.execute(QUERY).fetchone()
    assert status is not None
    return status
