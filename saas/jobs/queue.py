"""Asking for a job, on the connection of the act that needs it: both are committed, or neither is."""

from collections.abc import Mapping
from typing import Any

import psycopg
from procrastinate import App, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

from saas.db.ids import new_id
from saas.db.session import current_tenant, db
from saas.errors import UnavailableError

REFUSALS: Mapping[type[BaseException | None], str] = {
    psycopg.errors.ConfigurationLimitExceeded: (
        "本市排队的后台任务已满。请过一会儿再提交，仍然不行请联系本单位的系统管理员。"
    ),
    psycopg.errors.InsufficientPrivilege: "本市的数据正在维护，暂时只能查看。请稍后再提交。",
}
"""What the database's guard says, in words for the person whose act asked for the job."""

# Never opened: every job is put down on the session's own connection.
_queue = App(connector=SyncPsycopgConnector())


def enqueue(name: str, payload: Mapping[str, Any], *, key: str | None = None, is_new: bool = False) -> None:
    """Have a job done for the current city once this transaction is committed.

    Args:
        name: The job's name.
        payload: JSON values; ids, never personal data, since the queue is not encrypted.
        key: While a job of this name and key waits, another one is not added.
        is_new: Whether the key was made just now, so that no job can have it: nothing has to be undone then.

    Raises:
        UnavailableError: As many jobs of the city wait as may, or it takes nothing in.
    """
    schema = current_tenant().schema
    arguments = {"tenant": schema, "run": str(new_id()), "payload": dict(payload)}
    lock = f"{schema} {name} {key}" if key else None
    if lock is None or is_new:
        _put(name, lock, arguments)
        return
    try:
        with db.session.begin_nested():
            _put(name, lock, arguments)
    except AlreadyEnqueued:
        return


def _put(name: str, lock: str | None, arguments: dict[str, Any]) -> None:
    connection = db.session.connection().connection.driver_connection
    assert isinstance(connection, psycopg.Connection)
    task = _queue.configure_task(name, allow_unknown=True, queueing_lock=lock, connection=connection)
    try:
        task.defer(**arguments)
    except ConnectorException as error:
        if (sentence := REFUSALS.get(type(error.__cause__))) is None:
            raise
        raise UnavailableError(sentence) from error
