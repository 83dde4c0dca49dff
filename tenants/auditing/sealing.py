"""The round that seals cities: only those whose record grew are visited, and nothing is asked of the others.

PostgreSQL counts the rows added to every table anyway. One question per server, by the worker's own login, gives the
counts of all cities; a city whose count did not change since its last seal costs nothing. Writers pay nothing either:
no job, no trigger, no row besides the event. A count that is lost in a crash of the server differs too, and is one
visit too many; a worker that starts visits every city once.
"""

import logging
import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta

import psycopg
from flask import Flask
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from saas.audit import seals
from saas.config import current_config
from saas.db.logins import conninfo, login_url, worker_login
from saas.db.patient import CONNECTING, PatientConnection
from saas.db.session import TenantRef
from saas.errors import UnavailableError
from saas.oversight import alerting, anchoring, queries, services
from saas.settings import services as settings
from tenants import context, placement, registry
from tenants.histories import TENANT

EXTENSION = "fengqiao.sealer"
NOW = timedelta()
EVERY = 5.0  # seconds between two looks at the counts
RECORDING = frozenset({"active", "read_only", "suspended"})
"""States in which a city's record may grow and be sealed; while it moves, the move carries the record."""

log = logging.getLogger(__name__)


@dataclass
class Visit:
    """What is remembered of a city: the count at its last seal, when that was, and when it wants the next."""

    count: int = -1
    at: float = 0.0
    interval: float = 0.0
    owing: bool = False


@dataclass
class Sealer:
    """What one worker remembers of the cities; another worker may seal the same ones, each seal is made once."""

    visits: dict[str, Visit] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


def go_round(app: Flask) -> int:
    """Seal and anchor the cities whose record grew and whose interval is over; how many were visited."""
    sealer: Sealer = app.extensions[EXTENSION]
    with sealer.lock:
        with app.app_context():
            counts = {name: _counts(name, place) for name, place in placement.list_places().items()}
            cities = [city for city in registry.list_tenants() if can_be_sealed(city)]
        now = time.monotonic()
        # The cities of a server that does not answer wait for the next round, the others do not wait for it.
        asked = [(city, found.get(city.schema, 0)) for city in cities if (found := counts[city.server]) is not None]
        due = [(city, count) for city, count in asked if _is_due(sealer, city, count, now)]
        for city, count in due:
            _visit(app, sealer, city, count)
        return len(due)


def seal_city(app: Flask, city: TenantRef, grace: timedelta = NOW) -> int:
    """Seal what has settled in a city and put the heads down outside; how many seals were made.

    Raises:
        AnchorError: The seals are made, and wait for being put down.
    """
    with context.transaction(app, city):
        made = services.seal_all(grace)
    with context.transaction(app, city):
        anchoring.anchor()
    return made


def _counts(name: str, place: str) -> dict[str, int] | None:
    """How many rows every city of a server ever added to its record; None when the server does not answer."""
    config = current_config()
    url = login_url(config, worker_login(config), place)
    try:
        with PatientConnection.connect(conninfo(url), host=url.host, port=url.port, **CONNECTING) as connection:
            return dict(connection.execute("SELECT schema, rows FROM queue.rows_added('audit_event')").fetchall())
    except psycopg.OperationalError as error:
        log.warning("the server %s could not be asked where the record grew: %s", name, type(error).__name__)
        return None


def can_be_sealed(city: TenantRef) -> bool:
    """Whether a city's record may be sealed now: it is served, or at least kept, and of this program's version."""
    return city.state in RECORDING and city.version in TENANT.accepted


def _is_due(sealer: Sealer, city: TenantRef, count: int, now: float) -> bool:
    visit = sealer.visits.setdefault(city.schema, Visit())
    return (visit.owing or visit.count != count) and now - visit.at >= visit.interval


def _visit(app: Flask, sealer: Sealer, city: TenantRef, count: int) -> None:
    visit = sealer.visits[city.schema]
    visit.at, visit.count, visit.owing = time.monotonic(), count, True
    try:
        made = seal_city(app, city, seals.GRACE)
        with context.transaction(app, city):
            visit.interval = float(settings.get("audit.seal_seconds"))
            visit.owing = queries.is_anything_waiting()
            if made:
                alerting.look()
    except IntegrityError:
        # Another worker made the seal of this number: what it left is found on the next round.
        log.info("another worker seals %s", city.code)
    except (UnavailableError, SQLAlchemyError) as error:
        log.warning("the record of %s could not be sealed or anchored: %s", city.code, type(error).__name__)
