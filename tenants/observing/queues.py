"""The jobs of every city, asked of every server's queue with the worker's login."""

from collections.abc import Mapping
from dataclasses import dataclass

import psycopg
from psycopg.rows import class_row

from saas.config import Config
from saas.db.logins import conninfo, login_url, worker_login
from tenants import placement

QUEUE = """
SELECT args ->> 'tenant' AS schema,
       count(*) FILTER (WHERE status IN ('todo', 'doing')) AS waiting,
       count(*) FILTER (WHERE status = 'failed') AS failed
FROM queue.procrastinate_jobs GROUP BY 1
"""


@dataclass(frozen=True)
class Waiting:
    """The jobs of a city."""

    schema: str | None
    waiting: int
    failed: int


def waiting(config: Config) -> Mapping[str | None, Waiting]:
    """The jobs of every city by its schema."""
    found: dict[str | None, Waiting] = {}
    for server in placement.list_places().values():
        address = conninfo(login_url(config, worker_login(config), server))
        with psycopg.connect(address) as connection, connection.cursor(row_factory=class_row(Waiting)) as cursor:
            for row in cursor.execute(QUEUE):
                known = found.get(row.schema, Waiting(row.schema, 0, 0))
                found[row.schema] = Waiting(row.schema, known.waiting + row.waiting, known.failed + row.failed)
    return found
