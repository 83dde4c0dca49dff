"""How the queue is doing."""

from dataclasses import dataclass

import psycopg
from psycopg.rows import class_row

from saas.config import Config
from saas.db.logins import conninfo, login_url, worker_login

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


def read(config: Config) -> Status:
    """The queue as it is now."""
    address = conninfo(login_url(config, worker_login(config)))
    with psycopg.connect(address) as connection, connection.cursor(row_factory=class_row(Status)) as cursor:
        status = cursor.execute(QUERY).fetchone()
    assert status is not None
    return status
