"""A round through every city that takes entries: what is due there is looked at, some of it in each transaction."""

import logging
from collections.abc import Callable

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from saas.db.session import TenantRef
from saas.errors import AppError
from tenants import context

log = logging.getLogger(__name__)


def go_round(app: Flask, what: str, look: Callable[[], int], at_once: int | None = None) -> int:
    """Look at what is due in every city; how much was looked at.

    Args:
        app: The application.
        what: What is looked at, for the log.
        look: Looks at some of it in the city and says at how much.
        at_once: How much it looks at when there is more, which is looked at next; else that waits for another round.
    """
    return sum(_visit(app, city, what, look, at_once) for city in context.serving(app))


def _visit(app: Flask, city: TenantRef, what: str, look: Callable[[], int], at_once: int | None) -> int:
    """Look at what is due, one transaction after another; a city that fails waits for the next round."""
    looked = 0
    try:
        while True:
            with context.transaction(app, city):
                found = look()
            looked += found
            if at_once is None or found < at_once:
                return looked
    except (AppError, SQLAlchemyError, LookupError, ValueError) as error:
        # Whatever is wrong in one city, the others do not wait for it.
        log.warning("%s of %s could not be looked after: %s", what, city.code, type(error).__name__)
        return looked
