"""The round that tells people of documents that could not be printed and has them tried again, in every city."""

from flask import Flask

from saas.cases import reprinting
from saas.jobs import rounds
from tenants import looking

EVERY = 120.0  # seconds


def init_app(app: Flask) -> None:
    """Declare the round."""
    rounds.declare(app, rounds.Round("documents.retry", EVERY, go_round))


def go_round(app: Flask) -> int:
    """Look after some failed documents of every city, so that others are printed between; how many were looked at."""
    return looking.go_round(app, "documents", reprinting.go_round)
