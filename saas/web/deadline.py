"""A request has a time by which it is answered, whatever a database does."""

from flask import Flask, request_started

from saas.db import patient
from saas.outside import DATABASE, REQUEST_SECONDS

WAITING_SECONDS = REQUEST_SECONDS - DATABASE.connect_seconds
"""How long a request may wait for answers; one more attempt to connect may come on top."""


def init_app(app: Flask) -> None:
    """Count from before anything is asked; what runs outside requests waits as long as each answer may take."""
    request_started.connect(_begin, app)
    app.teardown_request(_end)


def _begin(_app: Flask, **_more: object) -> None:
    patient.allow(WAITING_SECONDS)


def _end(_error: BaseException | None) -> None:
    patient.allow(None)
