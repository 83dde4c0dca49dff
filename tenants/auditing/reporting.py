"""The round that verifies every city once a day and reports the day's seals."""

import logging
from datetime import date

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from saas.db.session import TenantRef
from saas.errors import UnavailableError
from saas.oversight import reports
from tenants import context, registry
from tenants.auditing.sealing import can_be_sealed

EXTENSION = "fengqiao.reported"
EVERY = 600.0  # seconds between two looks whether a day is over

log = logging.getLogger(__name__)


def go_round(app: Flask) -> int:
    """Report yesterday in every city where that was not done; how many cities were visited."""
    day = reports.last_day()
    if day is None:
        return 0
    done: dict[str, date] = app.extensions[EXTENSION]
    with app.app_context():
        # A city that is held gets its report when it takes entries again: messages are entries too.
        served = [city for city in registry.list_tenants() if city.takes_entries and can_be_sealed(city)]
    cities = [city for city in served if done.get(city.schema) != day]
    for city in cities:
        _visit(app, city, day, done)
    return len(cities)


def _visit(app: Flask, city: TenantRef, day: date, done: dict[str, date]) -> None:
    try:
        with context.transaction(app, city):
            reports.make(day)
        with context.transaction(app, city):
            reports.post(day)
        done[city.schema] = day
    except (UnavailableError, SQLAlchemyError) as error:
        log.warning("the report of %s could not be made or sent: %s", city.code, type(error).__name__)
