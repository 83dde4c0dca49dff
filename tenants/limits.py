"""The round that tells people of limits running out, in every city that takes entries."""

from flask import Flask

from saas.cases import alarms
from saas.db.session import TenantRef
from saas.jobs import rounds
from tenants import visiting

EVERY = 600.0  # seconds; limits end with days, so a city is asked in vain most times


def init_app(app: Flask) -> None:
    """Declare the round."""
    rounds.declare(app, rounds.Round("limits.ring", EVERY, go_round))


def go_round(app: Flask) -> int:
    """Tell people in every city; how many limits were looked at."""
    return sum(_visit(app, city) for city in visiting.cities(app))


def _visit(app: Flask, city: TenantRef) -> int:
    """Go through what is due, one transaction after another."""
    looked, found = 0, alarms.AT_ONCE
    while found >= alarms.AT_ONCE:
        found = visiting.visit(app, city, alarms.ring, "limits could not be told")
        looked += found
    return looked
