"""What tests do with the queue: work through it, and forget what tests before them left in it."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import text

from saas.jobs import worker
from tenants import connections

# What tests declare themselves is part of what they look at.
LEFT = "DELETE FROM queue.procrastinate_jobs WHERE status = 'todo' AND task_name NOT LIKE 'test.%'"


def drain(app: Flask) -> None:
    """Do every job that is ready, here and now; in a thread, since a browser test leaves an event loop in this one."""
    with ThreadPoolExecutor(1) as apart:
        apart.submit(worker.drain, app).result()


def forget(app: Flask) -> None:
    """Take out of the queue what waits in it: whoever does the jobs next has not to print what nobody will look at."""
    with app.app_context(), connections.admin_engine().begin() as connection:
        connection.execute(text("SET LOCAL search_path = queue"))  # a trigger of the queue names its tables bare
        connection.execute(text(LEFT))
