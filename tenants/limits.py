"""The round that tells people of limits running out, in every city that takes entries."""

import logging

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from saas.cases import alarms
from saas.db.session import TenantRef
from saas.errors import AppError
from saas.jobs import rounds
from tenants import context, registry
from tenants.histories import TENANT

EVERY = 600.0  # seconds; limits end with days, so a city is asked in vain most times
log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Declare the round."""
    rounds.declare(app, rounds.Round("limits.ring", EVERY, go_round))


def go_round(app: Flask) -> int:
    """Tell people in every city; how many limits were looked at."""
    with app.app_context():
        cities = [city for city in registry.list_tenants() if city.takes_entries and city.version in TENANT.accepted]
    return sum(_visit(app, city) for city in cities)


def _visit(app: Flask, city: TenantRef) -> int:
    """Go through what is due, one transaction after another; a city that fails waits for the next round."""
    looked = 0
    try:
        while True:
            with context.transaction(app, city):
                found = alarms.ring()
            looked += found
            if found < alarms.AT_ONCE:
                return looked
    except (AppError, SQLAlchemyError, LookupError, ValueError) as error:
        # Whatever is wrong in one city, the others do not wait for it.
        log.warning("limits of %s could not be told: %s", city.code, type(error).__name__)
        return looked
