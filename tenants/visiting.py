"""The way of a round through the cities: those that can be worked on, each in a transaction of its own."""

import logging
from collections.abc import Callable

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from saas.db.session import TenantRef
from saas.errors import AppError
from tenants import context, registry
from tenants.histories import TENANT

log = logging.getLogger(__name__)


def cities(app: Flask) -> list[TenantRef]:
    """Every city that takes entries and whose tables this program knows."""
    with app.app_context():
        return [city for city in registry.list_tenants() if city.takes_entries and city.version in TENANT.accepted]


def visit(app: Flask, city: TenantRef, work: Callable[[], int], what: str) -> int:
    """Do a piece of work in a city: how much was looked at; nothing where it failed, and the next round comes again."""
    try:
        with context.transaction(app, city):
            return work()
    except (AppError, SQLAlchemyError, LookupError, ValueError) as error:
        # Whatever is wrong in one city, the others do not wait for it.
        log.warning("%s of %s: %s", what, city.code, type(error).__name__)
        return 0
