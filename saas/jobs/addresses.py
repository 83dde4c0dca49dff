"""Where the queues are: one on every PostgreSQL server, so that a job commits with the act that asks for it."""

from collections.abc import Callable

from flask import Flask

from saas.config import Config
from saas.db.logins import conninfo, login_url, worker_login

ELSEWHERE = "fengqiao.queues"
"""The app's way to the queues besides the main one: a function that lists their addresses as libpq writes them."""


def main(config: Config) -> str:
    """The worker's address of the main server's queue."""
    return conninfo(login_url(config, worker_login(config)))


def every(app: Flask) -> list[str]:
    """The worker's address of every queue, the main one first."""
    config: Config = app.extensions["fengqiao.config"]
    elsewhere: Callable[[], list[str]] = app.extensions.get(ELSEWHERE, list)
    return [main(config), *elsewhere()]
