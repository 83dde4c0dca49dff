"""The jobs of a city that wait in a queue, taken along when its data goes somewhere else."""

from collections.abc import Iterable
from typing import Any, LiteralString

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, text

from tenants.data.tables import raw
from tenants.statements import run

WAITING = """
SELECT id, task_name, priority, lock, queueing_lock, args, scheduled_at
FROM queue.procrastinate_jobs
WHERE status IN ('todo', 'doing') AND args ->> 'tenant' = :schema ORDER BY id
"""

ADD = """
INSERT INTO queue.procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
VALUES ('default', %(task_name)s, %(priority)s, %(lock)s, %(queueing_lock)s, %(args)s, %(scheduled_at)s)
ON CONFLICT DO NOTHING
"""

QUEUE: LiteralString = "SET LOCAL search_path = queue"
"""The queue's own triggers name its tables without their schema."""

Waiting = dict[str, Any]


def list_jobs(connection: Connection, schema: str) -> list[Waiting]:
    """What waits or is being done; a job that is done twice has its effect once, by its run's id."""
    return [dict(row) for row in connection.execute(text(WAITING), {"schema": schema}).mappings()]


def add_jobs(connection: Connection, schema: str, jobs: Iterable[Waiting]) -> None:
    """Let the jobs wait in this server's queue for the city of a schema, whichever they were asked for in."""
    run(connection, QUEUE)
    with raw(connection).cursor() as cursor:
        for job in jobs:
            before = str(job["args"]["tenant"])
            args = Jsonb(job["args"] | {"tenant": schema})
            locks = {name: _renamed(job[name], before, schema) for name in ("lock", "queueing_lock")}
            cursor.execute(ADD, job | locks | {"args": args})


def remove_jobs(connection: Connection, schema: str) -> int:
    """Remove every job of a city from this server's queue, finished ones and their history included."""
    run(connection, QUEUE)
    statement = text("DELETE FROM queue.procrastinate_jobs WHERE args ->> 'tenant' = :schema")
    done = connection.execute(statement, {"schema": schema})
    return done.rowcount


def _renamed(lock: str | None, before: str, schema: str) -> str | None:
    return None if lock is None else schema + lock.removeprefix(before)
