"""Asking for a job, on the connection of the act that needs it: both are committed, or neither is."""

from collections.abc import Mapping
from typing import Any

import psycopg
from procrastinate import App, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued

from saas.db.ids import new_id
from saas.db.session import current_tenant, db

# Never opened: every job is put down on the session's own connection.
_queue = App(connector=SyncPsycopgConnector())


def enqueue(name: str, payload: Mapping[str, Any], *, key: str | None = None) -> None:
    """Have a job done for the current city once this transaction is committed.

    Args:
        name: The job's name.
        payload: JSON values; ids, never personal data, since the queue is not encrypted.
        key: While a job of this name and key waits, another one is not added.
    """
    schema = current_tenant().schema
    arguments = {"tenant": schema, "run": str(new_id()), "payload": dict(payload)}
    if key is None:
        _put(name, None, arguments)
        return
    try:
        with db.session.begin_nested():
            _put(name, f"{schema} {name} {key}", arguments)
    except AlreadyEnqueued:
        return


def _put(name: str, lock: str | None, arguments: dict[str, Any]) -> None:
    connection = db.session.connection().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)
    task = _queue.configure_task(name, allow_unknown=True, queueing_lock=lock, connection=connection)
    task.defer(**arguments)
