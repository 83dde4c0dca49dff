"""Doing tasks in a worker's process: one at a time, held by a lease, taken again when the holder has died."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, make_url, select, update

from saas.config import Config
from saas.errors import AppError, InvalidInputError
from saas.jobs import beside
from tenants import registry
from tenants.models import PlatformEvent, Task, Tenant
from tenants.tasks.kinds import WORKS, Kind, Order

LEASE = timedelta(seconds=60)
RENEWED = 15.0  # seconds
TRIES = 3
BROKEN_OFF = "执行这项工作的进程三次中断，已经停止尝试。请查看服务器的日志和磁盘空间，再重新提出。"
UNFORESEEN = "出现了没有预料到的问题，已经记入服务器日志。请联系开发人员。"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Held:
    """A task this process holds, as of one try."""

    order: Order
    kind: str
    tries: int


def init_app(app: Flask) -> None:
    """Let workers that hold the administrator's login do tasks beside their jobs; the others could not."""
    config: Config = app.extensions["fengqiao.config"]
    if make_url(config.database_url).username is not None:
        beside.add(app, do_next)


def do_next(app: Flask) -> bool:
    """Do the task that waits longest, if one waits; whether one did."""
    with app.app_context():
        held = take()
        if held is None:
            return False
        if held.tries > TRIES:
            _finish(held, "failed", error=BROKEN_OFF)
            return True
        with _renewing(app, held):
            _do(held)
    return True


def take() -> Held | None:
    """Hold the task that waits longest, or one whose holder gave no sign of life; two processes never get the same."""
    ready = (Task.state == "waiting") | ((Task.state == "running") & (Task.lease_until < func.now()))
    next_ = select(Task.id).where(ready).order_by(Task.asked_at, Task.id).limit(1).with_for_update(skip_locked=True)
    with registry.platform_session() as session:
        task = session.scalar(
            update(Task)
            .where(Task.id == next_.scalar_subquery())
            .values(
                state="running",
                tries=Task.tries + 1,
                started_at=func.coalesce(Task.started_at, func.now()),
                lease_until=func.now() + LEASE,
            )
            .returning(Task)
        )
        return _held(task) if task else None


def _held(task: Task) -> Held:
    assert task.started_at is not None
    task_id, tries = task.id, task.tries

    def say(line: str) -> None:
        with registry.platform_session() as session:
            session.execute(update(Task).where(Task.id == task_id, Task.tries == tries).values(progress=line))

    order = Order(task_id, task.city, task.arguments, task.asked_by, tries > 1, task.started_at, say)
    return Held(order, task.kind, tries)


@contextmanager
def _renewing(app: Flask, held: Held) -> Iterator[None]:
    """Renew the lease in a thread for as long as the block runs."""
    over = threading.Event()

    def renew() -> None:
        while not over.wait(RENEWED):
            try:
                with app.app_context(), registry.platform_session() as session:
                    mine = (Task.id == held.order.id) & (Task.tries == held.tries)
                    session.execute(update(Task).where(mine).values(lease_until=func.now() + LEASE))
            except Exception as error:  # noqa: BLE001 - a database that is away may be back before the lease is over
                log.warning("the lease of a task could not be renewed: %s", type(error).__name__)

    thread = threading.Thread(target=renew, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _do(held: Held) -> None:
    try:
        result = WORKS[held.kind](held.order)
    except AppError as error:
        _finish(held, "failed", error=_words(error))
    except Exception:
        # The traceback is of our own code; what people typed is in no argument of a task.
        log.exception("task %s failed", held.kind)
        _finish(held, "failed", error=UNFORESEEN)
    else:
        _finish(held, "done", result=result)


def _words(error: AppError) -> str:
    return "".join(error.fields.values()) if isinstance(error, InvalidInputError) else error.message


def _finish(held: Held, state: str, *, result: dict[str, Any] | None = None, error: str | None = None) -> None:
    """Note the end, in the task and in the platform's record, unless another process took the task over."""
    gone = held.kind == Kind.DELETE and state == "done"
    with registry.platform_session() as session:
        task = session.scalar(select(Task).where(Task.id == held.order.id, Task.tries == held.tries).with_for_update())
        if task is None:
            return
        task.state, task.error, task.result = state, error, result or {}
        task.progress, task.lease_until, task.finished_at = None, None, func.now()
        tenant_id = session.scalar(select(Tenant.id).where(Tenant.code == task.city))
        if held.kind != Kind.DELETE:
            task.tenant_id = tenant_id
        detail = {} if gone else {"code": task.city}
        action = f"task.{held.kind}.{state}"
        session.add(PlatformEvent(action=action, tenant_id=tenant_id, actor_name=held.order.by, detail=detail))
        if gone:
            # Nothing here names a city that has ended; the certificate does.
            task.city = ""
