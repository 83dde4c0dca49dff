"""The round that tells people of documents that could not be printed and has them tried again, in every city."""

from flask import Flask

from saas.cases import reprinting
from saas.jobs import rounds
from tenants import visiting

EVERY = 120.0  # seconds


def init_app(app: Flask) -> None:
    """Declare the round."""
    rounds.declare(app, rounds.Round("documents.retry", EVERY, go_round))


def go_round(app: Flask) -> int:
    """Look after some failed documents of every city, how many; what is left waits for the next round."""
    what = "documents could not be tried again"
    return sum(visiting.visit(app, city, reprinting.go_round, what) for city in visiting.cities(app))
