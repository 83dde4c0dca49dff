"""The round that tells people of documents that could not be printed and has them tried again, in every city."""

import logging

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from saas.cases import reprinting
from saas.db.session import TenantRef
from saas.errors import AppError
from saas.jobs import rounds
from tenants import context, registry
from tenants.histories import TENANT

EVERY = 120.0  # seconds
log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Declare the round."""
    rounds.declare(app, rounds.Round("documents.retry", EVERY, go_round))


def go_round(app: Flask) -> int:
    """Look after the failed documents of every city; how many were looked at."""
    with app.app_context():
        cities = [city for city in registry.list_tenants() if city.takes_entries and city.version in TENANT.accepted]
    return sum(_visit(app, city) for city in cities)


def _visit(app: Flask, city: TenantRef) -> int:
    """Look at some of them; what is left waits for the next round, and so does a city that fails."""
    try:
        with context.transaction(app, city):
            return reprinting.go_round()
    except (AppError, SQLAlchemyError, LookupError, ValueError) as error:
        # Whatever is wrong in one city, the others do not wait for it.
        log.warning("documents of %s could not be tried again: %s", city.code, type(error).__name__)
        return 0
