"""The round that tells who keeps registers of what runs out in them, in every city that takes entries."""

from flask import Flask

from saas.jobs import rounds
from saas.registers import warning
from tenants import looking

EVERY = 3600.0  # seconds; what runs out ends with a day, and is told weeks before


def init_app(app: Flask) -> None:
    """Declare the round."""
    rounds.declare(app, rounds.Round("registers.warn", EVERY, go_round))


def go_round(app: Flask) -> int:
    """Tell people in every city; how many entries were looked at."""
    return looking.go_round(app, "registers", warning.warn, warning.AT_ONCE)
