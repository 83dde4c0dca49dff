"""The round that tells people of limits running out, in every city that takes entries."""

from flask import Flask

from saas.cases import alarms
from saas.jobs import rounds
from tenants import looking

EVERY = 600.0  # seconds; limits end with days, so a city is asked in vain most times


def init_app(app: Flask) -> None:
    """Declare the round."""
    rounds.declare(app, rounds.Round("limits.ring", EVERY, go_round))


def go_round(app: Flask) -> int:
    """Tell people in every city; how many limits were looked at."""
    return looking.go_round(app, "limits", alarms.ring, alarms.AT_ONCE)
